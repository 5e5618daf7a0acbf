/** The pictures as markup: what they say in words, what they gather, and what their tables hold. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportView } from '../../../../src/core/model/report.ts';
import type { Trend } from '../../../../src/core/model/trend.ts';
import { createPage } from '../../../../src/core/report/html/page.ts';
import { gather } from '../../../../src/core/report/html/pictures/bins.ts';
import { calendarPicture } from '../../../../src/core/report/html/pictures/calendar.ts';
import { coveragePicture } from '../../../../src/core/report/html/pictures/coverage.ts';
import { figure, type Picture } from '../../../../src/core/report/html/pictures/figure.ts';
import { openPicture } from '../../../../src/core/report/html/pictures/open-over-time.ts';
import { fixPicture } from '../../../../src/core/report/html/pictures/time-to-fix.ts';
import { cleanView, manyView, richView } from '../views.ts';

const none = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
const trend: Trend = {
  since: '2025-11-03T10:00:00.000Z',
  runs: 30,
  points: [
    { at: '2025-11-03T10:00:00.000Z', open: { ...none, high: 1 }, overdue: 0, breached: 0 },
    { at: '2025-11-18T10:00:00.000Z', open: { ...none, high: 2, low: 1 }, overdue: 1, breached: 1 },
    { at: '2025-12-03T10:00:00.000Z', open: { ...none, low: 2 }, overdue: 0, breached: 0 },
  ],
  mended: [
    { at: '2025-11-20T10:00:00.000Z', severity: 'high', days: 3, late: false },
    { at: '2025-11-21T10:00:00.000Z', severity: 'high', days: 12.5, late: true },
  ],
};
const withTrend: ReportView = { ...richView, trend };

function draw(picture: Picture): string {
  return figure(picture).text;
}

describe('the deadline calendar', () => {
  it('says what is overdue, what is due, and what has no date', () => {
    expect(calendarPicture(createPage(richView)).sentence).toBe(
      '1 overdue, the oldest since 2025-11-20; 1 due within seven days. Without a date: 1 next release, 1 awaiting a fix, 1 opportunistic, 1 accepted risk, 1 withdrawn.',
    );
  });

  it('draws nothing where no finding has a date', () => {
    const picture = calendarPicture(createPage(cleanView));
    expect([picture.sentence, picture.drawing]).toEqual(['No finding has a date.', undefined]);
  });

  it('is no larger for 2,000 findings than for a few, and counts every one of them', () => {
    const picture = calendarPicture(createPage(manyView));
    expect(draw(picture).length).toBeLessThan(8000);
    const counted = picture.drawing?.rows.reduce((sum, [, , number]) => sum + Number(number), 0);
    expect(counted).toBe(manyView.summary.byState.overdue + manyView.summary.byState.due);
  });
});

describe('open findings over time', () => {
  it('says how many there were, are, and became overdue', () => {
    expect(openPicture(createPage(withTrend)).sentence).toBe(
      '1 open on 2025-11-03, 2 now, 0 of them overdue; 1 window broken on the way. Out of 30 recorded runs.',
    );
  });

  it('marks every moment at which a window was broken', () => {
    const [wide = ''] = draw(openPicture(createPage(withTrend))).split('</svg>');
    expect(wide.match(/class="breach"/g)).toHaveLength(1);
    expect(wide.match(/class="(?:high|low) band"/g)).toHaveLength(2);
  });

  it.each([
    ['no ledger', richView],
    ['a single moment', { ...withTrend, trend: { ...trend, points: trend.points.slice(2) } }],
  ])('is only told with %s', (_, view) => {
    const picture = openPicture(createPage(view));
    expect(picture.drawing).toBeUndefined();
    expect(picture.sentence).toMatch(/ledger/);
  });
});

describe('time to fix', () => {
  it('tells the late from the timely by their shape, not by their colour', () => {
    const picture = fixPicture(createPage(withTrend));
    expect(picture.sentence).toContain('1 of 2 mended findings was gone within the window.');
    const [wide = ''] = draw(picture).split('</svg>');
    const shapes = Array.from(wide.matchAll(/<path d="([^"]*)" class="high"/g), ([, shape]) => shape);
    expect(new Set(shapes).size).toBe(2);
    expect(picture.drawing?.rows).toEqual([['high', 'within 7 days', 2, 1, 3, 12.5]]);
  });
});

describe('coverage', () => {
  it('names first what could not be checked, and tells everything in its table', () => {
    const picture = coveragePicture(createPage(richView));
    expect(draw(picture).indexOf('could not be checked: source-blind')).toBeLessThan(
      draw(picture).indexOf('118 of 120'),
    );
    expect(picture.drawing?.rows.map(([path]) => path)).toEqual(['api', 'docs', 'web']);
  });

  it('leaves out no target without saying so', () => {
    const [target] = richView.targets;
    const targets = Array.from({ length: 40 }, (_, index) => ({ ...target!, path: `folder-${index}` }));
    expect(draw(coveragePicture(createPage({ ...richView, targets })))).toContain('and 28 more targets');
  });
});

it('what is gathered loses nothing and stands in order', () => {
  const property = fc.property(
    fc.array(fc.integer({ min: 0, max: 600 })),
    fc.integer({ min: 1, max: 40 }),
    (places, width) => {
      const bins = gather(places, (place) => place, width);
      expect(bins.flatMap(({ items }) => items).toSorted((a, b) => a - b)).toEqual(places.toSorted((a, b) => a - b));
      expect(bins.map(({ x }) => x)).toEqual(bins.map(({ x }) => x).toSorted((a, b) => a - b));
    },
  );
  fc.assert(property);
});
