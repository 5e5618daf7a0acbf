import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { believeDates } from '../../../src/core/history/believe-dates.ts';

const NOW = '2026-06-30T00:00:00.000Z';
const on = (day: string | null): string | null => (day === null ? null : `2026-${day}T00:00:00.000Z`);

/** Believed days, with `!` before those that are not the commit's own. */
function believe(days: readonly (string | null)[]): readonly (string | null)[] {
  return believeDates(days.map(on), NOW).map(({ at, doubted }) =>
    at === null ? null : `${doubted === undefined ? '' : '!'}${at.slice(5, 10)}`,
  );
}

describe('believeDates', () => {
  it.each<[string, readonly (string | null)[], readonly (string | null)[]]>([
    ['nothing', [], []],
    ['dates in order', ['01-01', '01-01', '02-01'], ['01-01', '01-01', '02-01']],
    [
      'one before its parents',
      ['01-01', '02-01', '01-15', '03-01', '04-01'],
      ['01-01', '!01-01', '01-15', '03-01', '04-01'],
    ],
    ['one far before its parents', ['02-01', '02-02', '01-01', '02-03'], ['02-01', '02-02', '!02-02', '02-03']],
    ['one after its children', ['01-01', '05-01', '01-02', '01-03'], ['01-01', '!01-01', '01-02', '01-03']],
    ['the first after all others', ['05-01', '01-02', '01-03'], ['!01-02', '01-02', '01-03']],
    ['two that contradict each other: the earlier', ['05-01', '01-02'], ['!01-02', '01-02']],
    ['one after now', ['01-01', '07-01', '02-01'], ['01-01', '!01-01', '02-01']],
    ['one that is none', ['01-01', null, '02-01'], ['01-01', '!01-01', '02-01']],
    ['none at all', [null, '08-01'], [null, null]],
  ])('judges %s', (_, claimed, expected) => {
    expect(believe(claimed)).toEqual(expected);
  });

  it('tells what is not believed', () => {
    expect(believeDates([on('01-01'), on('07-01'), null], NOW)).toEqual([
      { at: on('01-01') },
      { at: on('01-01'), doubted: on('07-01') },
      { at: on('01-01'), doubted: null },
    ]);
  });

  it('tells what is believed against its parent', () => {
    expect(believeDates([on('05-01'), on('01-02'), on('01-03')], NOW)).toEqual([
      { at: on('01-02'), doubted: on('05-01') },
      { at: on('01-02'), beforeParent: true },
      { at: on('01-03') },
    ]);
  });

  it('never runs backwards, never passes now, and doubts as few as it must', () => {
    const date = fc.option(
      fc.integer({ min: 0, max: 400 }).map((days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString()),
    );
    fc.assert(
      fc.property(fc.array(date, { maxLength: 12 }), (claimed) => {
        const believed = believeDates(claimed, NOW);
        const known = believed.flatMap(({ at }) => at ?? []);
        expect(known).toEqual([...known].sort());
        expect(known.every((at) => at <= NOW)).toBe(true);
        expect(believed.filter(({ doubted }) => doubted === undefined)).toHaveLength(longestByTrying(claimed));
      }),
    );
  });
});

/** The length of the longest run that never goes back, found by trying every subset. */
function longestByTrying(claimed: readonly (string | null)[]): number {
  let best = 0;
  for (let subset = 0; subset < 2 ** claimed.length; subset += 1) {
    const run = claimed.filter((_date, index) => (subset >> index) % 2 === 1);
    const holds = run.every((date, index) => date !== null && date <= NOW && (run[index - 1] ?? '') <= date);
    if (holds) best = Math.max(best, run.length);
  }
  return best;
}
