import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeadlineState } from '../../../src/core/model/deadline.ts';
import type { Window } from '../../../src/core/model/policy.ts';
import type { WindowFacts } from '../../../src/core/model/window-rule.ts';
import { judgeWindow } from '../../../src/core/judge/windows/registry.ts';
import { endOfWindow } from '../../../src/core/judge/windows/within.ts';
import { makeRelease } from '../../support/judge-values.ts';

const START = '2025-06-01T10:00:00.000Z';
const days = (amount: number): Window => ({ kind: 'within', amount, unit: 'days' });
const next = (level: 'any' | 'patch' | 'minor' | 'major'): Window => ({ kind: 'next-release', level });

function facts(over: Partial<WindowFacts> = {}): WindowFacts {
  return { startedAt: START, now: START, timeZone: 'UTC', holidays: [], releases: [], carriedBy: [], ...over };
}

describe('judgeWindow: boundaries', () => {
  it.each<[string, Window, string, DeadlineState]>([
    ['immediate, as it starts', { kind: 'immediate' }, START, 'due'],
    ['immediate, a millisecond later', { kind: 'immediate' }, '2025-06-01T10:00:00.001Z', 'overdue'],
    ['24 hours, to the millisecond', { kind: 'within', amount: 24, unit: 'hours' }, '2025-06-02T10:00:00.000Z', 'due'],
    [
      '24 hours, a millisecond more',
      { kind: 'within', amount: 24, unit: 'hours' },
      '2025-06-02T10:00:00.001Z',
      'overdue',
    ],
    ['0 hours', { kind: 'within', amount: 0, unit: 'hours' }, '2025-06-01T10:00:00.001Z', 'overdue'],
    ['0 days, the same day', days(0), '2025-06-01T23:59:59.999Z', 'due'],
    ['0 days, the next', days(0), '2025-06-02T00:00:00.000Z', 'overdue'],
    ['7 days, the last day begins', days(7), '2025-06-08T00:00:00.000Z', 'due'],
    ['7 days, the last day ends', days(7), '2025-06-08T23:59:59.999Z', 'due'],
    ['7 days, the day after', days(7), '2025-06-09T00:00:00.000Z', 'overdue'],
    ['1 week is 7 days', { kind: 'within', amount: 1, unit: 'weeks' }, '2025-06-08T23:59:59.999Z', 'due'],
    ['1 week and a moment', { kind: 'within', amount: 1, unit: 'weeks' }, '2025-06-09T00:00:00.000Z', 'overdue'],
    ['no date, ever', { kind: 'opportunistic' }, '2999-01-01T00:00:00.000Z', 'opportunistic'],
    ['no release yet', next('any'), '2999-01-01T00:00:00.000Z', 'next-release'],
  ])('%s', (_, window, now, state) => {
    expect(judgeWindow(window, facts({ now })).state).toBe(state);
  });
});

