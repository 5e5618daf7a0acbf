/** Texts that files of settings hold, each with the sentence that says what is wanted. */
import * as z from 'zod';

/** Characters; a text no person writes by hand is longer. */
export const LONGEST_TEXT = 500;

/** One line of words. */
export const words = z
  .string()
  .min(1)
  .max(LONGEST_TEXT)
  .regex(/^(?=.*\S)\P{Cc}+$/u, 'must be words on one line');

/** A posix path inside the repository. */
export const relativePath = z
  .string()
  .min(1)
  .max(LONGEST_TEXT)
  .regex(/^(?![/\\])(?![A-Za-z]:)[^\\\p{Cc}]+$/u, 'must be a path inside the repository, with forward slashes')
  .refine((path) => !path.split('/').includes('..'), 'must not leave the repository');

/** A day of the calendar, `YYYY-MM-DD`. */
export const calendarDay = z
  .string()
  .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, 'must be a day such as 2026-12-25')
  .refine(isCalendarDay, 'must be a day of the calendar');

function isCalendarDay(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}
