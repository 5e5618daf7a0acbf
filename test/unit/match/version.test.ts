import { describe, expect, it } from 'vitest';
import type { Ecosystem } from '../../../src/core/model/ecosystem.ts';
import { canonicalBound, canonicalVersion, compareVersions, isVersion } from '../../../src/core/match/version.ts';

describe('canonicalVersion', () => {
  it.each<[Ecosystem, string, string | null]>([
    ['npm', '1.2.3', '1.2.3'],
    ['npm', 'v1.2.3', '1.2.3'],
    ['npm', '1.2.3beta', '1.2.3-beta'],
    ['npm', '1.2.3+build.7', '1.2.3'],
    ['npm', '1.2', null],
    ['npm', 'banana', null],
    ['npm', '', null],
    ['npm', `1.2.${'9'.repeat(20)}`, null],
    ['PyPI', '1.0.0', '1'],
    ['PyPI', '0.0', '0'],
    ['PyPI', '1.10', '1.10'],
    ['PyPI', ' v1.0-RC.1 ', '1rc1'],
    ['PyPI', '1.0alpha', '1a0'],
    ['PyPI', '1.0-1', '1.post1'],
    ['PyPI', '1!2.0.post0.dev3+Ubuntu-1', '1!2.post0.dev3+ubuntu.1'],
    ['PyPI', '2019-09-12', null],
    ['PyPI', '0.2.0-n653', null],
    ['PyPI', `1.${'9'.repeat(20)}`, null],
    ['PyPI', '1.'.repeat(300) + '1', null],
  ])('%s %s is %s', (ecosystem, text, canonical) => {
    expect(canonicalVersion(ecosystem, text)).toBe(canonical);
    expect(isVersion(ecosystem, text)).toBe(canonical !== null);
  });
});

describe('canonicalBound', () => {
  it.each<[Ecosystem, string, string | null]>([
    ['npm', '13.0', '13.0.0'],
    ['npm', '13', '13.0.0'],
    ['npm', '13.1-rc.1', '13.1.0-rc.1'],
    ['npm', '2025.08.14', '2025.8.14'],
    ['npm', '1.x', null],
    ['npm', '>=1.0.0', null],
    ['PyPI', '13', '13'],
    ['PyPI', '2.9.0-NA', null],
  ])('%s %s is %s', (ecosystem, text, canonical) => {
    expect(canonicalBound(ecosystem, text)).toBe(canonical);
  });
});

describe('compareVersions', () => {
  it.each<[Ecosystem, readonly string[]]>([
    ['npm', ['0.0.0-0', '0.0.0', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-beta', '1.0.0', '1.2.0', '1.10.0', '2.0.0']],
    [
      'PyPI',
      [
        '0',
        '1.0.dev1',
        '1.0a1.dev1',
        '1.0a1',
        '1.0b2',
        '1.0rc1',
        '1.0',
        '1.0+abc',
        '1.0+1',
        '1.0.post1.dev2',
        '1.0.post1',
        '1.2',
        '1.10',
        '1!0.1',
      ],
    ],
    ['npm', ['', 'banana', '1.0.0']],
    ['PyPI', ['2019-09-12', 'banana', '0']],
  ])('orders %s versions %j', (ecosystem, sorted) => {
    const shuffled = [...sorted].reverse();
    expect(shuffled.sort((a, b) => compareVersions(ecosystem, a, b))).toEqual(sorted);
  });

  it.each<[Ecosystem, string, string]>([
    ['npm', '1.0.0+a', '1.0.0+b'],
    ['PyPI', '1.0', '1.0.0'],
    ['PyPI', '1.0c1', '1.0-rc-1'],
  ])('finds %s %s and %s equal', (ecosystem, a, b) => {
    expect(compareVersions(ecosystem, a, b)).toBe(0);
    expect(compareVersions(ecosystem, b, a)).toBe(0);
  });
});
