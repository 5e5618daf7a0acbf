/** Puts an occurrence into words and dates: since when the branch has had it, and on whose word. */
import type { DatedFact } from '../model/finding.ts';
import type { PastCommit } from '../model/past.ts';
import type { BelievedDate } from './believe-dates.ts';
import type { EndedHow, Occurrence } from './occurrences.ts';

/** The line of commits occurrences were traced through. */
export interface Chronicle {
  /** Oldest first. */
  readonly commits: readonly PastCommit[];
  /** One a commit. */
  readonly dates: readonly BelievedDate[];
  /** Whether older commits exist that are not here. */
  readonly cut: boolean;
}

/** One moment of the chronicle. Absent dates are not known. */
export interface Moment {
  readonly commit: string;
  readonly at?: string;
  readonly authoredAt?: string;
  /** Set where the commit's own date is not believed: that date, or `none`. */
  readonly doubted?: string;
  /** Set where it is believed, though the commit before claims a later one. */
  readonly beforeParent?: true;
}

/** What came back had been there before: since when, until when, and how it went. */
export interface EarlierTime {
  readonly from: Moment | null;
  readonly until: Moment;
  readonly how: EndedHow;
}

/** `cut`: it was there when the known history begins. `undated`: no believable date is near its commit. */
export type Origin =
  | {
      readonly status: 'known';
      readonly introduced: DatedFact;
      readonly moment: Moment;
      readonly backAgain?: EarlierTime;
    }
  | { readonly status: 'unknown'; readonly why: 'cut' | 'undated' };

/** The moment of the commit at a position of the chronicle. */
export function momentOf({ commits, dates }: Chronicle, position: number): Moment {
  const commit = commits[position];
  const date = dates[position];
  if (commit === undefined || date === undefined) throw new TypeError(`there is no commit ${position}`);
  return {
    commit: commit.id,
    ...(date.at === null ? {} : { at: date.at }),
    ...(commit.authoredAt === null ? {} : { authoredAt: commit.authoredAt }),
    ...(date.doubted === undefined ? {} : { doubted: date.doubted ?? 'none' }),
    ...(date.beforeParent === undefined ? {} : { beforeParent: date.beforeParent }),
  };
}

/** When an occurrence began. */
export function originOf(occurrence: Occurrence, chronicle: Chronicle): Origin {
  const start = startOf(occurrence, chronicle);
  if (start === null) return { status: 'unknown', why: 'cut' };
  if (start.at === undefined) return { status: 'unknown', why: 'undated' };
  const backAgain = earlierTimeOf(occurrence, chronicle);
  const source = [describeCommit(start), ...(backAgain === null ? [] : [describeEarlier(backAgain)])].join('; ');
  return { status: 'known', introduced: { at: start.at, source }, moment: start, ...(backAgain && { backAgain }) };
}

/** The time before, of an occurrence that is back; `null` for one that was never gone. */
export function earlierTimeOf({ previous }: Occurrence, chronicle: Chronicle): EarlierTime | null {
  if (previous?.end === undefined) return null;
  const { commit, how } = previous.end;
  return { from: startOf(previous, chronicle), until: momentOf(chronicle, commit), how };
}

/** When it came; `null` for what was there before the oldest commit that is known. */
export function startOf({ start }: Occurrence, chronicle: Chronicle): Moment | null {
  return chronicle.cut && start === 0 ? null : momentOf(chronicle, start);
}

/** Such as `commit 0123456789ab`. */
export function describeCommit({ commit, doubted }: Moment): string {
  const name = `commit ${commit.slice(0, 12)}`;
  if (doubted === undefined) return name;
  return `${name}, whose own date (${doubted.slice(0, 10)}) cannot be true`;
}

function describeEarlier({ from, until, how }: EarlierTime): string {
  const since = from === null ? 'before the known history began' : (from.at?.slice(0, 10) ?? 'an unknown day');
  const end = until.at?.slice(0, 10) ?? 'an unknown day';
  return `back again: it was there from ${since} to ${end} (${how} by ${describeCommit(until)})`;
}
