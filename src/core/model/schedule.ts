/** How often a run is expected, and how many did not take place since the last one. */

/** The code of the problem that names missed runs. */
export const RUNS_MISSED = 'runs-missed';

/** A run may be late by this share of the time between two: machines start late, and audits take their time. */
const GRACE = 1 / 4;

/**
 * How many expected runs did not take place between the run at `last` and the one at `now` (UTC ISO-8601), when one is due
 * `everyMs` after the other. 0 as well where the clocks say that `now` is before `last`.
 */
export function countMissedRuns(last: string, now: string, everyMs: number): number {
  const gap = Date.parse(now) - Date.parse(last);
  return Math.max(0, Math.ceil((gap - everyMs * GRACE) / everyMs) - 1);
}
