import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PastOccurrence } from '../../../../src/core/model/history-report.ts';
import { summarize } from '../../../../src/core/report/history/statistics.ts';

const occurrence = (over: Partial<PastOccurrence>): PastOccurrence => ({
  key: 'npm:.:left:GHSA-1',
  target: '.',
  ecosystem: 'npm',
  package: 'left',
  versions: ['1.0.0'],
  advisory: { id: 'GHSA-1', aliases: [], summary: '', url: '' },
  severity: { level: 'high', source: 'a test' },
  fix: {},
  window: { kind: 'immediate' },
  outcome: 'met',
  reason: '',
  ...over,
});
const fixedAfter = (...days: readonly number[]): readonly PastOccurrence[] =>
  days.map((daysToFix) => occurrence({ daysToFix }));

describe('summarize', () => {
  it.each<[readonly number[], number | null, number | null]>([
    [[], null, null],
    [[3], 3, 3],
    [[1, 2], 1.5, 2],
    [[5, 1, 3], 3, 5],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5.5, 9],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 6, 10],
  ])('takes the middle and the 90th percentile of %j', (days, medianDays, p90Days) => {
    expect(summarize(fixedAfter(...days)).all).toMatchObject({ fixed: days.length, medianDays, p90Days });
  });

  it('gives no share where no window ended', () => {
    expect(summarize([occurrence({ outcome: 'open' })]).all).toMatchObject({ open: 1, withinWindow: null });
  });

  it('leaves out what nobody can be held to, and counts why', () => {
    const left = occurrence({ outcome: 'not-counted', notCounted: 'withdrawn', daysToFix: 900 });
    const { all, notCounted } = summarize([left, ...fixedAfter(1)]);
    expect(all).toMatchObject({ met: 1, breached: 0, fixed: 1, p90Days: 1 });
    expect(notCounted).toEqual({
      'before-published': 0,
      withdrawn: 1,
      undated: 0,
      'start-unknown': 0,
      'end-unseen': 0,
    });
  });

  it('puts every occurrence into one severity, and all of them into the sum', () => {
    const outcome = fc.constantFrom('met' as const, 'breached' as const, 'open' as const);
    const level = fc.constantFrom(
      'critical' as const,
      'high' as const,
      'medium' as const,
      'low' as const,
      'unknown' as const,
    );
    const any = fc
      .tuple(outcome, level)
      .map(([told, of]) => occurrence({ outcome: told, severity: { level: of, source: '' } }));
    fc.assert(
      fc.property(fc.array(any), (occurrences) => {
        const { bySeverity, all } = summarize(occurrences);
        const sum = (key: 'met' | 'breached' | 'open'): number =>
          bySeverity.reduce((total, row) => total + row[key], 0);
        expect([sum('met'), sum('breached'), sum('open')]).toEqual([all.met, all.breached, all.open]);
        expect(all.met + all.breached + all.open).toBe(occurrences.length);
      }),
    );
  });
});
