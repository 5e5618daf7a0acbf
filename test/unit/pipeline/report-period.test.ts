/** A period out of a ledger: each finding under the policy of its day, nothing left out, nothing from later. */
import { describe, expect, it } from 'vitest';
import type { PeriodReport } from '../../../src/core/model/period-report.ts';
import { readPeriod } from '../../../src/core/model/period.ts';
import type { Policy } from '../../../src/core/model/policy.ts';
import type { Observation } from '../../../src/core/reconcile/observation.ts';
import { reportPeriod } from '../../../src/pipeline/report-period.ts';
import { makePolicy, makeTimeline } from '../../support/judge-values.ts';
import { audited, createTestLedger, day, failed, observed, sighting } from '../../support/observed.ts';
import type { TestLedger } from '../../support/observed.ts';

const DAY_MS = 86_400_000;
const week = makePolicy({ kind: 'within', amount: 7, unit: 'days' });
const lenient = makePolicy({ kind: 'within', amount: 90, unit: 'days' });
const bestEffort = makePolicy({ kind: 'opportunistic' });

/** A flaw published and fixable on the day the run first sees it. */
const flaw = (id: string, n: number): ReturnType<typeof sighting> =>
  sighting([id], { timeline: makeTimeline({ published: day(n), fixReleased: day(n) }) });

function record(
  ledger: TestLedger,
  n: number,
  sightings: Observation['sightings'],
  over: Partial<Observation> & { policy?: Policy } = {},
): void {
  const base = observed(sightings, { policy: week, ...over });
  ledger.record({ ...base, run: { ...base.run, asOf: day(n), generatedAt: day(n) } }, day(n));
}

const gone = { audits: [audited('web', { left: '2.0.0' })] };

function report(ledger: TestLedger, over: { period?: string; now?: string; everyMs?: number } = {}): PeriodReport {
  const { period = '2026-03', now = day(40), everyMs } = over;
  const span = readPeriod(period);
  if (span === null) throw new Error(period);
  const head = { seq: ledger.events.length, hash: 'a'.repeat(64) };
  return reportPeriod({
    events: ledger.events,
    ledger: { place: '.fixby/ledger.jsonl', head },
    period: span,
    now,
    schedule: everyMs === undefined ? {} : { everyMs },
    version: '1.0.0',
  });
}

const outcomes = ({ findings }: PeriodReport): readonly string[] =>
  findings.map(({ advisory, outcome }) => `${advisory} ${outcome}`);
const total = ({ summary }: PeriodReport): PeriodReport['summary'][number] | undefined => summary.at(-1);

