/** Whether nothing is known against what is installed: by a report of an audit, and never without one. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ReportView } from '../../../src/core/model/report.ts';
import { npmTarget, proofOf, rowOf, rowsOf, type MadeUp } from '../../support/promises.ts';
import { cleanView, richView } from '../report/views.ts';

const KIND = 'no-known-vulnerabilities';
const SAYS = 'There are no known vulnerabilities in our dependencies.';
const LOCK = '{"lockfileVersion": 3}';
const sha256 = createHash('sha256').update(LOCK).digest('hex');

/** A report about the one lock of `web`, made an hour ago. */
function report(over: Partial<ReportView> = {}): ReportView {
  const [target] = cleanView.targets;
  if (target === undefined) throw new Error('the sample has no target');
  const coverage = { packages: 3, audited: 3, skipped: [] };
  const targets = [
    {
      ...target,
      path: 'web',
      ecosystem: 'npm' as const,
      outcome: 'audited' as const,
      coverage,
      files: [{ path: 'web/package-lock.json', sha256 }],
    },
  ];
  return { ...cleanView, asOf: '2026-06-01T11:00:00.000Z', targets, findings: [], problems: [], ...over };
}

function world(view: ReportView | string, over: MadeUp = {}): MadeUp {
  const text = typeof view === 'string' ? view : JSON.stringify(view);
  return {
    files: { 'web/package-lock.json': LOCK },
    ...over,
    report: { file: 'report.json', text },
    facts: { targets: [npmTarget('web')], ...over.facts },
  };
}

const finding = richView.findings.slice(0, 1).map((each) => ({
  ...each,
  timeline: { introduced: '2025-01-01T00:00:00.000Z', published: '2025-03-01T00:00:00.000Z' },
  advisory: { ...each.advisory, withdrawn: undefined },
}));

describe('now', () => {
  it('is kept by a complete, recent report of this very state that found nothing', () => {
    const row = rowOf(KIND, SAYS, world(report()));
    expect([row.verdict, proofOf(row)]).toEqual([
      'kept',
      expect.stringContaining('1 targets were audited on 2026-06-01'),
    ]);
  });

  it('is broken by a finding, with its place', () => {
    const row = rowOf(KIND, SAYS, world(report({ findings: finding, asOf: '2026-01-01T00:00:00.000Z' })));
    expect([row.verdict, row.evidence[0]?.file]).toEqual(['broken', finding[0]?.location.file]);
  });

  it.each<[string, MadeUp]>([
    ['no report', { facts: { targets: [npmTarget('web')] } }],
    ['a report of last month', world(report({ asOf: '2026-05-01T00:00:00.000Z' }))],
    ['a report from the future', world(report({ asOf: '2026-07-01T00:00:00.000Z' }))],
    ['a report of another state', world(report(), { files: { 'web/package-lock.json': '{}' } })],
    ['findings in another state', world(report({ findings: finding }), { files: { 'web/package-lock.json': '{}' } })],
    [
      'a report without one of the folders',
      world(report(), { facts: { targets: [npmTarget('web'), npmTarget('api')] } }),
    ],
    [
      'an audit that could not look',
      world(report({ targets: report().targets.map((each) => ({ ...each, outcome: 'unavailable' as const })) })),
    ],
    [
      'packages that were skipped',
      world(
        report({
          targets: report().targets.map((each) => ({
            ...each,
            coverage: { packages: 2, audited: 1, skipped: [{ name: 'x', reason: 'git' }] },
          })),
        }),
      ),
    ],
    [
      'a question that was left open',
      world(report({ problems: [{ target: null, code: 'x', message: 'y', mend: 'z', blocks: true }] })),
    ],
    ['garbage', world('{{{')],
    ['another document', world('{"schema": "other"}')],
  ])('cannot be told from %s', (_what, made) => {
    expect(rowOf(KIND, SAYS, made).verdict).toBe('cannot-tell');
  });
});

describe('then', () => {
  const dated = '**2025-10-28**: Audit\n\n- Zero known vulnerabilities';

  it('is a claim of its own, which only the past can keep', () => {
    const [, then] = rowsOf(KIND, dated, world(report()));
    expect([then?.promise, then?.verdict]).toEqual([
      'no dependency had a known vulnerability on 2025-10-28',
      'cannot-tell',
    ]);
    expect(then?.evidence[0]?.mend).toContain('fixby history --since 2025-10-28');
  });

  it('is broken by what was there and known by then, and still is', () => {
    const [, then] = rowsOf(KIND, dated, world(report({ findings: finding })));
    expect([then?.verdict, then?.evidence[0]?.text]).toEqual([
      'broken',
      expect.stringContaining('published on 2025-03-01, since 2025-01-01'),
    ]);
    const later = finding.map((each) => ({
      ...each,
      timeline: { ...each.timeline, published: '2025-12-01T00:00:00.000Z' },
    }));
    expect(rowsOf(KIND, dated, world(report({ findings: later })))[1]?.verdict).toBe('cannot-tell');
  });
});

it.each(['- [ ] Dependencies are up to date (no known CVEs)', 'As of 1 March 2026 we have zero vulnerabilities.'])(
  '%s is such a sentence',
  (text) => {
    expect(rowsOf(KIND, text).length).toBeGreaterThan(0);
  },
);

it.each([
  'If there are no known vulnerabilities, release.',
  'We cannot guarantee zero vulnerabilities.',
  'No input validation.',
  'No vulnerability is too small to report.',
])('%s is none', (text) => {
  expect(rowsOf(KIND, text)).toEqual([]);
});

it.each([
  ['Zero known vulnerabilities are allowed at release.'],
  ['We require no known vulnerabilities before a tag.'],
])('%s is a rule, not a state', (text) => {
  expect(rowsOf('no-known-vulnerabilities', text)).toEqual([]);
});
