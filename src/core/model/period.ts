/** Spans of time a compliance report may be asked about. */

/** `from` is the first moment of it and `to` the first one after it, UTC ISO-8601. */
export interface Period {
  /** As it was asked for. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

/** `2026`, `2026-Q3`, `2026-07`, or `2026-07-01..2026-09-30` with both days in it; `null` for what is none of these. */
export function readPeriod(text: string): Period | null {
  const [, year = '', quarter, month] = /^(\d{4})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?$/.exec(text) ?? [];
  if (quarter !== undefined) return months(text, year, Number(quarter) * 3 - 2, 3);
  if (month !== undefined) return months(text, year, Number(month), 1);
  if (year !== '') return months(text, year, 1, 12);
  const [first = '', last = '', ...more] = text.split('..');
  const [from, to] = [startOf(first), startOf(last)];
  if (from === null || to === null || more.length > 0 || from > to) return null;
  return { name: text, from: toInstant(from), to: toInstant(to + DAY_MS) };
}

function months(name: string, year: string, month: number, count: number): Period {
  const at = (index: number): string => toInstant(Date.UTC(Number(year), index, 1));
  return { name, from: at(month - 1), to: at(month - 1 + count) };
}

/** The first moment of a day that is in the calendar. */
function startOf(day: string): number | null {
  const moment = DAY.test(day) ? Date.parse(`${day}T00:00:00.000Z`) : NaN;
  return Number.isNaN(moment) || !toInstant(moment).startsWith(day) ? null : moment;
}

function toInstant(moment: number): string {
  return new Date(moment).toISOString();
}
