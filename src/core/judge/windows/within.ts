/** The window that grants a duration: hours to the millisecond, everything longer to the end of its last day. */
import type { Temporal } from 'temporal-polyfill';
import type { WindowFacts, WindowOf, WindowRule } from '../../model/window-rule.ts';
import { addBusinessDays, dayOf, endOfDay, MAX_DAYS } from '../calendar.ts';

type Within = WindowOf<'within'>;

const HOUR = 3_600_000;

export const within: WindowRule<WindowOf<'within'>> = {
  kind: 'within',
  judge(window, facts) {
    const dueAt = endOfWindow(window, facts);
    return { state: facts.now > dueAt ? 'overdue' : 'due', dueAt, reason: describeEnd(window, dueAt, facts) };
  },
};

/**
 * The last instant inside a duration that began at `startedAt`. The day it began on is not counted and the last day is
 * whole: 7 days from any time on the 1st end with the 8th. Months keep the day of the month or take the last one there is.
 */
export function endOfWindow(
  { amount, unit }: Within,
  { startedAt, timeZone, holidays }: Pick<WindowFacts, 'startedAt' | 'timeZone' | 'holidays'>,
): string {
  if (unit === 'hours') {
    const length = Math.min(Math.max(0, amount), MAX_DAYS * 24) * HOUR;
    return new Date(Date.parse(startedAt) + Math.round(length)).toISOString();
  }
  return endOfDay(lastDay(dayOf(startedAt, timeZone), unit, amount, holidays), timeZone);
}

function lastDay(
  start: Temporal.PlainDate,
  unit: Exclude<Within['unit'], 'hours'>,
  amount: number,
  holidays: readonly string[],
): Temporal.PlainDate {
  const whole = (most: number): number => Math.floor(Math.min(Math.max(0, amount), most));
  switch (unit) {
    case 'days':
      return start.add({ days: whole(MAX_DAYS) });
    case 'weeks':
      return start.add({ days: 7 * whole(MAX_DAYS / 7) });
    case 'months':
      return start.add({ months: whole(MAX_DAYS / 31) }, { overflow: 'constrain' });
    case 'business-days':
      return addBusinessDays(start, whole(MAX_DAYS / 7), holidays);
  }
}

function describeEnd({ unit }: Within, dueAt: string, { timeZone }: WindowFacts): string {
  if (unit === 'hours') return `the time ends at ${dueAt}`;
  return `the last day is ${dayOf(dueAt, timeZone).toString()} (${timeZone})`;
}
