/** Reads how often something happens and how long it may take, in the plain words and cron lines people write. */

/** How often, in days; the words it was read from. */
export interface Period {
  readonly days: number;
  readonly words: string;
}

const UNIT_DAYS: Readonly<Record<string, number>> = {
  hour: 1 / 24,
  day: 1,
  night: 1,
  week: 7,
  fortnight: 14,
  sprint: 14,
  month: 31,
  quarter: 92,
  year: 366,
};

const ADVERB_DAYS: Readonly<Record<string, number>> = {
  hourly: 1 / 24,
  daily: 1,
  nightly: 1,
  weekly: 7,
  biweekly: 14,
  fortnightly: 14,
  monthly: 31,
  quarterly: 92,
  semiannually: 183,
  annually: 366,
  yearly: 366,
  annual: 366,
};

const ADVERB = new RegExp(`\\b(?:${Object.keys(ADVERB_DAYS).join('|')})\\b`, 'i');
const EVERY =
  /\b(?:every|each|once (?:a|per|every)|per)\s+(?:(\d{1,4})\s*)?(?:calendar\s+)?(hour|day|night|week|fortnight|month|quarter|year)s?\b/i;

/** The first period that `text` names; `null` when it names none. Months and years are counted at their longest. */
export function readPeriod(text: string): Period | null {
  const every = EVERY.exec(text);
  const adverb = ADVERB.exec(text);
  if (every !== null && (adverb === null || every.index < adverb.index)) {
    const [words, count = '1', unit = ''] = every;
    const days = Number(count) * (UNIT_DAYS[unit.toLowerCase()] ?? 0);
    return days > 0 ? { days, words } : null;
  }
  const [word] = adverb ?? [];
  return word === undefined ? null : { days: ADVERB_DAYS[word.toLowerCase()] ?? 0, words: word };
}

/** How long something may take: `days` when they pass by the calendar, counted from Monday to Friday otherwise. */
export interface Duration {
  readonly days: number;
  readonly business: boolean;
  readonly words: string;
}

const WRITTEN: readonly string[] = ['a', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
/** "A week" is a duration after "within" alone: "twice a day" is none. */
const COUNT = String.raw`\d{1,4}|${WRITTEN.slice(1).join('|')}|(?<=\b(?:within|in) )an?`;
const DURATION = new RegExp(
  String.raw`\b(?:(?:${COUNT})\s*(?:-|–|to|or)\s*)?(${COUNT})[\s-]*(?:\(\d{1,4}\)\s*)?((?:full )?(?:business|working|calendar) )?(hour|hr|h|day|d|week|wk|month)s?\b`,
  'i',
);
const SHORT_UNITS: Readonly<Record<string, string>> = { hr: 'hour', h: 'hour', d: 'day', wk: 'week' };

/** The first duration that `text` names, of a range its later end; `null` when it names none. */
export function readDuration(text: string): Duration | null {
  const [words, count = '', kind = '', unit = ''] = DURATION.exec(text) ?? [];
  if (words === undefined) return null;
  const name = unit.toLowerCase();
  const days = numberOf(count) * (UNIT_DAYS[SHORT_UNITS[name] ?? name] ?? 0);
  return days > 0 ? { days, business: /business|working/i.test(kind), words: words.trim() } : null;
}

function numberOf(count: string): number {
  const word = count.toLowerCase();
  return /\d/.test(word) ? Number(word) : Math.max(1, WRITTEN.indexOf(word));
}

/** How often a cron line fires, in days, at its sparsest; `null` for one that cannot be read. https://man7.org/linux/man-pages/man5/crontab.5.html */
export function cronPeriod(cron: string): number | null {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5 || !fields.every((field) => /^[\d*,/A-Za-z-]{1,64}$/.test(field))) return null;
  const [, , day = '', month = '', weekday = ''] = fields;
  const everyWeekday = /^(?:\*|1-5|mon-fri|\*\/1)$/i.test(weekday);
  if (month !== '*') return 366;
  if (day !== '*') return stepOf(day) ?? 31;
  return everyWeekday ? 1 : 7;
}

function stepOf(field: string): number | null {
  const step = Number(/^\*\/(\d{1,2})$/.exec(field)?.[1] ?? 0);
  return step > 0 ? step : null;
}