describe('a period', () => {
  it('tells what was fixed in time, too late, and not at all', () => {
    const ledger = createTestLedger();
    const [soon, late, never] = [flaw('GHSA-soon', 1), flaw('GHSA-late', 1), flaw('GHSA-never', 1)];
    record(ledger, 1, [soon, late, never]);
    record(ledger, 5, [late, never], gone);
    record(ledger, 20, [never], gone);
    record(ledger, 31, [never], gone);
    const told = report(ledger);
    expect(outcomes(told)).toEqual(['GHSA-never overdue', 'GHSA-late late', 'GHSA-soon within']);
    expect(total(told)).toMatchObject({
      opened: 3,
      closed: 2,
      within: 1,
      late: 1,
      overdue: 1,
      share: 1 / 3,
      medianDays: 11.5,
      p90Days: 19,
    });
    expect(told.findings.map(({ daysLate }) => daysLate)).toEqual([23, 11, undefined]);
    expect([told.verdict, told.broken]).toEqual([
      'fail',
      ['1 finding is open and overdue.', '1 finding was fixed after the window had ended.'],
    ]);
  });

  it('judges each finding by the policy of the day it ended', () => {
    const ledger = createTestLedger();
    record(ledger, 1, [flaw('GHSA-a', 1), flaw('GHSA-b', 1)], { policy: lenient });
    record(ledger, 15, [flaw('GHSA-b', 1)], { ...gone, policy: lenient });
    record(ledger, 20, [flaw('GHSA-b', 1)], { policy: week });
    const told = report(ledger);
    expect(outcomes(told)).toEqual(['GHSA-b overdue', 'GHSA-a within']);
    expect(told.policies.map(({ since, until, windows }) => [since, until, windows[0]?.window])).toEqual([
      [day(1), day(20), 'within 90 days'],
      [day(20), undefined, 'within 7 days'],
    ]);
  });

  it('knows nothing of what came later, and says so of the same bytes for ever', () => {
    const ledger = createTestLedger();
    record(ledger, 1, [flaw('GHSA-a', 1)]);
    record(ledger, 31, [flaw('GHSA-a', 1)]);
    const before = report(ledger);
    record(ledger, 33, [], { ...gone, policy: lenient });
    expect({ ...report(ledger), ledger: null }).toEqual({ ...before, ledger: null });
    expect(outcomes(before)).toEqual(['GHSA-a overdue']);
  });

  it('leaves out what had ended before, and tells what went on', () => {
    const ledger = createTestLedger();
    record(ledger, 1, [flaw('GHSA-a', 1), flaw('GHSA-b', 1)]);
    record(ledger, 5, [flaw('GHSA-b', 1)], gone);
    record(ledger, 33, [flaw('GHSA-b', 1)]);
    const told = report(ledger, { period: '2026-04', now: day(61) });
    expect(outcomes(told)).toEqual(['GHSA-b overdue']);
    expect(total(told)).toMatchObject({ opened: 0, closed: 0, overdue: 1 });
    expect(told.policies).toHaveLength(1);
  });

  it('keeps best effort out of the share', () => {
    const ledger = createTestLedger();
    record(ledger, 1, [flaw('GHSA-a', 1)], { policy: bestEffort });
    record(ledger, 31, [flaw('GHSA-a', 1)], { policy: bestEffort });
    expect(total(report(ledger))).toMatchObject({ share: null, bestEffort: 1 });
  });

  it('passes only when every night is there and everything was looked at', () => {
    const ledger = createTestLedger();
    for (let n = 1; n <= 31; n += 1) record(ledger, n, []);
    expect(report(ledger, { everyMs: DAY_MS })).toMatchObject({
      verdict: 'pass',
      open: [],
      runs: { count: 31, missed: [] },
    });
    expect(report(ledger)).toMatchObject({ verdict: 'inconclusive', open: [expect.stringContaining('No schedule')] });
    record(ledger, 31, [], { audits: [failed()] });
    expect(report(ledger, { everyMs: DAY_MS })).toMatchObject({
      verdict: 'inconclusive',
      open: ['Something could not be looked at in up to 1 run.'],
      unchecked: [{ target: 'web', reason: 'tool-failed', runs: 1 }],
    });
  });

  it('names the nights without a run, and the time before the ledger', () => {
    const ledger = createTestLedger();
    record(ledger, 3, []);
    record(ledger, 6, []);
    const told = report(ledger, { everyMs: DAY_MS, now: day(7) });
    expect(told.runs.missed).toEqual([{ after: day(3), before: day(6), count: 2, expected: [day(4), day(5)] }]);
    expect(told.open).toEqual([
      '2 expected runs did not take place.',
      'The ledger began on 2026-03-03: of the time before nothing is known.',
      'The period is not over: it is told until 2026-03-07.',
    ]);
  });

  it('tells which risks were accepted, and which of that ended', () => {
    const exception = (advisory: string, expires: string): Observation['exceptions'][number] => ({
      ...{ advisory, reason: 'not reachable', owner: 'ana', approver: 'ben', expires, line: 1 },
    });
    const ledger = createTestLedger();
    const [long, short] = [exception('GHSA-a', '2026-12-31'), exception('GHSA-b', '2026-03-10')];
    record(ledger, 1, [flaw('GHSA-a', 1)], { exceptions: [long, short] });
    const base = observed([flaw('GHSA-a', 1)], { policy: week, exceptions: [long, short], today: '2026-03-20' });
    ledger.record({ ...base, run: { ...base.run, asOf: day(20), generatedAt: day(20) } }, day(20));
    const told = report(ledger);
    expect(outcomes(told)).toEqual(['GHSA-a accepted']);
    expect(told.exceptions.map(({ advisory, granted, end }) => [advisory, granted, end])).toEqual([
      ['GHSA-a', true, undefined],
      ['GHSA-b', true, 'expired'],
    ]);
    const april = report(ledger, { period: '2026-04', now: day(61) });
    expect(april.exceptions.map(({ advisory, granted }) => [advisory, granted])).toEqual([['GHSA-a', false]]);
  });

  it('says that nothing is known where no run was recorded', () => {
    const told = report(createTestLedger());
    expect([told.verdict, told.runs.count, told.open[0]]).toEqual([
      'inconclusive',
      0,
      'No run was recorded in the period.',
    ]);
  });
});
