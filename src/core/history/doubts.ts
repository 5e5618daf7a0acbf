/** Says which commit dates were not believed, where something rests on them. */
import { sortedUnique } from '../model/order.ts';
import type { Problem } from '../model/problem.ts';

/** A moment of the history; `doubted` is set where the commit's own date is not believed. */
export interface DoubtedMoment {
  readonly commit: string;
  readonly doubted?: string | undefined;
}

const NAMED = 5;

/** One problem for all of them; it never blocks, since an earlier date is taken instead. */
export function describeDoubts(moments: readonly DoubtedMoment[]): readonly Problem[] {
  const doubted = sortedUnique(moments.flatMap(({ commit, doubted: own }) => (own === undefined ? [] : [commit])));
  if (doubted.length === 0) return [];
  const named = doubted.slice(0, NAMED).map((commit) => commit.slice(0, 12));
  const more = doubted.length > NAMED ? ` and ${doubted.length - NAMED} more` : '';
  return [
    {
      target: null,
      code: 'commit-date-doubtful',
      message: `The dates of ${named.join(', ')}${more} cannot be true (later than now, or out of order with their neighbours): the commits before them date their findings.`,
      mend: 'Look at who wrote those commits, and on which clock.',
      blocks: false,
    },
  ];
}
