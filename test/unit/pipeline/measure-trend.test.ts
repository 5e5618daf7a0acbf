/** The look back over a ledger: runs are recorded as they are at night, and the trend is what they add up to. */
import { describe, expect, it } from 'vitest';
import type { Policy, Window } from '../../../src/core/model/policy.ts';
import type { Trend } from '../../../src/core/model/trend.ts';
import { measureTrend } from '../../../src/pipeline/measure-trend.ts';
import { makePolicy, makeTimeline } from '../../support/judge-values.ts';
import { audited, createTestLedger, day, observed, sighting } from '../../support/observed.ts';
import type { TestLedger } from '../../support/observed.ts';

const weekly = makePolicy({ kind: 'within', amount: 7, unit: 'days' });
const dated = { timeline: makeTimeline({ introduced: day(1), published: day(1), fixReleased: day(1) }) };
const found = sighting(['GHSA-a', 'CVE-2026-1'], dated);
const unfixable = sighting(['GHSA-a'], { ...dated, fix: { available: false } });
const upgraded = { audits: [audited('web', { left: '1.0.1' })] };

function trendOf(ledger: TestLedger, now: string, policy: Policy = weekly): Trend | undefined {
  return measureTrend(ledger.state(), { policy, releases: [], now });
}

function recorded(...nights: readonly (readonly [number, Parameters<typeof observed>])[]): TestLedger {
  const ledger = createTestLedger();
  for (const [at, run] of nights) ledger.record(observed(...run), day(at));
  return ledger;
}

const sum = (trend: Trend | undefined, of: 'breached' | 'overdue'): number | undefined =>
  trend?.points.reduce((total, point) => total + point[of], 0);

describe('what was mended', () => {
  it.each([
    [5, { days: 4, late: false }],
    [12, { days: 11, late: true }],
  ])('on day %i took %j', (end, expected) => {
    const ledger = recorded([1, [[found]]], [end, [[], upgraded]]);
    expect(trendOf(ledger, day(20))?.mended).toEqual([{ at: day(end), severity: 'high', ...expected }]);
  });

  it('is measured by the policy of the report', () => {
    const ledger = recorded([1, [[found]]], [5, [[], upgraded]]);
    const strict = makePolicy({ kind: 'within', amount: 1, unit: 'days' });
    expect(trendOf(ledger, day(20), strict)?.mended.map(({ late }) => late)).toEqual([true]);
  });

  it.each<readonly [string, Parameters<typeof observed>]>([
    ['is still open', [[found]]],
    ['nobody looked for', [[], { audits: [], complete: false }]],
  ])('holds nothing that %s', (_, second) => {
    expect(trendOf(recorded([1, [[found]]], [5, second]), day(20))?.mended).toEqual([]);
  });

  it('holds nothing whose clock stood still for want of a fix', () => {
    const ledger = recorded([1, [[unfixable]]], [5, [[], { audits: [audited('web', {})] }]]);
    expect(trendOf(ledger, day(20))?.mended).toEqual([]);
  });
});

describe('what was overdue', () => {
  const exception = { advisory: 'GHSA-a', reason: 'r', owner: 'o', approver: 'a', expires: '2026-03-14', line: 1 };

  it('breaches once and stays overdue', () => {
    const ledger = recorded([1, [[found]]]);
    const trend = trendOf(ledger, day(20));
    expect([sum(trend, 'breached'), trend?.points.at(-1)?.overdue]).toEqual([1, 1]);
  });

  it('never breached where the risk was accepted in time and mended before that ended', () => {
    const exceptions = [exception];
    const ledger = recorded([1, [[found], { exceptions }]], [12, [[], { ...upgraded, exceptions }]]);
    const trend = trendOf(ledger, day(20));
    expect([sum(trend, 'breached'), sum(trend, 'overdue'), trend?.mended.map(({ late }) => late)]).toEqual([
      0,
      0,
      [false],
    ]);
  });

  it('breaches when the acceptance ends', () => {
    const ledger = recorded([1, [[found], { exceptions: [exception] }]]);
    const trend = trendOf(ledger, day(20));
    expect(trend?.points.find(({ breached }) => breached > 0)?.at).toBe(day(15));
  });
});

describe('the span', () => {
  it('is absent where no run was recorded', () => {
    expect(trendOf(createTestLedger(), day(1))).toBeUndefined();
    expect(trendOf(recorded([5, [[found]]]), day(1))).toBeUndefined();
  });

  it('is at most a year, and leaves out what ended before it', () => {
    const ledger = recorded([1, [[found]]], [5, [[], upgraded]], [6, [[], upgraded]]);
    const later: Window = { kind: 'opportunistic' };
    const trend = trendOf(ledger, '2028-01-01T00:00:00.000Z', makePolicy(later));
    expect(trend).toMatchObject({ since: '2026-12-31T00:00:00.000Z', runs: 3, mended: [] });
  });
});
