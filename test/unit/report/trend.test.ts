/** How findings came and went: the counts behind the pictures, whatever the order they are told in. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEVERITY_LEVELS } from '../../../src/core/model/severity.ts';
import { trendSchema } from '../../../src/core/model/trend.ts';
import { countTrend, type FindingLife } from '../../../src/core/report/trend.ts';
import { day } from '../../support/observed.ts';

const span = { since: day(1), now: day(5), runs: 5 };

function life(change: Partial<FindingLife> = {}): FindingLife {
  return { from: day(1), absences: [], levels: [{ at: day(1), level: 'high' }], accepted: [], ...change };
}

/** The count of every day, one after another. */
function daily(lives: readonly FindingLife[], of: 'overdue' | 'breached' | 'open'): readonly number[] {
  const { points } = countTrend(lives, span);
  return points.map((point) => (of === 'open' ? Object.values(point.open).reduce((a, b) => a + b) : point[of]));
}

describe('open findings', () => {
  it('are counted from the first sight until they are gone', () => {
    expect(daily([life({ from: day(2), to: day(4) })], 'open')).toEqual([0, 1, 1, 0, 0]);
  });

  it('are not counted while they were away, and are again afterwards', () => {
    expect(daily([life({ absences: [{ from: day(2), to: day(4) }] })], 'open')).toEqual([1, 0, 0, 1, 1]);
  });

  it('have on each day the severity they had on that day', () => {
    const levels = [
      { at: day(1), level: 'low' },
      { at: day(3), level: 'critical' },
    ] as const;
    const { points } = countTrend([life({ levels })], span);
    expect(points.map(({ open }) => [open.low, open.critical])).toEqual([
      [1, 0],
      [1, 0],
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });
});

describe('overdue findings', () => {
  it('are overdue from the end of their window until they are gone, and breach it once', () => {
    const lives = [life({ overdueFrom: day(2), to: day(5) })];
    expect(daily(lives, 'overdue')).toEqual([0, 1, 1, 1, 0]);
    expect(daily(lives, 'breached')).toEqual([0, 1, 0, 0, 0]);
  });

  it('that were late before they were first seen breach on the day they were seen', () => {
    expect(daily([life({ from: day(3), overdueFrom: '2020-01-01T00:00:00.000Z' })], 'breached')).toEqual([
      0, 0, 1, 0, 0,
    ]);
  });

  it('are not overdue while the risk is accepted, and breach when that ends', () => {
    const accepted = [
      { from: day(1), to: day(3) },
      { from: day(2), to: day(4) },
    ];
    const lives = [life({ overdueFrom: day(2), accepted })];
    expect(daily(lives, 'overdue')).toEqual([0, 0, 0, 1, 1]);
    expect(daily(lives, 'breached')).toEqual([0, 0, 0, 1, 0]);
  });

  it('that were gone before the acceptance ended never breached', () => {
    const lives = [life({ overdueFrom: day(2), to: day(3), accepted: [{ from: day(1), to: day(4) }] })];
    expect(daily(lives, 'breached')).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('the span', () => {
  it('is one point where it has no length', () => {
    expect(countTrend([life()], { ...span, now: day(1) }).points).toHaveLength(1);
  });

  it('is cut into at most sixty steps, the last one now', () => {
    const { points } = countTrend([life()], { ...span, now: '2027-03-01T02:00:00.000Z' });
    expect(points).toHaveLength(61);
    expect(points.at(-1)?.at).toBe('2027-03-01T02:00:00.000Z');
  });

  it('leaves out what was mended outside of it', () => {
    const mended = { severity: 'high', days: 2, late: false } as const;
    const lives = [day(1), day(9)].map((at) => life({ to: at, mended: { ...mended, at } }));
    expect(countTrend(lives, span).mended).toEqual([{ ...mended, at: day(1) }]);
  });
});

it('does not depend on the order, never counts more than there are, and is what the schema says', () => {
  const moment = fc.integer({ min: 1, max: 9 }).map(day);
  const lives = fc.array(
    fc.record(
      {
        from: moment,
        to: moment,
        overdueFrom: moment,
        absences: fc.constant([]),
        accepted: fc.array(fc.record({ from: moment, to: moment }), { maxLength: 3 }),
        levels: fc.array(fc.record({ at: moment, level: fc.constantFrom(...SEVERITY_LEVELS) }), { maxLength: 3 }),
      },
      { requiredKeys: ['from', 'absences', 'accepted', 'levels'] },
    ),
    { maxLength: 12 },
  );
  const property = fc.property(lives, (drawn) => {
    const trend = countTrend(drawn, span);
    expect(trendSchema.parse(trend)).toEqual(trend);
    expect(countTrend(drawn.toReversed(), span)).toEqual(trend);
    for (const { open, overdue } of trend.points) {
      const total = Object.values(open).reduce((sum, number) => sum + number);
      expect(total).toBeLessThanOrEqual(drawn.length);
      expect(overdue).toBeLessThanOrEqual(total);
    }
    const breached = trend.points.reduce((sum, point) => sum + point.breached, 0);
    expect(breached).toBeLessThanOrEqual(drawn.filter(({ overdueFrom }) => overdueFrom !== undefined).length);
  });
  fc.assert(property, { numRuns: 200 });
});
