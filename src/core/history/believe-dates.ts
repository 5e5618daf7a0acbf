/** Decides which commit dates can be true: along one line of history time does not run backwards, nor past now. */

/** A commit's date. `at` is `null` when nothing in the history says when it may have been. */
export interface BelievedDate {
  readonly at: string | null;
  /** What the commit itself claims, where that is not believed; `null` when it claims no date at all. */
  readonly doubted?: string | null;
  /** Set where the date is believed, and the commit before claims a later one. */
  readonly beforeParent?: true;
}

/**
 * The date of each commit, oldest commit first; `claimed` and `now` are UTC ISO-8601 with milliseconds. Believed are the
 * dates of the longest run that never goes back, so that one forged or mistaken clock is outvoted by its neighbours. Every
 * other commit, and one dated after `now`, is dated by the believed commit before it: the earlier evidence counts. Only
 * where there is none before, the next one after stands in.
 */
export function believeDates(claimed: readonly (string | null)[], now: string): readonly BelievedDate[] {
  const believed = new Set(longestRun(claimed, now));
  let before: string | null = claimed.find((_date, index) => believed.has(index)) ?? null;
  return claimed.map((date, index) => {
    if (!believed.has(index)) return { at: before, doubted: date };
    before = date;
    return isBefore(date, claimed[index - 1]) ? { at: date, beforeParent: true } : { at: date };
  });
}

function isBefore(date: string | null, parent: string | null | undefined): boolean {
  return date !== null && typeof parent === 'string' && date < parent;
}

/** Positions of the longest run of dates that never goes back; of several the one with the earlier dates. */
function longestRun(dates: readonly (string | null)[], now: string): readonly number[] {
  // ends[n] is where the run of n + 1 dates with the earliest last date ends; before[i] is what precedes i in its run.
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  dates.forEach((date, index) => {
    if (date === null || date > now) return;
    const length = countUpTo(ends, date, dates);
    before[index] = ends[length - 1];
    ends[length] = index;
  });
  const run: number[] = [];
  for (let at = ends.at(-1); at !== undefined; at = before[at]) run.push(at);
  return run.reverse();
}

/** How many of the `ends`, whose dates never go back, are not after `date`: found by halving. */
function countUpTo(ends: readonly number[], date: string, dates: readonly (string | null)[]): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((dates[ends[middle] ?? 0] ?? '') <= date) low = middle + 1;
    else high = middle;
  }
  return low;
}
