/** Dates of publication come in order, dates of copies do not. */
import { describe, expect, it } from 'vitest';
import { areCopyDates, countOrder } from '../../../src/core/timeline/copy-dates.ts';
import { readHistory, type ReleaseHistory } from '../../../src/core/timeline/release-history.ts';
import type { Ecosystem } from '../../../src/core/model/ecosystem.ts';

function history(days: Readonly<Record<string, string>>, ecosystem: Ecosystem = 'npm'): ReleaseHistory {
  const published = Object.entries(days).map(([version, day]) => ({ version, at: `${day}T00:00:00.000Z` }));
  const releases = {
    status: 'found',
    name: 'left',
    source: 'https://registry.test',
    published,
    withdrawn: [],
  } as const;
  return readHistory(ecosystem, releases, '2026-06-01T00:00:00.000Z');
}

describe('counting', () => {
  it.each<[string, Readonly<Record<string, string>>, number, number]>([
    ['patches in order', { '1.0.0': '2020-01-01', '1.0.1': '2020-02-01', '1.0.2': '2020-03-01' }, 2, 0],
    ['branches side by side', { '1.0.0': '2020-01-01', '2.0.0': '2020-02-01', '1.0.1': '2020-03-01' }, 1, 0],
    ['minors side by side', { '1.1.0': '2020-02-01', '1.0.0': '2020-03-01' }, 0, 0],
    ['a patch dated after a later one', { '1.0.0': '2020-03-01', '1.0.1': '2020-02-01' }, 1, 1],
    ['patches of one day in no order', { '1.0.0': '2020-02-02', '1.0.1': '2020-02-01' }, 1, 0],
    ['one late among many', { '1.0.0': '2020-05-01', '1.0.1': '2020-02-01', '1.0.2': '2020-03-01' }, 2, 1],
    ['versions of trial', { '1.0.0-rc.1': '2020-05-01', '1.0.0': '2020-02-01' }, 0, 0],
    ['nothing', {}, 0, 0],
  ])('%s', (_what, days, followed, late) => {
    expect(countOrder([history(days)])).toEqual({ followed, late });
  });

  it('tells Python branches by their first two numbers and their epoch', () => {
    const days = { '1.0': '2020-02-01', '1.0.1': '2020-01-01', '1!1.0.0': '2019-01-01' };
    expect(countOrder([history(days, 'PyPI')])).toEqual({ followed: 1, late: 1 });
  });

  it('adds up over packages', () => {
    const late = history({ '1.0.0': '2020-03-01', '1.0.1': '2020-02-01' });
    expect(countOrder([late, late, late])).toEqual({ followed: 3, late: 3 });
  });
});

it.each([
  [0, 0, false],
  [2, 2, false],
  [3, 3, true],
  [100, 4, false],
  [100, 10, false],
  [100, 11, true],
  [100, 60, true],
])('of %i followed versions %i late: %s', (followed, late, copies) => {
  expect(areCopyDates({ followed, late })).toBe(copies);
});
