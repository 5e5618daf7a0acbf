/** Runs that should have taken place and did not: counted against the schedule, with room for a late start. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMissedRuns } from '../../../src/core/model/schedule.ts';
import { missedRunProblems } from '../../../src/core/reconcile/missed-runs.ts';
import { createTestLedger, day, observed } from '../../support/observed.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LAST = '2026-03-01T02:00:00.000Z';
const after = (ms: number): string => new Date(Date.parse(LAST) + ms).toISOString();

it.each<[hours: number, missed: number]>([
  [-5, 0],
  [0, 0],
  [1, 0],
  [24, 0],
  [30, 0],
  [30.01, 1],
  [48, 1],
  [54.01, 2],
  [72, 2],
  [240, 9],
])('%s hours after the last of a daily run, %s were missed', (hours, missed) => {
  expect(countMissedRuns(LAST, after(hours * HOUR), DAY)).toBe(missed);
});

it('never counts fewer as time goes on, and one more for each further night', () => {
  const ms = fc.integer({ min: 0, max: 400 * DAY });
  fc.assert(
    fc.property(ms, fc.integer({ min: 60_000, max: 30 * DAY }), (gap, every) => {
      const missed = countMissedRuns(LAST, after(gap), every);
      expect(countMissedRuns(LAST, after(gap + every), every)).toBe(gap * 4 <= every ? 0 : missed + 1);
      expect(countMissedRuns(LAST, after(gap + 1), every)).toBeGreaterThanOrEqual(missed);
    }),
  );
});

describe('the problem of missed runs', () => {
  const ledger = createTestLedger();
  const before = ledger.state();
  ledger.record(observed([]), day(1));
  const at = (n: number, everyMs: number | undefined = DAY) => missedRunProblems(ledger.state(), { everyMs }, day(n));

  it('names the last run, the schedule and how many were missed, and leaves no question open', () => {
    const [problem, ...more] = at(4);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: 'runs-missed', target: null, blocks: false });
    expect(problem?.message).toBe(
      'The last recorded run was 3 days ago (2026-03-01T00:00:00.000Z), and one is expected every 24 hours: 2 runs were missed.',
    );
    expect(at(3)[0]?.message).toContain('1 run was missed');
    expect(at(2, 20 * 60_000)[0]?.message).toContain('24 hours ago');
    expect(at(2, 20 * 60_000)[0]?.message).toContain('every 20 minutes');
  });

  it('is none on time, without a schedule, and before the first run', () => {
    expect(at(2)).toEqual([]);
    expect(missedRunProblems(ledger.state(), {}, day(90))).toEqual([]);
    expect(missedRunProblems(before, { everyMs: DAY }, day(90))).toEqual([]);
  });
});
