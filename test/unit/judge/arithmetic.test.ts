/** The count of a deadline, step by step: it leads where the rule leads, or says that it does not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showArithmetic } from '../../../src/core/judge/arithmetic.ts';
import type { Count } from '../../../src/core/judge/arithmetic.ts';
import { endOfWindow } from '../../../src/core/judge/windows/within.ts';
import type { DurationUnit } from '../../../src/core/model/policy.ts';

const START = '2026-03-26T23:30:00.000Z';
const base = { startedAt: START, now: '2026-04-03T09:00:00.000Z', timeZone: 'UTC', holidays: [] } as const;

function within(amount: number, unit: DurationUnit, over: Partial<Count> = {}): Count {
  const window = { kind: 'within', amount, unit } as const;
  const facts = { ...base, ...over };
  return { window, dueAt: endOfWindow(window, facts), ...facts };
}

describe('showArithmetic', () => {
  it.each<[string, Count, readonly string[]]>([
    [
      'days in UTC',
      within(7, 'days'),
      [
        'The count begins at 2026-03-26T23:30:00.000Z, which is 2026-03-26 in UTC; that day is not counted.',
        '2026-03-26 plus 7 days is 2026-04-02.',
        'The last day is whole: it ends at 2026-04-02T23:59:59.999Z.',
        'Judged at 2026-04-03T09:00:00.000Z: less than a day past it.',
      ],
    ],
    [
      'days across a change of clocks, from a moment that is tomorrow there',
      within(7, 'days', { timeZone: 'Europe/Berlin' }),
      [
        'The count begins at 2026-03-26T23:30:00.000Z, which is 2026-03-27 in Europe/Berlin; that day is not counted.',
        '2026-03-27 plus 7 days is 2026-04-03.',
        'The last day is whole: it ends at 2026-04-03T21:59:59.999Z.',
        'Judged at 2026-04-03T09:00:00.000Z: less than a day left.',
      ],
    ],
    [
      'business days over a weekend and a holiday',
      within(3, 'business-days', { holidays: ['2026-03-27', '2026-03-28', '2026-12-25'] }),
      [
        'The count begins at 2026-03-26T23:30:00.000Z, which is 2026-03-26 in UTC; that day is not counted.',
        '2026-03-26 plus 3 business days is 2026-04-01.',
        'Not counted on the way: 2 days of weekends and the holiday 2026-03-27.',
        'The last day is whole: it ends at 2026-04-01T23:59:59.999Z.',
        'Judged at 2026-04-03T09:00:00.000Z: 1 day past it.',
      ],
    ],
    [
      'hours',
      within(48, 'hours'),
      [
        'The count begins at 2026-03-26T23:30:00.000Z.',
        'Plus 48 hours, to the millisecond: 2026-03-28T23:30:00.000Z.',
        'Judged at 2026-04-03T09:00:00.000Z: 5 days past it.',
      ],
    ],
    [
      'no time at all',
      { ...base, window: { kind: 'immediate' }, dueAt: START },
      [
        'No time is granted: it was due at once, 2026-03-26T23:30:00.000Z.',
        'Judged at 2026-04-03T09:00:00.000Z: 7 days past it.',
      ],
    ],
    [
      'a release that has not come',
      { ...base, window: { kind: 'next-release', level: 'any' } },
      [
        'The first release, tagged after 2026-03-26T23:30:00.000Z, must not carry it.',
        'No such tag carries it so far.',
      ],
    ],
    [
      'a release that came',
      { ...base, window: { kind: 'next-release', level: 'minor' }, dueAt: '2026-03-30T10:00:00.000Z' },
      [
        'The first release that is a minor step or a bigger one, tagged after 2026-03-26T23:30:00.000Z, must not carry it.',
        'A tag of 2026-03-30 (2026-03-30T10:00:00.000Z) carries it: that tag broke the policy.',
        'Judged at 2026-04-03T09:00:00.000Z: 3 days past it.',
      ],
    ],
    ['no date', { ...base, window: { kind: 'opportunistic' } }, ['The policy sets no date, so nothing is counted.']],
  ])('%s', (_what, count, steps) => {
    expect(showArithmetic(count)).toEqual(steps);
  });

  it('counts nothing without a start', () => {
    const { window, now, timeZone, holidays } = within(7, 'days');
    expect(showArithmetic({ window, now, timeZone, holidays })).toEqual([
      'No clock was started, so nothing is counted.',
    ]);
  });

  it('holds no date against anyone where there is none', () => {
    const { window } = within(7, 'days');
    expect(showArithmetic({ window, ...base }).at(-1)).toBe(
      'The time is not running, so this date is not held against anyone.',
    );
  });

  it('counts from the later moment where a raise or an exploitation gives one', () => {
    const countedFrom = '2026-03-30T00:00:00.000Z';
    const { dueAt } = within(3, 'days', { startedAt: countedFrom });
    const steps = showArithmetic({ ...within(3, 'days'), countedFrom, ...(dueAt === undefined ? {} : { dueAt }) });
    expect(steps.slice(0, 3)).toEqual([
      `The clock started at ${START}, and the time that applies is counted from a later moment.`,
      'The count begins at 2026-03-30T00:00:00.000Z, which is 2026-03-30 in UTC; that day is not counted.',
      '2026-03-30 plus 3 days is 2026-04-02.',
    ]);
    expect(steps.join('\n')).not.toContain('another one');
  });

  it('says so where the count does not lead to the date', () => {
    const steps = showArithmetic({ ...within(7, 'days'), dueAt: '2026-03-29T23:59:59.999Z' });
    expect(steps).toContain('The date that counts is another one, 2026-03-29T23:59:59.999Z: the result says why.');
  });

  it('leads to the date the rule gives, whatever the window, the zone and the holidays', () => {
    const unit = fc.constantFrom<DurationUnit>('hours', 'days', 'business-days', 'weeks', 'months');
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Pacific/Apia', 'Asia/Kathmandu');
    const start = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
    const holiday = fc.constantFrom('2026-12-25', '2026-01-01');
    fc.assert(
      fc.property(
        unit,
        fc.integer({ min: 0, max: 500 }),
        zone,
        start,
        fc.array(holiday),
        (each, amount, timeZone, startedAt, holidays) => {
          const count = within(amount, each, { timeZone, startedAt, holidays });
          const text = showArithmetic(count).join('\n');
          expect(text).toContain(count.dueAt);
          expect(text).not.toContain('another one');
        },
      ),
    );
  });
});
