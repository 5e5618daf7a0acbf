/** Owns the words in which every format tells a replayed past. */
import type { HistoryView, NotCounted, PastOccurrence, PastStatistics } from '../../model/history-report.ts';
import { count, type Calendar } from '../words.ts';
import { describeWindow } from '../../model/window-words.ts';

/** What each reason not to count means to a reader. */
export const NOT_COUNTED_WORDS: Readonly<Record<NotCounted, string>> = {
  'before-published': 'gone before the advisory was published',
  withdrawn: 'the advisory was withdrawn',
  undated: 'a date is missing that nobody states',
  'start-unknown': 'there before the oldest commit that is known',
  'end-unseen': 'its lock was taken away or no longer names a version',
};

/** Such as `4.5 days`; `–` where there is no number. */
export function daysWords(days: number | null): string {
  return days === null ? '–' : `${days} ${days === 1 ? 'day' : 'days'}`;
}

/** Such as `80 %`, rounded down: a share is never shown better than it is. `–` where nothing was judged. */
export function shareWords({ withinWindow }: PastStatistics): string {
  return withinWindow === null ? '–' : `${Math.floor(withinWindow * 100)} %`;
}

/** Rows with something in them, worst severity first, and the sum. */
export function statisticsRows({ summary }: HistoryView): readonly PastStatistics[] {
  const rows = summary.bySeverity.filter(({ met, breached, open }) => met + breached + open > 0);
  return rows.length > 1 ? [...rows, summary.all] : rows;
}

/** The breaches, the latest first, and of equal ones in the order of the view. */
export function breaches({ occurrences }: HistoryView): readonly PastOccurrence[] {
  return occurrences
    .filter(({ outcome }) => outcome === 'breached')
    .sort((a, b) => (b.daysLate ?? 0) - (a.daysLate ?? 0));
}

/** What has not been counted, each reason with its number. */
export function notCountedWords({ summary }: HistoryView): readonly string[] {
  const reasons = Object.keys(NOT_COUNTED_WORDS) as NotCounted[];
  return reasons.flatMap((reason) => {
    const number = summary.notCounted[reason];
    return number === 0 ? [] : [`${number} ${NOT_COUNTED_WORDS[reason]}`];
  });
}

/** How late, short enough for a column. */
export function lateWords({ daysLate = 0, ended }: PastOccurrence): string {
  const late = daysLate < 1 ? 'less than a day' : count(daysLate, 'day');
  return ended === undefined ? `${late}, still there` : late;
}

/** `name@1.0.0`, or the oldest of several versions and how many more there were. */
export function carriedWords({ package: name, versions }: PastOccurrence): string {
  const [oldest, ...more] = versions;
  if (oldest === undefined) return name;
  return more.length === 0 ? `${name}@${oldest}` : `${name}@${oldest} +${more.length}`;
}

/** When it could have been fixed and why then, until when it should have been, and when it was, each with its commit. */
export function storyWords(occurrence: PastOccurrence, calendar: Calendar): readonly string[] {
  const { couldBeFixed, dueAt, window, introduced, ended, backAgain } = occurrence;
  return [
    ...(introduced === undefined ? [] : [`came in ${momentWords(introduced, calendar)}`]),
    ...(couldBeFixed === undefined ? [] : [`could be fixed from ${calendar(couldBeFixed.at)} (${couldBeFixed.by})`]),
    dueAt === undefined ? describeWindow(window) : `due ${calendar(dueAt)} (${describeWindow(window)})`,
    ...(ended === undefined ? [] : [`${ENDED_WORDS[ended.how]} ${momentWords(ended, calendar)}`]),
    ...(backAgain === undefined ? [] : [`back again: gone before ${momentWords(backAgain.until, calendar)}`]),
  ];
}

const ENDED_WORDS = {
  upgraded: 'upgraded',
  removed: 'removed',
  unseen: 'its lock was taken away',
  unpinned: 'left to a range',
} as const;

type ViewMoment = NonNullable<PastOccurrence['introduced']>;

/** The day, the commit, and the author's day where that is another one. */
export function momentWords({ at, commit, authoredAt, doubted }: ViewMoment, calendar: Calendar): string {
  const day = at === undefined ? 'on an unknown day' : calendar(at);
  const typed = authoredAt === undefined ? '' : calendar(authoredAt);
  const authored = typed === '' || typed === day ? '' : `, authored ${typed}`;
  const doubt = doubted === undefined ? '' : `, its own date ${doubted.slice(0, 10)} cannot be true`;
  return `${day} (commit ${commit.slice(0, 12)}${authored}${doubt})`;
}

/** What the report rests on. */
export function coverageWords({ coverage, asOf }: HistoryView, calendar: Calendar): string {
  const { commits, revisions, packages, oldest, source, cut } = coverage;
  const from = oldest === undefined ? '' : ` from ${calendar(oldest)}`;
  const cutOff = cut ? ' (older ones are not in this clone)' : '';
  return `${count(commits, 'commit')}${from} to ${calendar(asOf)}${cutOff}, ${count(revisions, 'version')} of lock and requirement files, ${count(packages, 'package')}; advisories from ${source}`;
}
