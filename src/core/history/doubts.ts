/** Says which commit dates were not believed, where something rests on them. */
import { sortedUnique } from '../model/order.ts';
import type { Problem } from '../model/problem.ts';

/** A moment of the history; `doubted` is set where the commit's own date is not believed. */
export interface DoubtedMoment {
  readonly commit: string;
  readonly doubted?: string | undefined;
  /** It is believed, and the commit before it claims a later one. */
  readonly beforeParent?: true | undefined;
}

const NAMED = 5;

/** A problem for those that are not believed, and one for those that are though dated before their parents; neither blocks. */
export function describeDoubts(moments: readonly DoubtedMoment[]): readonly Problem[] {
  const doubted = moments.filter((moment) => moment.doubted !== undefined);
  const early = moments.filter(({ beforeParent }) => beforeParent === true);
  return [
    ...(doubted.length === 0
      ? []
      : [
          doubt(
            `The dates of ${nameAll(doubted)} cannot be true (later than now, or out of order with their neighbours): the commits before them date their findings.`,
          ),
        ]),
    ...(early.length === 0
      ? []
      : [
          doubt(
            `The dates of ${nameAll(early)} are earlier than those of the commits they follow: one of the two is wrong, and the earlier counts.`,
          ),
        ]),
  ];
}

function nameAll(moments: readonly DoubtedMoment[]): string {
  const commits = sortedUnique(moments.map(({ commit }) => commit));
  const named = commits.slice(0, NAMED).map((commit) => commit.slice(0, 12));
  return `${named.join(', ')}${commits.length > NAMED ? ` and ${commits.length - NAMED} more` : ''}`;
}

function doubt(message: string): Problem {
  const mend = 'Look at who wrote those commits, and on which clock.';
  return { target: null, code: 'commit-date-doubtful', message, mend, blocks: false };
}
