/** Days in UTC are counted by a shorter way than days elsewhere; both have to come to the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, endOfDay, wholeDaysBetween } from '../../../src/core/judge/calendar.ts';

/** A zone that is UTC by another name, and so counted the long way. */
const LONG = 'Etc/UTC';

const instant = fc
  .date({ min: new Date('1970-01-01T00:00:00.000Z'), max: new Date('9999-12-30T00:00:00.000Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

describe('days in UTC', () => {
  it('are those of any zone that is UTC', () => {
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [from = a, to = b] = [a, b].sort();
        expect(dayOf(a, 'UTC').toString()).toBe(dayOf(a, LONG).toString());
        expect(endOfDay(dayOf(a, 'UTC'), 'UTC')).toBe(endOfDay(dayOf(a, LONG), LONG));
        expect(wholeDaysBetween(from, to, 'UTC')).toBe(wholeDaysBetween(from, to, LONG));
        expect(wholeDaysBetween(to, from, 'UTC')).toBe(wholeDaysBetween(to, from, LONG));
      }),
    );
  });

  it.each(['2026-03-01T00:00:00Z', '2026-03-01T23:59:59.999999Z', '2026-03-01T23:30:00-01:00'])(
    'may be asked for in any spelling: %s',
    (spelled) => expect(dayOf(spelled, 'UTC').toString()).toBe(dayOf(spelled, LONG).toString()),
  );
});
