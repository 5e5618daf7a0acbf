/** Periods, missed runs, outcomes and shares: the rules a compliance report counts by. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deadline, DeadlineState } from '../../../src/core/model/deadline.ts';
import type { ClosedBy } from '../../../src/core/model/ledger.ts';
import type { PeriodFinding, PeriodOutcome } from '../../../src/core/model/period-report.ts';
import { readPeriod } from '../../../src/core/model/period.ts';
import { missedRuns } from '../../../src/core/period/missed-runs.ts';
import { outcomeOf } from '../../../src/core/period/outcome.ts';
import { summarizePeriod } from '../../../src/core/period/summarize.ts';
import { uncheckedIn } from '../../../src/core/period/unchecked.ts';
import type { PeriodRun } from '../../../src/core/period/unchecked.ts';
import { day } from '../../support/observed.ts';

const at = (text: string): string => `${text}T00:00:00.000Z`;

describe('a period', () => {
  it.each([
    ['2026', '2026-01-01', '2027-01-01'],
    ['2026-Q1', '2026-01-01', '2026-04-01'],
    ['2026-Q4', '2026-10-01', '2027-01-01'],
    ['2026-02', '2026-02-01', '2026-03-01'],
    ['2026-12', '2026-12-01', '2027-01-01'],
    ['2028-02-28..2028-02-29', '2028-02-28', '2028-03-01'],
    ['2026-07-01..2026-07-01', '2026-07-01', '2026-07-02'],
  ])('is read: %s', (text, from, to) => {
    expect(readPeriod(text)).toEqual({ name: text, from: at(from), to: at(to) });
  });

  it.each([
    '',
    '26',
    '2026-Q5',
    '2026-13',
    '2026-00',
    '2026-07-01',
    '2026-07-02..2026-07-01',
    '2026-02-30..2026-03-01',
    '2026-01-01..',
    '2026-01-01..2026-01-02..2026-01-03',
    'Q3',
  ])('is none: %j', (text) => expect(readPeriod(text)).toBeNull());
});

describe('missed runs', () => {
  const everyMs = 86_400_000;
  const missed = (runs: readonly string[], until = day(10)): unknown =>
    missedRuns({ runs, from: day(1), until, everyMs }).map(({ after, expected }) => [
      after.slice(8, 10),
      expected.map((each) => each.slice(8, 10)),
    ]);

  it('are none where every night had one, however late it started', () => {
    expect(missed([1, 2, 3, 4, 5, 6, 7, 8, 9].map(day))).toEqual([]);
    expect(missed([day(1), '2026-03-02T05:00:00.000Z', day(3)], day(4))).toEqual([]);
  });

  it('are named, inside and at the end', () => {
    expect(missed([day(1), day(4)], day(5))).toEqual([['01', ['02', '03']]]);
    expect(missed([day(1)], day(4))).toEqual([['01', ['02', '03']]]);
  });

  it('are counted from the last run before the period, and only in it', () => {
    expect(missed(['2026-02-26T00:00:00.000Z', day(3)], day(4))).toEqual([['26', ['01', '02']]]);
  });

  it('are all of them where there was no run', () => {
    expect(missed([], day(4))).toEqual([['01', ['02', '03']]]);
  });

  it('never outnumber the time there was', () => {
    const moments = fc.array(fc.integer({ min: 0, max: 60 * 24 }), { maxLength: 40 });
    fc.assert(
      fc.property(moments, (hours) => {
        const runs = [...new Set(hours)]
          .sort((a, b) => a - b)
          .map((hour) => new Date(Date.UTC(2026, 2, 1, hour)).toISOString());
        const gaps = missedRuns({ runs, from: day(1), until: day(61), everyMs });
        const total = gaps.reduce((sum, { count }) => sum + count, 0);
        expect(total).toBeLessThanOrEqual(61);
        for (const { after, before = day(61), expected } of gaps)
          expect(expected.every((each) => each > after && each < before)).toBe(true);
      }),
    );
  });
});

describe('what a finding counts as', () => {
  const deadline = (state: DeadlineState, kind: 'within' | 'opportunistic' = 'within'): Deadline => ({
    state,
    window: kind === 'within' ? { kind, amount: 7, unit: 'days' } : { kind },
    reason: '',
  });
  it.each<[DeadlineState, ClosedBy | undefined, PeriodOutcome]>([
    ['overdue', undefined, 'overdue'],
    ['overdue', 'upgraded', 'late'],
    ['due', 'upgraded', 'within'],
    ['due', 'removed', 'within'],
    ['next-release', 'target-removed', 'within'],
    ['due', undefined, 'open'],
    ['awaiting-fix', undefined, 'open'],
    ['accepted', undefined, 'accepted'],
    ['accepted', 'upgraded', 'accepted'],
    ['overdue', 'withdrawn', 'not-counted'],
    ['overdue', 'no-longer-affected', 'not-counted'],
    ['withdrawn', undefined, 'not-counted'],
  ])('%s, ended by %s: %s', (state, closedBy, outcome) => {
    expect(outcomeOf(deadline(state), closedBy)).toBe(outcome);
  });

  it('is best effort where the policy sets no date, fixed or not', () => {
    expect(outcomeOf(deadline('opportunistic', 'opportunistic'), undefined)).toBe('best-effort');
    expect(outcomeOf(deadline('opportunistic', 'opportunistic'), 'upgraded')).toBe('best-effort');
  });
});

describe('the share', () => {
  const period = { name: '2026-03', from: day(1), to: day(32) };
  const finding = (outcome: PeriodOutcome, over: Partial<PeriodFinding> = {}): PeriodFinding => ({
    ...{ ledgerId: 'x', target: 'web', ecosystem: 'npm', package: 'left', advisory: 'GHSA-a', severity: 'high' },
    ...{ outcome, openedAt: day(2), reason: '' },
    ...over,
  });
  const all = (findings: readonly PeriodFinding[]): unknown => summarizePeriod(findings, period).at(-1);

  it('has open overdue ones in the denominator, and nothing that was not put to the test', () => {
    const tested = [finding('within'), finding('within'), finding('late'), finding('overdue')];
    const aside = (['open', 'accepted', 'best-effort', 'not-counted'] as const).map((outcome) => finding(outcome));
    expect(all(tested)).toMatchObject({ share: 0.5 });
    expect(all([...tested, ...aside])).toMatchObject({
      share: 0.5,
      open: 1,
      accepted: 1,
      bestEffort: 1,
      notCounted: 1,
    });
    expect(all(aside)).toMatchObject({ share: null, medianDays: null, p90Days: null });
  });

  it('stands for each severity and for all', () => {
    const rows = summarizePeriod([finding('within'), finding('late', { severity: 'low' })], period);
    expect(rows.map(({ severity, share }) => [severity, share])).toEqual([
      ['critical', null],
      ['high', 1],
      ['medium', null],
      ['low', 0],
      ['unknown', null],
      ['all', 0.5],
    ]);
  });

  it('comes with how long fixing took, and what was opened and closed', () => {
    const days = [1, 2, 3, 4, 5, 6, 7, 8, 9, 30].map((daysToFix) => finding('within', { daysToFix, closedAt: day(9) }));
    expect(all([...days, finding('open', { openedAt: '2026-02-01T00:00:00.000Z' })])).toMatchObject({
      medianDays: 5.5,
      p90Days: 9,
      opened: 10,
      closed: 10,
    });
  });
});

it('gathers what could not be looked at, by folder, auditor and reason', () => {
  const target = {
    path: 'web',
    ecosystem: 'npm' as const,
    auditor: 'npm-audit',
    packages: 0,
    audited: 0,
    skipped: 0,
    tools: [],
    files: [],
  };
  const run = (n: number, outcome: 'audited' | 'unavailable', codes: readonly string[] = []): PeriodRun => ({
    at: day(n),
    body: {
      ...{ type: 'run-recorded', run: `${n}`, command: 'audit', asOf: day(n), verdict: 'pass', tool: '1' },
      targets: [
        { ...target, outcome, ...(outcome === 'audited' ? {} : { reason: 'timed-out', message: `night ${n}` }) },
      ],
      problems: codes.map((code) => ({ target: null, code, message: 'gap', mend: '', blocks: code !== 'aside' })),
    },
  });
  const runs = [
    run(1, 'unavailable', ['folder-unreadable', 'folder-unreadable']),
    run(2, 'audited', ['aside']),
    run(3, 'unavailable'),
  ];
  expect(uncheckedIn(runs)).toEqual([
    {
      target: 'web',
      auditor: 'npm-audit',
      reason: 'timed-out',
      runs: 2,
      first: day(1),
      last: day(3),
      message: 'night 3',
    },
    { target: '', auditor: '', reason: 'folder-unreadable', runs: 1, first: day(1), last: day(1), message: 'gap' },
  ]);
});
