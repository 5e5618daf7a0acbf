/** Reads FIRST's daily EPSS scores: CSV with a comment line, a heading, and a row a CVE. https://www.first.org/epss/data_stats */
import type { ScoredCve } from '../../../core/model/exploitation.ts';
import { readInstant } from '../../../core/model/instant.ts';
import { byText } from '../../../core/model/order.ts';
import type { Feed, FeedContent, Wanted } from './feed.ts';

const COLUMNS = ['cve', 'epss', 'percentile'] as const;

export const epssFeed: Feed<ScoredCve> = {
  read(text, cves): FeedContent<ScoredCve> {
    const lines = text.split(/\r?\n/);
    const [comment = ''] = lines[0]?.startsWith('#') === true ? lines.splice(0, 1) : [];
    const heading = (lines[0] ?? '').split(',').map((name) => name.trim().toLowerCase());
    const places = COLUMNS.map((column) => heading.indexOf(column));
    if (places.includes(-1)) return { status: 'invalid', detail: 'it is no list of EPSS scores' };
    const madeAt = readInstant(scoreDate(comment));
    const date = madeAt?.slice(0, 10);
    const entries = lines.slice(1).flatMap((line) => readRow(line, places, cves));
    return {
      status: 'read',
      ...(madeAt === null ? {} : { madeAt }),
      entries: entries
        .map((entry) => (date === undefined ? entry : { ...entry, date }))
        .sort((a, b) => byText(a.cve, b.cve)),
    };
  },
};

/** `score_date:2026-08-16T00:00:00+0000`, whose zone lacks the colon that a date is written with elsewhere. */
function scoreDate(comment: string): string {
  const written = /\bscore_date:([^,\s]+)/.exec(comment)?.[1] ?? '';
  return written.replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
}

function readRow(line: string, places: readonly number[], cves: Wanted): readonly ScoredCve[] {
  const cells = line.split(',');
  const [cve = '', score = '', percentile = ''] = places.map((place) => cells[place]?.trim());
  if (!cves.has(cve.toUpperCase()) || !isShare(score) || !isShare(percentile)) return [];
  return [{ cve: cve.toUpperCase(), score: Number(score), percentile: Number(percentile) }];
}

function isShare(text: string): boolean {
  return /^\d(?:\.\d{1,12})?$/.test(text) && Number(text) <= 1;
}
