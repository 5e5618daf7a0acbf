/** Which rows a reader asked for, and in which order. */
import { describe, expect, it } from 'vitest';
import { compareRows, isAsked, type Asked, type Row } from '../../../src/page/asked.ts';

const row: Row = {
  index: 0,
  severity: 'high',
  state: 'due',
  target: 'web',
  package: 'left',
  text: 'left@1.0.0 ghsa-a falls over',
};
const all: Asked = { words: [], severity: '', state: '', target: '', sort: 'urgency' };

describe('a row', () => {
  it.each<readonly [Partial<Asked>, boolean]>([
    [{}, true],
    [{ severity: 'high', state: 'due', target: 'web' }, true],
    [{ severity: 'low' }, false],
    [{ state: 'overdue' }, false],
    [{ target: 'we' }, false],
    [{ words: ['ghsa-a', 'left'] }, true],
    [{ words: ['ghsa-a', 'right'] }, false],
  ])('with %j is shown: %s', (asked, shown) => {
    expect(isAsked(row, { ...all, ...asked })).toBe(shown);
  });
});

describe('the order', () => {
  const rows: readonly Row[] = [
    { ...row, index: 0, severity: 'low', package: 'b', target: 'web' },
    { ...row, index: 1, severity: 'critical', package: 'c', target: 'api' },
    { ...row, index: 2, severity: 'low', package: 'a', target: 'api' },
  ];

  it.each([
    ['urgency', [0, 1, 2]],
    ['severity', [1, 0, 2]],
    ['package', [2, 0, 1]],
    ['target', [1, 2, 0]],
  ])('by %s is %j', (key, expected) => {
    const sorted = rows.toReversed().toSorted((a, b) => compareRows(a, b, key));
    expect(sorted.map(({ index }) => index)).toEqual(expected);
  });
});
