import { describe, expect, it } from 'vitest';
import { askAbout, type Flaw } from '../../../src/core/history/question.ts';
import type { OsvRecord } from '../../../src/core/model/advisory.ts';
import type { Ecosystem } from '../../../src/core/model/ecosystem.ts';
import { block, osvRecord, ranged } from '../../support/osv.ts';
import { flawBelow } from '../../support/trace.ts';

const flaw = (
  records: readonly OsvRecord[],
  versions: readonly string[] = [],
  ecosystem: Ecosystem = 'PyPI',
): Flaw => ({
  ecosystem,
  package: 'left',
  records,
  versions,
});
const BELOW_2 = flawBelow('2.0', 'left', 'PyPI');
const BETWEEN = osvRecord('A', [
  ranged('PyPI', 'left', [
    ['introduced', '1.4'],
    ['fixed', '1.6'],
  ]),
]);
const LISTED = osvRecord('A', [block('PyPI', 'left', { versions: ['1.5', '1.5.1'] })]);

describe('askAbout', () => {
  it.each<[string, Flaw, string, string]>([
    ['a version below the fix', flaw([BELOW_2]), '1.9', 'carries'],
    ['the fix', flaw([BELOW_2]), '2.0', 'free'],
    ['a version only the auditor names', flaw([BELOW_2], ['3.0']), '3.0', 'carries'],
    ['a flaw without records', flaw([], ['1.0']), '1.1', 'free'],
    [
      'a withdrawn record beside a standing one',
      flaw([{ ...BELOW_2, withdrawn: '2026-01-01T00:00:00Z' }, BETWEEN]),
      '1.0',
      'free',
    ],
    ['a withdrawn record alone', flaw([{ ...BELOW_2, withdrawn: '2026-01-01T00:00:00Z' }]), '1.0', 'carries'],
  ])('hears %s', (_, of, version, expected) => {
    expect(askAbout('x', of, { trustRanges: false }).hear({ name: 'left', version })).toBe(expected);
  });

  it.each<[string, OsvRecord, boolean]>([
    ['', BELOW_2, true],
    ['>=1', BELOW_2, true],
    ['>1', BELOW_2, true],
    ['>=2', BELOW_2, false],
    ['>1.9', BELOW_2, true],
    ['<3', BELOW_2, true],
    ['~=1.4', BELOW_2, true],
    ['==1.*', BELOW_2, true],
    ['!=1.0', BELOW_2, true],
    ['>=1,!=1', BELOW_2, true],
    ['>=2,!=3', BELOW_2, false],
    ['==2.*', BELOW_2, false],
    ['>=1.5', BETWEEN, true],
    ['>=1', BETWEEN, true],
    ['>=1,!=1.4', BETWEEN, true],
    ['<1.4', BETWEEN, false],
    ['<=1.4', BETWEEN, true],
    ['>=1.6', BETWEEN, false],
    ['>=1.5.1', LISTED, true],
    ['>1.5.1', LISTED, false],
  ])('tells whether "%s" lets it in', (range, record, lets) => {
    const statement = { name: 'left', range };
    expect(askAbout('x', flaw([record]), { trustRanges: false }).hear(statement)).toBe(lets ? 'may-carry' : 'free');
    expect(askAbout('x', flaw([record]), { trustRanges: true }).hear(statement)).toBe(lets ? 'carries' : 'free');
  });
});
