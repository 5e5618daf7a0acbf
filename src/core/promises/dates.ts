/** Finds calendar days in text, and counts between moments. */
import { readInstant } from '../model/instant.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ISO = /\b(\d{4})-(\d{2})-(\d{2})\b/;
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const DAY_FIRST = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th|\\s?\\.)?(?: of)? ${MONTH},? (\\d{4})\\b`, 'i');
const MONTH_FIRST = new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, 'i');

const YEAR_FIRST = /(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日/;

/** The first day (`YYYY-MM-DD`) that `text` names in a form that cannot be misread; `null` for none. `3/4/2025` is two days. */
export function findDay(text: string): string | null {
  const iso = ISO.exec(text)?.[0];
  const [, day1, month1, year1] = DAY_FIRST.exec(text) ?? [];
  const [, month2, day2, year2] = MONTH_FIRST.exec(text) ?? [];
  const [, year = '', month = '', date = ''] = YEAR_FIRST.exec(text) ?? [];
  const han = year === '' ? null : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const day = iso ?? han ?? toDay(year1 ?? year2, month1 ?? month2, day1 ?? day2);
  return day === null || readInstant(day) === null ? null : day;
}

function toDay(year: string | undefined, month: string | undefined, day: string | undefined): string | null {
  const number = MONTHS.indexOf((month ?? '').slice(0, 3).toLowerCase()) + 1;
  if (year === undefined || day === undefined || number === 0) return null;
  return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const DAY_MS = 86_400_000;

/** Days from one moment to another, with a fraction; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/** The moment `days` after `from`. Business days leave out Saturdays and Sundays (UTC). */
export function addDays(from: string, days: number, business = false): string {
  let moment = Date.parse(from);
  if (!business) return new Date(moment + days * DAY_MS).toISOString();
  for (let left = Math.ceil(days); left > 0;) {
    moment += DAY_MS;
    const weekday = new Date(moment).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return new Date(moment).toISOString();
}