describe('endOfWindow', () => {
  it.each<[string, string, Extract<Window, { kind: 'within' }>['unit'], number, string, readonly string[], string]>([
    [
      'days end where the policy lives',
      '2025-06-01T23:30:00.000Z',
      'days',
      1,
      'Europe/Warsaw',
      [],
      '2025-06-03T21:59:59.999Z',
    ],
    [
      'days end west of Greenwich',
      '2025-06-01T02:00:00.000Z',
      'days',
      1,
      'America/Los_Angeles',
      [],
      '2025-06-02T06:59:59.999Z',
    ],
    [
      'seven days over the autumn change last 169 hours',
      '2025-10-20T00:00:00.000Z',
      'days',
      7,
      'Europe/Warsaw',
      [],
      '2025-10-27T22:59:59.999Z',
    ],
    [
      'and over the spring change 167',
      '2025-03-24T00:00:00.000Z',
      'days',
      7,
      'Europe/Warsaw',
      [],
      '2025-03-31T21:59:59.999Z',
    ],
    [
      'hours do not mind clock changes',
      '2025-10-25T12:00:00.000Z',
      'hours',
      24,
      'Europe/Warsaw',
      [],
      '2025-10-26T12:00:00.000Z',
    ],
    [
      'a zone that changes at midnight',
      '2018-11-02T12:00:00.000Z',
      'days',
      1,
      'America/Sao_Paulo',
      [],
      '2018-11-04T02:59:59.999Z',
    ],
    [
      'a day that a zone skipped',
      '2011-12-29T12:00:00.000Z',
      'days',
      1,
      'Pacific/Apia',
      [],
      '2011-12-30T09:59:59.999Z',
    ],
    ['months keep the day', '2025-03-15T00:00:00.000Z', 'months', 1, 'UTC', [], '2025-04-15T23:59:59.999Z'],
    [
      'months take the last day there is',
      '2025-01-31T00:00:00.000Z',
      'months',
      1,
      'UTC',
      [],
      '2025-02-28T23:59:59.999Z',
    ],
    ['also in a leap year', '2024-01-31T00:00:00.000Z', 'months', 1, 'UTC', [], '2024-02-29T23:59:59.999Z'],
    ['over a leap day', '2024-02-27T00:00:00.000Z', 'days', 3, 'UTC', [], '2024-03-01T23:59:59.999Z'],
    [
      'business days from a Friday',
      '2025-06-06T10:00:00.000Z',
      'business-days',
      1,
      'UTC',
      [],
      '2025-06-09T23:59:59.999Z',
    ],
    [
      'business days from a Saturday',
      '2025-06-07T10:00:00.000Z',
      'business-days',
      1,
      'UTC',
      [],
      '2025-06-09T23:59:59.999Z',
    ],
    [
      'business days over a holiday',
      '2025-12-23T10:00:00.000Z',
      'business-days',
      3,
      'UTC',
      ['2025-12-25', '2025-12-26', '2025-12-27'],
      '2025-12-30T23:59:59.999Z',
    ],
    [
      'five business days are a week',
      '2025-06-02T10:00:00.000Z',
      'business-days',
      5,
      'UTC',
      [],
      '2025-06-09T23:59:59.999Z',
    ],
    [
      'a Friday evening that is Saturday where the policy lives',
      '2025-06-06T23:00:00.000Z',
      'business-days',
      1,
      'Asia/Tokyo',
      [],
      '2025-06-09T14:59:59.999Z',
    ],
  ])('%s', (_, startedAt, unit, amount, timeZone, holidays, end) => {
    expect(endOfWindow({ kind: 'within', amount, unit }, { startedAt, timeZone, holidays })).toBe(end);
  });

  it.each(['hours', 'days', 'business-days', 'weeks', 'months'] as const)(
    'stays a date for any number of %s',
    (unit) => {
      for (const amount of [Number.MAX_VALUE, 1e9, -5, 0.5]) {
        const end = endOfWindow({ kind: 'within', amount, unit }, facts());
        expect(end).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
        expect(end >= START).toBe(true);
      }
    },
  );
});

