/** The moments a command is given: one reading on every machine, and none for a day no calendar has. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readInstant } from '../../src/cli/run-options.ts';
import { UsageError } from '../../src/core/model/problem.ts';

describe('a moment on the command line', () => {
  it.each([
    ['2028-02-29', '2028-02-29T23:59:59.999Z'],
    ['2026-03-31T12:00:00Z', '2026-03-31T12:00:00.000Z'],
    ['2026-03-31T12:00+02:00', '2026-03-31T10:00:00.000Z'],
    ['2026-03-31T12:00', '2026-03-31T12:00:00.000Z'],
    ['2026-03-31 12:00:30', '2026-03-31T12:00:30.000Z'],
  ])('%s is %s wherever the machine stands', (written, moment) => {
    onTestFinished(() => void vi.unstubAllEnvs());
    for (const zone of ['UTC', 'Asia/Tokyo', 'America/New_York']) {
      vi.stubEnv('TZ', zone);
      expect(readInstant(written)).toBe(moment);
    }
  });

  it.each(['2027-02-29', '2026-02-30T12:00:00Z', '2026-04-31', '2026-03-31T25:00', '2026-03-31 5pm', '03/31/2026', ''])(
    '"%s" is none',
    (written) => {
      expect(() => readInstant(written)).toThrow(UsageError);
    },
  );
});
