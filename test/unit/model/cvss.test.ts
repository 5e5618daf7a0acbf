import { describe, expect, it } from 'vitest';
import { levelOfScore, scoreCvss } from '../../../src/core/model/cvss.ts';

describe('scoreCvss', () => {
  it.each([
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 'v3', 9.8],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:L/A:N', 'v3', 7.2],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U', 'v3', 9.8],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 'v4', 9.3],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U', 'v4', 9.3],
    ['AV:N/AC:L/Au:N/C:P/I:P/A:P', 'v2', 7.5],
  ] as const)('%s is %s %d', (vector, version, score) => {
    expect(scoreCvss(vector)).toEqual({ version, score, vector });
  });

  it.each([
    ['nothing', ''],
    ['a number', '9.8'],
    ['a word', 'CRITICAL'],
    ['a partial vector', 'CVSS:3.1/AV:N/AC:L'],
    ['an unknown version', 'CVSS:9.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
    ['an unknown value', 'CVSS:3.1/AV:Q/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
    ['a metric named twice', 'CVSS:3.1/AV:N/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
    ['a score of nothing', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N'],
    ['a flood', `CVSS:3.1/${'AV:N/'.repeat(10_000)}`],
  ])('has no score for %s', (_title, vector) => {
    expect(scoreCvss(vector)).toBeNull();
  });
});

describe('levelOfScore', () => {
  it.each([
    ['v4', 10, 'critical'],
    ['v3', 9, 'critical'],
    ['v2', 10, 'high'],
    ['v3', 8.9, 'high'],
    ['v3', 7, 'high'],
    ['v3', 6.9, 'medium'],
    ['v3', 4, 'medium'],
    ['v3', 3.9, 'low'],
    ['v3', 0.1, 'low'],
    ['v3', 0, 'unknown'],
  ] as const)('%s %d is %s', (version, score, level) => {
    expect(levelOfScore({ version, score })).toBe(level);
  });
});
