/** Says when the nightly job did not run although the schedule expected it to. */
import type { Config } from '../model/config.ts';
import type { Problem } from '../model/problem.ts';
import { RUNS_MISSED, countMissedRuns } from '../model/schedule.ts';
import type { LedgerState } from './ledger-state.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A problem when runs were missed before the one at `now`; none without a schedule, or before the first recorded run. */
export function missedRunProblems(
  { lastRun }: Pick<LedgerState, 'lastRun'>,
  { everyMs }: Config['schedule'],
  now: string,
): readonly Problem[] {
  if (lastRun === null || everyMs === undefined) return [];
  const missed = countMissedRuns(lastRun.at, now, everyMs);
  if (missed === 0) return [];
  const ago = describeSpan(Date.parse(now) - Date.parse(lastRun.at));
  const [runs, were] = missed === 1 ? ['run', 'was'] : ['runs', 'were'];
  const message = `The last recorded run was ${ago} ago (${lastRun.at}), and one is expected every ${describeSpan(everyMs)}: ${missed} ${runs} ${were} missed.`;
  const mend = 'See in the log of the scheduler (cron, systemd, CI) why it did not start or did not end.';
  return [{ target: null, code: RUNS_MISSED, message, mend, blocks: false }];
}

/** In whole days from two days on, else in hours, or in minutes below one. */
function describeSpan(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${Math.floor(ms / DAY_MS)} days`;
  const [amount, unit] = ms < HOUR_MS ? [Math.floor(ms / 60_000), 'minute'] : [Math.floor(ms / HOUR_MS), 'hour'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}
