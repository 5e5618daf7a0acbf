import { describe, expect, it } from 'vitest';
import { readVector } from '../../../src/core/enrich/scored-vector.ts';

const V4 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';
const V3 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';

describe('readVector', () => {
  it.each([
    [V4, 'cvss-v4', 'critical', 9.3],
    [V3, 'cvss-v3', 'critical', 9.8],
    ['CVSS:3.0/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N', 'cvss-v3', 'low', 3.1],
    ['AV:N/AC:L/Au:N/C:P/I:P/A:P', 'cvss-v2', 'high', 7.5],
    ['AV:N/AC:L/Au:N/C:C/I:C/A:C', 'cvss-v2', 'high', 10],
    [' CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H ', 'cvss-v3', 'medium', 6.5],
  ] as const)('scores %s', (vector, from, level, score) => {
    expect(readVector(vector)).toEqual({ from, level, score, vector: vector.trim() });
  });

  it.each([
    ['v4 with threat metrics', `${V4}/E:U`, 9.3],
    ['v3 with temporal metrics', `${V3}/E:U/RL:O/RC:U`, 9.8],
  ])('takes the base score of %s', (_, vector, score) => {
    expect(readVector(vector)?.score).toBe(score);
  });

  it.each([
    ['nothing', ''],
    ['a bare number', '9.8'],
    ['half a vector', 'CVSS:3.1/AV:N'],
    ['half a v4 vector', 'CVSS:4.0/AV:N/AC:L'],
    ['a version nobody published', V3.replace('3.1', '9.9')],
    ['another version inside', V3.replace('CVSS:3.1', 'CVSS:2.0')],
    ['a doubled metric', `${V3}/AV:P`],
    ['an unknown value', V3.replace('AV:N', 'AV:Q')],
    ['an unknown metric', `${V3}/ZZ:Q`],
    ['a score of zero', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N'],
    ['a v4 score of zero', V4.replace('VC:H/VI:H/VA:H', 'VC:N/VI:N/VA:N')],
    ['a label', 'HIGH'],
    ['control characters', `${V3}\u001b[2J`],
    ['a flood', `${V3}${'/E:X'.repeat(100_000)}`],
    ['the name of an object method', 'AV:N/constructor:x/__proto__:y'],
  ])('does not take %s for a severity', (_, vector) => {
    expect(readVector(vector)).toBeNull();
    expect(readVector(vector)).toBeNull();
  });
});
