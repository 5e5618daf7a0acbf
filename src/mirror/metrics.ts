/** Tells a monitor in Prometheus' text format what a mirror holds, how old it is and what it was asked. */
import { ageOf, heldSources } from '../core/model/mirror.ts';
import type { MirrorState } from '../core/model/mirror.ts';
import type { AdvisoryStore } from '../ports/advisory-store.ts';
import type { HttpResponse } from '../ports/http.ts';

/** Answers given so far, by route and status. */
export interface RequestCounts {
  add(route: string, status: number): void;
  /** Sorted. */
  entries(): readonly (readonly [route: string, status: number, count: number])[];
}

export function requestCounts(): RequestCounts {
  const counts = new Map<string, number>();
  return {
    add: (route, status) => void counts.set(`${route} ${status}`, 1 + (counts.get(`${route} ${status}`) ?? 0)),
    entries: () =>
      [...counts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, count]) => [key.split(' ')[0] ?? '', Number(key.split(' ')[1]), count]),
  };
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
export function answerMetrics(
  store: AdvisoryStore,
  state: MirrorState | undefined,
  counts: RequestCounts,
  now: string,
): HttpResponse {
  const { records, withdrawn, byEcosystem, unreadable } = store.summary();
  const lines = [
    ...metric('fixby_mirror_records', 'gauge', 'Records of an ecosystem', [
      [{ ecosystem: 'npm' }, byEcosystem.npm],
      [{ ecosystem: 'PyPI' }, byEcosystem.PyPI],
    ]),
    ...metric('fixby_mirror_records_total', 'gauge', 'Records', [[{}, records]]),
    ...metric('fixby_mirror_records_withdrawn', 'gauge', 'Records that were taken back', [[{}, withdrawn]]),
    ...metric('fixby_mirror_records_unreadable', 'gauge', 'Records with a range that cannot be read', [
      [{}, unreadable.length],
    ]),
    ...(state === undefined ? [] : describeState(state, now)),
    ...metric(
      'fixby_mirror_requests_total',
      'counter',
      'Answers since the generation was taken up or the server started',
      counts.entries().map(([route, status, count]) => [{ route, status: String(status) }, count]),
    ),
  ];
  const headers = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' };
  return { status: 200, headers, body: `${lines.join('\n')}\n` };
}

function describeState(state: MirrorState, now: string): readonly string[] {
  const held = heldSources(state);
  return [
    ...metric('fixby_mirror_generation', 'gauge', 'Number of the generation in force', [[{}, state.generation]]),
    ...metric(
      'fixby_mirror_source_age_seconds',
      'gauge',
      'How old the knowledge of a source is',
      held.map(([source, facts]) => [{ source }, Math.round(ageOf(facts, now) / 1000)]),
    ),
    ...metric(
      'fixby_mirror_source_malformed',
      'gauge',
      'Files of the last import that were no usable record',
      held.map(([source, { malformed }]) => [{ source }, malformed.count]),
    ),
  ];
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** Label values are our own words: nothing of a client's gets in. */
function metric(name: string, type: 'gauge' | 'counter', help: string, samples: readonly Sample[]): readonly string[] {
  const rows = samples.map(([labels, value]) => {
    const pairs = Object.entries(labels).map(([key, text]) => `${key}="${text}"`);
    return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
  });
  return [`# HELP ${name} ${help}.`, `# TYPE ${name} ${type}`, ...rows];
}