describe('judgeWindow: next release', () => {
  const releases = [
    makeRelease('1.9.0', '2025-05-01T00:00:00.000Z'),
    makeRelease('2.0.0', '2025-05-20T00:00:00.000Z'),
    makeRelease('2.0.1', '2025-06-03T12:00:00.000Z'),
    makeRelease('1.9.1', '2025-06-04T12:00:00.000Z'),
    makeRelease('2.1.0-rc.1', '2025-06-05T12:00:00.000Z'),
    makeRelease('2.1.0', '2025-06-06T12:00:00.000Z'),
    makeRelease('3.0.0', '2025-06-07T12:00:00.000Z'),
  ];
  const now = '2025-06-30T00:00:00.000Z';
  const all = releases.map((release) => release.tag);

  it.each([
    ['any', 'v2.0.1'],
    ['patch', 'v2.0.1'],
    ['minor', 'v2.1.0'],
    ['major', 'v3.0.0'],
  ] as const)('is broken for the next %s by the first such tag after the clock started', (level, tag) => {
    const { state, dueAt, reason } = judgeWindow(next(level), facts({ now, releases, carriedBy: all }));
    expect(state).toBe('overdue');
    expect(dueAt).toBe(releases.find((release) => release.tag === tag)?.at);
    expect(reason).toContain(tag);
  });

  it.each([
    ['any', 'v3.0.1'],
    ['patch', 'v3.0.1'],
    ['minor', 'v3.1.0'],
    ['major', 'v4.0.0'],
  ] as const)('names the next %s tag while nothing broke it', (level, tag) => {
    const { state, dueAt, reason } = judgeWindow(next(level), facts({ now, releases }));
    expect([state, dueAt]).toEqual(['next-release', undefined]);
    expect(reason).toContain(tag);
  });

  it.each<[string, Partial<WindowFacts>]>([
    ['the tag was cut before the clock started', { carriedBy: ['v1.9.0', 'v2.0.0'] }],
    ['the tag was cut as the clock started', { carriedBy: all, startedAt: '2025-06-07T12:00:00.000Z' }],
    ['the tag is still to come', { carriedBy: ['v3.0.0'], now: '2025-06-07T11:00:00.000Z' }],
    ['the tag is a pre-release', { carriedBy: ['v2.1.0-rc.1'] }],
    ['the tag is smaller than the level', { carriedBy: ['v2.0.1', 'v1.9.1'] }],
  ])('is not broken when %s', (_, over) => {
    expect(judgeWindow(next('minor'), facts({ now, releases, ...over })).state).toBe('next-release');
  });

  it('counts pre-releases where nothing else was ever tagged', () => {
    const alpha = [makeRelease('0.1.0-alpha.1', '2025-06-02T00:00:00.000Z')];
    expect(judgeWindow(next('any'), facts({ now, releases: alpha, carriedBy: ['v0.1.0-alpha.1'] })).state).toBe(
      'overdue',
    );
  });

  it('speaks of the first release where there is none, and does not mind tags that are no versions', () => {
    expect(judgeWindow(next('minor'), facts()).reason).toBe('it has to be gone in the first release');
    const odd = [makeRelease('latest', '2025-06-02T00:00:00.000Z')];
    expect(judgeWindow(next('any'), facts({ now, releases: odd, carriedBy: ['vlatest'] })).state).toBe('next-release');
  });
});

describe('judgeWindow: laws', () => {
  const instant = fc
    .date({ min: new Date('2015-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString());
  const timeZone = fc.constantFrom(
    'UTC',
    'Europe/Warsaw',
    'America/Sao_Paulo',
    'Pacific/Apia',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
  );
  const unit = fc.constantFrom('hours', 'days', 'business-days', 'weeks', 'months');
  const amount = fc.integer({ min: 0, max: 60 });
  const holidays = fc.constant(['2025-12-25', '2025-12-26']);

  it('a later start is never due earlier', () => {
    fc.assert(
      fc.property(instant, instant, timeZone, unit, amount, holidays, (a, b, zone, each, length, closed) => {
        const [early, late] = [a, b]
          .sort()
          .map((startedAt) =>
            endOfWindow(
              { kind: 'within', amount: length, unit: each },
              { startedAt, timeZone: zone, holidays: closed },
            ),
          );
        expect(early! <= late!).toBe(true);
      }),
    );
  });

  it('a longer window never ends earlier, and none ends before it starts', () => {
    fc.assert(
      fc.property(instant, timeZone, unit, amount, amount, holidays, (startedAt, zone, each, a, b, closed) => {
        const [short, long] = [a, b]
          .sort((x, y) => x - y)
          .map((length) =>
            endOfWindow(
              { kind: 'within', amount: length, unit: each },
              { startedAt, timeZone: zone, holidays: closed },
            ),
          );
        expect(startedAt <= short! && short! <= long!).toBe(true);
      }),
    );
  });

  it('a window of days ends on the day it says, as the last moment of it', () => {
    fc.assert(
      fc.property(
        instant,
        fc.constantFrom('UTC', 'Europe/Warsaw', 'Asia/Kathmandu'),
        amount,
        (startedAt, zone, length) => {
          const end = endOfWindow(
            { kind: 'within', amount: length, unit: 'days' },
            { startedAt, timeZone: zone, holidays: [] },
          );
          const dayIn = (at: number): string => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at);
          const expected = new Date(Date.parse(`${dayIn(Date.parse(startedAt))}T00:00:00Z`) + length * 86_400_000);
          expect(dayIn(Date.parse(end))).toBe(expected.toISOString().slice(0, 10));
          expect(dayIn(Date.parse(end) + 1)).not.toBe(dayIn(Date.parse(end)));
        },
      ),
    );
  });
});
