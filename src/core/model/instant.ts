/** Reads a moment out of foreign text, or says that there is none: one spelling for every date fixby compares. */

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})?)?$/;

/**
 * The moment `text` names as `YYYY-MM-DDTHH:MM:SS.mmmZ`, or `null` when it names none (30 February, a bare number, year 0).
 * A day alone is its first moment and a time without a zone is read as UTC, as advisory databases write both.
 * https://www.rfc-editor.org/rfc/rfc3339
 */
export function readInstant(text: string): string | null {
  if (isOurs(text)) return text;
  const [, day, time = '00:00:00', fraction = '', zone = 'Z'] = DATE.exec(text.trim()) ?? [];
  if (day === undefined || !isCalendarDay(day)) return null;
  const millis = fraction.slice(0, 3).padEnd(3, '0');
  const moment = Date.parse(`${day}T${time}.${millis}${zone.toUpperCase()}`);
  return Number.isNaN(moment) || moment < 0 ? null : new Date(moment).toISOString();
}

/** Most dates were read before, and are spelled as they are to be: that is seen at less cost than reading them again. */
function isOurs(text: string): boolean {
  const moment = text.length === 24 ? Date.parse(text) : Number.NaN;
  return moment >= 0 && new Date(moment).toISOString() === text;
}

/** Date.parse rolls 30 February over into March; a date that does not come back as written is none. */
function isCalendarDay(day: string): boolean {
  const moment = Date.parse(`${day}T00:00:00.000Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(day);
}
