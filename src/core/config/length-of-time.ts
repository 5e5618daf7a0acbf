/** Lengths of time as settings and flags write them, such as `30 seconds`. */

/** A number and a unit in words. */
export const LENGTH_OF_TIME = /^[1-9][0-9]{0,4} *(seconds?|minutes?|hours?|days?)$/;

const UNIT_MS: Readonly<Record<string, number>> = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Milliseconds of a text that is a `LENGTH_OF_TIME`. */
export function durationMs(text: string): number {
  const [, amount = '0', unit = ''] = /^([0-9]+) *([a-z]+?)s?$/.exec(text) ?? [];
  return Number(amount) * (UNIT_MS[unit] ?? 0);
}
