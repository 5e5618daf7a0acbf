/** Holds Dependabot's schedules and groups against how often and how updates were promised. */
import { isIdle, rhythmOf } from './coverage.ts';
import { describeFolder } from './read-dependabot.ts';
import { broken, cannotTell, kept, remark } from '../evidence.ts';
import { cronPeriod, type Period } from '../period.ts';
import { excerpt } from '../../model/text.ts';
import type { UpdateEntry } from './read-dependabot.ts';
import type { Evidence } from '../../model/promise.ts';

/** At their longest, as promises are counted. Daily means Monday to Friday. */
const DAYS: Readonly<Record<string, number>> = {
  daily: 1,
  weekly: 7,
  monthly: 31,
  quarterly: 92,
  semiannually: 183,
  yearly: 366,
};

/** More often than promised keeps the promise; less often breaks it. Entries that update nothing have no rhythm. */
export function judgeRhythm(
  file: string,
  entries: readonly UpdateEntry[],
  paths: readonly string[],
  promised: Period,
): readonly Evidence[] {
  return entries.filter((entry) => !isIdle(entry, paths)).map((entry) => judgeEntry(file, entry, promised));
}

function judgeEntry(file: string, entry: UpdateEntry, { days: promised, words }: Period): Evidence {
  const place = { file, line: entry.lineOf('schedule', 'interval') };
  const { interval, cronjob = '' } = entry.schedule;
  const days = interval === 'cron' ? cronPeriod(cronjob) : (DAYS[interval] ?? null);
  const what = describeEntry(entry);
  const is = `${what} is updated ${rhythmOf(entry)}`;
  if (days === null) return cannotTell('unclear', `${is}, which cannot be read`, 'Write an interval in words.', place);
  if (days > promised) {
    const mend = `Raise its interval to ${words}, or say in SECURITY.md what it is.`;
    return broken(`${is}, less often than ${words}`, mend, place);
  }
  return kept(days < promised ? `${is}, more often than ${words}` : is, place);
}

/** Grouping is promised for the repository, not for each folder: one group keeps it, and entries without one are named. */
export function judgeGroups(
  file: string,
  entries: readonly UpdateEntry[],
  paths: readonly string[],
): readonly Evidence[] {
  const live = entries.filter((entry) => !isIdle(entry, paths));
  const grouped = live.filter(({ groups }) => groups.length > 0);
  if (grouped.length === 0)
    return [broken(`no entry of ${file} has groups`, `Add groups to the entries of ${file}.`, { file })];
  return [
    ...grouped.map((entry) =>
      kept(`${describeEntry(entry)} is grouped: ${excerpt(entry.groups.join(', '))}`, {
        file,
        line: entry.lineOf('groups'),
      }),
    ),
    ...live
      .filter(({ groups }) => groups.length === 0)
      .map((entry) => remark(`${describeEntry(entry)} has no groups`, { file, line: entry.lineOf() })),
  ];
}

function describeEntry({ ecosystem, folders }: UpdateEntry): string {
  return excerpt(`${ecosystem} in ${folders.map(describeFolder).join(', ')}`);
}
