import { describe, expect, it } from 'vitest';
import type { Ecosystem } from '../../../src/core/model/ecosystem.ts';
import { fixedVersionsFor, smallestFix, stepKind } from '../../../src/core/match/fix.ts';
import { toSemverRange } from '../../../src/core/match/npm-range.ts';
import { block, osvRecord, ranged } from '../../support/osv.ts';

describe('fixedVersionsFor', () => {
  it('collects every branch of every block, oldest first, as written', () => {
    const record = osvRecord('PYSEC-1', [
      ranged('PyPI', 'Django', [['introduced', '4.0'], ['fixed', '4.0.4']]), // prettier-ignore
      ranged('PyPI', 'django', [['introduced', '0'], ['fixed', '2.2.28'], ['introduced', '3.0'], ['fixed', '3.2.13']]), // prettier-ignore
      ranged('npm', 'django', [['introduced', '0'], ['fixed', '9.0.0']]), // prettier-ignore
    ]);
    expect(fixedVersionsFor(record, 'PyPI', 'DJANGO')).toEqual(['2.2.28', '3.2.13', '4.0.4']);
  });

  it('leaves out commits, what is no version, repetitions, and fixes that are affected after all', () => {
    const record = osvRecord('PYSEC-1', [
      ranged('PyPI', 'p', [['introduced', '0'], ['fixed', '1.0']]), // prettier-ignore
      ranged('PyPI', 'p', [['introduced', '0'], ['fixed', '2.0']]), // prettier-ignore
      ranged('PyPI', 'p', [['introduced', '0'], ['fixed', '2019-09-12']]), // prettier-ignore
      block('PyPI', 'p', { ranges: [{ type: 'GIT', events: [{ introduced: '0' }, { fixed: '123' }] }] }),
      ranged('PyPI', 'p', [['introduced', '1.5'], ['fixed', '2.0.0']]), // prettier-ignore
    ]);
    expect(fixedVersionsFor(record, 'PyPI', 'p')).toEqual(['2.0']);
  });
});

describe('smallestFix', () => {
  it.each<[Ecosystem, readonly string[], readonly string[], string | undefined]>([
    ['PyPI', ['4.0.1'], ['2.2.28', '3.2.13', '4.0.4'], '4.0.4'],
    ['PyPI', ['3.1'], ['4.0.4', '3.2.13', '2.2.28'], '3.2.13'],
    ['PyPI', ['5.0'], ['2.2.28'], undefined],
    ['PyPI', ['1.0'], ['1.0.0'], undefined],
    ['PyPI', ['1.0rc1'], ['1.0'], '1.0'],
    ['PyPI', ['9.0'], ['1!0.1'], '1!0.1'],
    ['npm', ['0.0.8', '1.2.0'], ['0.2.4', '1.2.6'], '1.2.6'],
    ['npm', ['7.0.0'], ['8.0'], '8.0'],
    ['npm', ['banana'], ['1.0.0'], undefined],
    ['npm', ['1.0.0'], ['banana'], undefined],
    ['npm', ['1.0.0'], [], undefined],
  ])('%s %j fixed in %j: %s', (ecosystem, installed, fixed, expected) => {
    expect(smallestFix(ecosystem, installed, fixed)).toBe(expected);
  });
});

describe('stepKind', () => {
  it.each<[Ecosystem, string, string, string | undefined]>([
    ['npm', '1.2.3', '1.2.4', 'patch'],
    ['npm', '1.2.3-rc.1', '1.2.3', 'patch'],
    ['npm', '1.2.3', '1.3.0', 'minor'],
    ['npm', '0.1.0', '0.2.0', 'minor'],
    ['npm', '1.2.3', '2.0.0', 'major'],
    ['npm', '7.0.0', '8.0', 'major'],
    ['npm', '2.0.0', '1.9.9', 'downgrade'],
    ['npm', 'banana', '1.0.0', undefined],
    ['PyPI', '4.0', '4.0.4', 'patch'],
    ['PyPI', '4', '4.1', 'minor'],
    ['PyPI', '1.0', '1.0.post1', 'patch'],
    ['PyPI', '2024.1', '1!2024.1', 'major'],
    ['PyPI', '1!1.0', '9.0', 'downgrade'],
  ])('%s %s → %s is %s', (ecosystem, from, to, kind) => {
    expect(stepKind(ecosystem, from, to)).toBe(kind);
  });
});

describe('toSemverRange', () => {
  it.each<[string, Parameters<typeof osvRecord>[1], string]>([
    ['a range', [ranged('npm', 'p', [['introduced', '1.0.0'], ['fixed', '2.0.0']])], '>=1.0.0 <2.0.0'], // prettier-ignore
    ['since ever', [ranged('npm', 'p', [['introduced', '0'], ['last_affected', '2.0']])], '<=2.0.0'], // prettier-ignore
    ['everything', [ranged('npm', 'p', [['introduced', '0']])], '*'],
    ['a list', [block('npm', 'p', { versions: ['2.0.0', '1.0.0', '1.0.0'] })], '=1.0.0 || =2.0.0'],
    [
      'both, without what is said twice',
      [ranged('npm', 'p', [['introduced', '1.0.0']]), block('npm', 'p', { versions: ['1.5.0', '0.5.0'] })],
      '>=1.0.0 || =0.5.0',
    ],
    ['nothing npm can read', [block('npm', 'p', { versions: ['banana'] })], '<0.0.0-0'],
    ['another package', [ranged('npm', 'q', [['introduced', '0']])], '<0.0.0-0'],
  ])('writes %s', (_title, affected, range) => {
    expect(toSemverRange(osvRecord('X-1', affected), 'p')).toBe(range);
  });
});
