/** Reads the dates git keeps: whole seconds since 1970. */

const LAST_SECOND_OF_9999 = 253_402_300_799;

/** UTC ISO-8601, or `null` for a date that has no four-digit year or is none. */
export function instantOf(seconds: string): string | null {
  const value = /^\d+$/.test(seconds) ? Number(seconds) : -1;
  return value < 0 || value > LAST_SECOND_OF_9999 ? null : new Date(value * 1000).toISOString();
}
