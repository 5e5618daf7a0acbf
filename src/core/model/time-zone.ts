/** Tells IANA time zones from other text. */

/** Whether days can be counted in it. UTC, which most policies name, needs no table of the world's zones: loading that takes ten milliseconds. */
export function isTimeZone(text: string): boolean {
  if (text === 'UTC') return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).format(0) !== '';
  } catch {
    return false;
  }
}
