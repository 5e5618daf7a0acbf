import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClock } from '../../../src/core/judge/clock.ts';
import type { ClockStart } from '../../../src/core/model/policy.ts';
import type { TimelineDate } from '../../../src/core/model/finding.ts';
import { makeTimeline } from '../../support/judge-values.ts';

const NOW = '2025-06-30T12:00:00.000Z';
const may = '2025-05-01T00:00:00.000Z';
const june = '2025-06-01T00:00:00.000Z';
const seen = '2025-06-20T00:00:00.000Z';
const late = '2025-06-25T00:00:00.000Z';
const never = '2099-01-01T00:00:00.000Z';

describe('readClock', () => {
  it.each<[string, ClockStart, Partial<Record<TimelineDate, string>>, string, string, number]>([
    [
      'the latest of all',
      'act',
      { introduced: may, published: june, fixReleased: late, firstSeen: seen },
      late,
      'fixReleased',
      0,
    ],
    [
      'introduced after it was published',
      'act',
      { introduced: june, published: may, firstSeen: seen },
      june,
      'introduced',
      0,
    ],
    ['publication alone', 'act', { published: june }, june, 'published', 0],
    ['nothing known but first sight', 'act', { firstSeen: seen }, seen, 'firstSeen', 1],
    ['nothing known at all', 'act', {}, NOW, 'firstSeen', 1],
    ['first sight for an unknown publication', 'act', { introduced: may, firstSeen: seen }, seen, 'firstSeen', 1],
    ['no known exploitation', 'act', { published: june, knownExploited: late }, june, 'published', 0],
    ['the chosen date', 'introduced', { introduced: may, published: june }, may, 'introduced', 0],
    ['publication for a date not known', 'introduced', { published: june, firstSeen: seen }, june, 'published', 1],
    ['first sight for two dates not known', 'fixReleased', { introduced: may, firstSeen: seen }, seen, 'firstSeen', 1],
    [
      'first sight for an unknown chosen publication',
      'published',
      { introduced: may, firstSeen: seen },
      seen,
      'firstSeen',
      1,
    ],
    ['first sight where the policy says so', 'firstSeen', { published: june, firstSeen: seen }, seen, 'firstSeen', 0],
    ['first sight for a publication still to come', 'act', { published: never, firstSeen: seen }, seen, 'firstSeen', 1],
    ['now for a publication still to come and no sight', 'act', { published: never }, NOW, 'firstSeen', 1],
    [
      'first sight for a forged commit date',
      'introduced',
      { introduced: never, published: may, firstSeen: seen },
      seen,
      'firstSeen',
      1,
    ],
    [
      'now for a fix still to come',
      'act',
      { published: june, fixReleased: never, firstSeen: seen },
      NOW,
      'fixReleased',
      1,
    ],
    ['now for a first sight still to come', 'firstSeen', { firstSeen: never }, NOW, 'firstSeen', 0],
    ['nothing for a date that is none', 'act', { published: 'soon', firstSeen: seen }, seen, 'firstSeen', 1],
  ])('takes %s', (_, clock, dates, at, by, remarks) => {
    const reading = readClock(makeTimeline(dates), clock, NOW);
    expect([reading.at, reading.by]).toEqual([at, by]);
    expect(reading.remarks).toHaveLength(remarks);
  });

  it('never starts after now nor goes back as now grows', () => {
    const instant = fc.constantFrom(may, june, seen, late, NOW, never);
    const dates = fc.record(
      { introduced: instant, published: instant, fixReleased: instant, firstSeen: instant },
      { requiredKeys: [] },
    );
    const clock = fc.constantFrom<ClockStart>('act', 'introduced', 'published', 'fixReleased', 'firstSeen');
    fc.assert(
      fc.property(dates, clock, instant, instant, (known, start, a, b) => {
        const [before, after] = [a, b].sort();
        const first = readClock(makeTimeline(known), start, before!).at;
        const second = readClock(makeTimeline(known), start, after!).at;
        expect(first <= before! && first <= second).toBe(true);
      }),
    );
  });
});
