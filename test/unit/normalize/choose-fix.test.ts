import { describe, expect, it } from 'vitest';
import type { OsvRecord } from '../../../src/core/model/advisory.ts';
import type { Fix } from '../../../src/core/model/finding.ts';
import { chooseFix } from '../../../src/core/normalize/choose-fix.ts';
import { makeRecord } from '../../support/audit-values.ts';

function fixed(id: string, ...pairs: readonly (readonly [string, string?])[]): OsvRecord {
  const ranges = pairs.map(([introduced, end]) => ({
    type: 'SEMVER',
    events: [{ introduced }, ...(end === undefined ? [] : [{ fixed: end }])],
  }));
  return makeRecord({ id, affected: [{ package: { ecosystem: 'npm', name: 'left' }, ranges }] });
}

const branches = fixed('GHSA-1', ['0', '2.2.28'], ['3.0.0', '3.2.13'], ['4.0.0', '4.0.4']);

describe('chooseFix', () => {
  it.each<[string, readonly string[], readonly OsvRecord[], readonly string[], Fix]>([
    ['no source names a version', ['1.0.0'], [fixed('GHSA-1', ['0'])], [], { available: false }],
    ['the branch it is on', ['3.1.0'], [branches], [], { available: true, version: '3.2.13', kind: 'minor' }],
    ['a patch', ['4.0.1'], [branches], [], { available: true, version: '4.0.4', kind: 'patch' }],
    [
      'above every installed version',
      ['2.1.0', '4.0.1'],
      [branches],
      [],
      {
        available: true,
        version: '4.0.4',
        kind: 'patch',
        steps: [
          { from: '2.1.0', version: '2.2.28', kind: 'minor' },
          { from: '4.0.1', version: '4.0.4', kind: 'patch' },
        ],
      },
    ],
    [
      'the same for every installed version',
      ['4.0.2', '4.0.1'],
      [branches],
      [],
      { available: true, version: '4.0.4', kind: 'patch' },
    ],
    [
      'a branch without a fix of its own',
      ['9.0.1', '2.1.0', '5.0.0'],
      [fixed('GHSA-1', ['0', '2.2.28'], ['3.0.0', '9.0.7'])],
      [],
      {
        available: true,
        version: '9.0.7',
        kind: 'patch',
        steps: [
          { from: '2.1.0', version: '2.2.28', kind: 'minor' },
          { from: '5.0.0', version: '9.0.7', kind: 'major' },
          { from: '9.0.1', version: '9.0.7', kind: 'patch' },
        ],
      },
    ],
    [
      'a major step',
      ['1.9.0'],
      [fixed('GHSA-1', ['0', '2.0.0'])],
      [],
      { available: true, version: '2.0.0', kind: 'major' },
    ],
    [
      'only older versions are free',
      ['4.1.0'],
      [fixed('GHSA-1', ['0', '3.5.0'], ['4.0.0'])],
      [],
      { available: false, kind: 'downgrade' },
    ],
    [
      'the auditor alone names it',
      ['1.0.0'],
      [],
      ['0.9.1', '1.0.1'],
      { available: true, version: '1.0.1', kind: 'patch' },
    ],
    [
      'a second record still affects the first fix',
      ['1.0.0'],
      [fixed('GHSA-1', ['0', '1.0.1']), fixed('PYSEC-1', ['0', '1.0.5'])],
      [],
      { available: true, version: '1.0.5', kind: 'patch' },
    ],
    [
      'records contradict each other about all of them',
      ['1.0.0'],
      [fixed('GHSA-1', ['0', '1.0.1']), fixed('PYSEC-1', ['0'])],
      [],
      { available: true, version: '1.0.1', kind: 'patch' },
    ],
    ['nothing is known to be installed', [], [branches], [], { available: true }],
    ['an installed version cannot be ordered', ['latest'], [branches], [], { available: true }],
    ['a named version is none', ['1.0.0'], [], ['soon'], { available: false }],
  ])('%s', (_, installed, records, fixedIn, expected) => {
    expect(chooseFix({ ecosystem: 'npm', package: 'left', installed, records, fixedIn })).toEqual(expected);
  });

  it('does not let a withdrawn record speak against a fix', () => {
    const records = [
      fixed('GHSA-1', ['0', '1.0.1']),
      { ...fixed('PYSEC-1', ['0']), withdrawn: '2025-01-01T00:00:00Z' },
    ];
    const facts = { ecosystem: 'npm' as const, package: 'left', installed: ['1.0.0'], records, fixedIn: ['1.0.9'] };
    expect(chooseFix(facts)).toMatchObject({ version: '1.0.1' });
  });

  it('orders Python versions as Python does', () => {
    const facts = { package: 'left', records: [], fixedIn: ['1!0.1', '2.0.post1', '2.0rc1'] };
    expect(chooseFix({ ...facts, ecosystem: 'PyPI', installed: ['2.0'] })).toEqual({
      available: true,
      version: '2.0.post1',
      kind: 'patch',
    });
  });
});
