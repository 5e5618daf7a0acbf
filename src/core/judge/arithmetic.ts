/** Shows how a deadline is counted, step by step in the zone of the policy, and whether the count leads where it should. */
import type { Temporal } from 'temporal-polyfill';
import type { Window } from '../model/policy.ts';
import { describeDuration } from '../model/window-words.ts';
import { dayOf, wholeDaysBetween } from './calendar.ts';
import { endOfWindow } from './windows/within.ts';

/** What is counted. Moments are UTC ISO-8601. */
export interface Count {
  readonly window: Window;
  /** When the clock started; absent when it did not. */
  readonly startedAt?: string;
  /** The later day the time is counted from, after a raised severity or a known exploitation; absent when there is none. */
  readonly countedFrom?: string;
  /** Where the judgement says the time ends; absent where there is no date. */
  readonly dueAt?: string;
  readonly now: string;
  readonly timeZone: string;
  readonly holidays: readonly string[];
}

type Within = Extract<Window, { kind: 'within' }>;

/** One step a line, each a sentence. A count that does not lead to `dueAt` says so rather than pretending it does. */
export function showArithmetic(count: Count): readonly string[] {
  const { startedAt, countedFrom } = count;
  if (startedAt === undefined) return ['No clock was started, so nothing is counted.'];
  if (countedFrom === undefined) return showWindow(count, startedAt);
  const later = `The clock started at ${startedAt}, and the time that applies is counted from a later moment.`;
  return [later, ...showWindow(count, countedFrom)];
}

function showWindow(count: Count, from: string): readonly string[] {
  const { window } = count;
  switch (window.kind) {
    case 'immediate':
      return [`No time is granted: it was due at once, ${from}.`, ...showDistance(count)];
    case 'opportunistic':
      return ['The policy sets no date, so nothing is counted.'];
    case 'next-release':
      return showRelease(window.level, count, from);
    case 'within':
      return showDuration(window, count, from);
  }
}

function showRelease(level: string, { dueAt, timeZone, ...rest }: Count, from: string): readonly string[] {
  const kind = level === 'any' ? 'release' : `release that is a ${level} step or a bigger one`;
  const rule = `The first ${kind}, tagged after ${from}, must not carry it.`;
  if (dueAt === undefined) return [rule, 'No such tag carries it so far.'];
  const cut = `A tag of ${dayOf(dueAt, timeZone).toString()} (${dueAt}) carries it: that tag broke the policy.`;
  return [rule, cut, ...showDistance({ ...rest, dueAt, timeZone })];
}

function showDuration(window: Within, count: Count, from: string): readonly string[] {
  const end = endOfWindow(window, { ...count, startedAt: from });
  const steps = window.unit === 'hours' ? addHours(window, from, end) : addDays(window, count, from, end);
  if (count.dueAt === undefined) return [...steps, 'The time is not running, so this date is not held against anyone.'];
  const other = `The date that counts is another one, ${count.dueAt}: the result says why.`;
  return [...steps, ...(end === count.dueAt ? [] : [other]), ...showDistance(count)];
}

function addHours(window: Within, from: string, end: string): readonly string[] {
  return [
    `The count begins at ${from}.`,
    `Plus ${describeDuration(window.amount, window.unit)}, to the millisecond: ${end}.`,
  ];
}

function addDays(window: Within, count: Count, from: string, end: string): readonly string[] {
  const { timeZone } = count;
  const [first, last] = [dayOf(from, timeZone), dayOf(end, timeZone)];
  const skipped = window.unit === 'business-days' ? [skippedDays(first, last, count.holidays)] : [];
  return [
    `The count begins at ${from}, which is ${first.toString()} in ${timeZone}; that day is not counted.`,
    `${first.toString()} plus ${describeDuration(window.amount, window.unit)} is ${last.toString()}.`,
    ...skipped,
    `The last day is whole: it ends at ${end}.`,
  ];
}

function skippedDays(first: Temporal.PlainDate, last: Temporal.PlainDate, holidays: readonly string[]): string {
  const days = first.until(last, { largestUnit: 'days' }).days;
  const passed = Array.from({ length: days }, (_, index) => first.add({ days: index + 1 }));
  const weekend = passed.filter(({ dayOfWeek }) => dayOfWeek > 5);
  const closed = passed.filter((day) => day.dayOfWeek <= 5 && holidays.includes(day.toString())).map(String);
  const named =
    closed.length === 0
      ? 'no holidays'
      : `${closed.length === 1 ? 'the holiday' : 'the holidays'} ${closed.join(', ')}`;
  return `Not counted on the way: ${describeDuration(weekend.length, 'days')} of weekends and ${named}.`;
}

function showDistance({ dueAt, now, timeZone }: Pick<Count, 'dueAt' | 'now' | 'timeZone'>): readonly string[] {
  if (dueAt === undefined) return [];
  const late = now > dueAt;
  const days = late ? wholeDaysBetween(dueAt, now, timeZone) : wholeDaysBetween(now, dueAt, timeZone);
  const distance = days === 0 ? 'less than a day' : describeDuration(days, 'days');
  return [`Judged at ${now}: ${late ? `${distance} past it` : `${distance} left`}.`];
}
