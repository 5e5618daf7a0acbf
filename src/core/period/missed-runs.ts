/** Names the runs a schedule expected in a period and that did not take place. */
import type { PeriodReport } from '../model/period-report.ts';
import { countMissedRuns } from '../model/schedule.ts';

type Missed = PeriodReport['runs']['missed'][number];

/** More are counted, and not named. */
const MOST_NAMED = 100;

/** What is looked at: moments in UTC ISO-8601. */
export interface Watched {
  /** When runs took place, oldest first: the last one before the period, and all in it. */
  readonly runs: readonly string[];
  readonly from: string;
  /** The end of the period, or now. */
  readonly until: string;
  readonly everyMs: number;
}

/** One entry a gap. A gap that began before the period counts only with the runs expected in it. */
export function missedRuns({ runs, from, until, everyMs }: Watched): readonly Missed[] {
  const [first] = runs;
  // Without a run there is nothing to count from but the beginning of the period.
  const after = first === undefined ? [from] : runs;
  return after.flatMap((run, index) => {
    const next = first === undefined ? undefined : runs[index + 1];
    const expected = expectedBetween(run, next ?? until, everyMs).filter((at) => at >= from);
    if (expected.length === 0) return [];
    const gap = { after: run, count: expected.length, expected: expected.slice(0, MOST_NAMED) };
    return [next === undefined ? gap : { ...gap, before: next }];
  });
}

function expectedBetween(last: string, next: string, everyMs: number): readonly string[] {
  const missed = countMissedRuns(last, next, everyMs);
  return Array.from({ length: missed }, (_, index) => new Date(Date.parse(last) + (index + 1) * everyMs).toISOString());
}
