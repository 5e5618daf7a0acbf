/** Owns how days are counted: where they begin and end in a time zone, and which of them are business days. */
import { Temporal } from 'temporal-polyfill';

/** A century: no policy means more, and dates beyond year 9999 have no plain spelling. */
export const MAX_DAYS = 36_525;

// UTC is what most policies count in, and its days need no table of zones: a year of findings is judged at a glance.
const UTC_INSTANT = /^(\d{4})-(\d{2})-(\d{2})T[\d:.]+Z$/;
const LAST_YEAR = 9999;
const DAY_MS = 86_400_000;

/** The calendar day in `timeZone` on which an instant (UTC ISO-8601) falls. */
export function dayOf(instant: string, timeZone: string): Temporal.PlainDate {
  const [, year, month, day] = (timeZone === 'UTC' ? UTC_INSTANT.exec(instant) : null) ?? [];
  if (year !== undefined) return new Temporal.PlainDate(Number(year), Number(month), Number(day));
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate();
}

/** The last millisecond of a day in `timeZone`, whatever its length: 23, 24 or 25 hours, or none where a zone skipped it. */
export function endOfDay(day: Temporal.PlainDate, timeZone: string): string {
  if (timeZone === 'UTC' && day.year <= LAST_YEAR) return `${day.toString()}T23:59:59.999Z`;
  // The start of the next day, not 23:59 of this one: some zones change their clocks at midnight.
  const next = day.add({ days: 1 }).toZonedDateTime({ timeZone });
  return new Date(next.epochMilliseconds - 1).toISOString();
}

/** The day `count` business days after `day`; the first is the next one that is no Saturday, Sunday or holiday. */
export function addBusinessDays(
  day: Temporal.PlainDate,
  count: number,
  holidays: readonly string[],
): Temporal.PlainDate {
  const closed = new Set(holidays);
  let at = day;
  for (let left = count; left > 0;) {
    at = at.add({ days: 1 });
    if (at.dayOfWeek <= 5 && !closed.has(at.toString())) left -= 1;
  }
  return at;
}

/** Whole days from one instant to a later one, by the clock on the wall of `timeZone`; 0 on the first day. */
export function wholeDaysBetween(from: string, to: string, timeZone: string): number {
  if (timeZone === 'UTC') return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS));
  const [start, end] = [from, to].map((instant) => Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone));
  return start === undefined || end === undefined ? 0 : Math.max(0, start.until(end, { largestUnit: 'days' }).days);
}
