/** When a fix was released: the first day on which a version that clears the finding could be installed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateFix } from '../../../src/core/timeline/fix-release.ts';
import { readHistory } from '../../../src/core/timeline/release-history.ts';
import type { Fix } from '../../../src/core/model/finding.ts';
import type { OsvRecord } from '../../../src/core/model/advisory.ts';
import type { FoundReleases } from '../../../src/core/model/package-releases.ts';
import { makeMerged } from '../../support/audit-values.ts';
import { osvRecord, ranged } from '../../support/osv.ts';

const NOW = '2026-06-01T00:00:00.000Z';
const SOURCE = 'https://registry.test';

/** `1.0.0 2024-01-01, 1.0.1 2024-02-01, -1.0.2`: what can be installed since when, and what was taken back. */
function releases(text: string): FoundReleases {
  const entries = text.split(', ').filter((entry) => entry !== '');
  return {
    status: 'found',
    name: 'left',
    source: SOURCE,
    published: entries
      .filter((entry) => !entry.startsWith('-'))
      .map((entry) => {
        const [version = '', day = ''] = entry.split(' ');
        return { version, at: `${day}T10:00:00.000Z` };
      }),
    withdrawn: entries.filter((entry) => entry.startsWith('-')).map((entry) => entry.slice(1)),
  };
}

/** A record of `left` in which each of `ranges` is `from..fixed`. */
function flaw(ranges: string, id = 'GHSA-2222-3333-4444', ecosystem = 'npm'): OsvRecord {
  const affected = ranges.split(' ').map((range) => {
    const [introduced = '', fixed = ''] = range.split('..');
    return ranged(ecosystem, 'left', [
      ['introduced', introduced],
      ['fixed', fixed],
    ]);
  });
  return osvRecord(id, affected);
}

function date(records: readonly OsvRecord[], registry: string, versions: readonly string[], fix: Fix) {
  const finding = makeMerged(records, {}, { versions, fix });
  return dateFix(finding, readHistory('npm', releases(registry), NOW));
}

const patch = (version: string): Fix => ({ available: true, version, kind: 'patch' });

describe('one installed version', () => {
  it.each<[string, string, string, string, string]>([
    ['the fixed version is there', '0..1.0.1', '1.0.0 2024-01-01, 1.0.1 2024-02-01', '2024-02-01', '1.0.1'],
    ['a later version came out later', '0..1.0.1', '1.0.1 2024-02-01, 1.0.2 2024-03-01', '2024-02-01', '1.0.1'],
    ['a later version came out first', '0..1.0.1', '1.0.1 2024-05-01, 2.0.0 2024-03-01', '2024-03-01', '1.0.1'],
    ['a trial version came out first', '0..1.0.1', '1.0.1 2024-05-01, 2.0.0-rc.1 2024-03-01', '2024-05-01', '1.0.1'],
    ['the fixed version is not there', '0..1.0.1', '1.0.0 2024-01-01, 1.0.2 2024-03-01', '2024-03-01', '1.0.2'],
    [
      'the fixed version was taken back',
      '0..1.0.1',
      '-1.0.1, 1.0.2 2024-03-01, 1.1.0 2024-04-01',
      '2024-03-01',
      '1.0.2',
    ],
    [
      'what came after it is affected',
      '0..1.0.1 1.0.2..1.1.0',
      '-1.0.1, 1.0.2 2024-03-01, 1.1.0 2024-04-01',
      '2024-04-01',
      '1.1.0',
    ],
    ['a trial version is named as fixed', '0..1.0.1-rc.1', '1.0.1-rc.1 2024-03-01', '2024-03-01', '1.0.1-rc.1'],
    ['older versions came out last', '0..1.0.1', '0.9.0 2024-01-01, 1.0.1 2024-02-01', '2024-02-01', '1.0.1'],
    ['what is named is written short', '0..1.1', '1.1.0 2024-02-01', '2024-02-01', '1.1'],
  ])('%s', (_what, ranges, registry, day, version) => {
    const wanted = ranges.split(' ')[0]?.split('..')[1] ?? '';
    expect(date([flaw(ranges)], registry, ['1.0.0'], patch(wanted))).toMatchObject({
      status: 'dated',
      fixReleased: { at: `${day}T10:00:00.000Z` },
      fix: { version },
    });
  });

  it('names the version, the registry and the step to what can be installed', () => {
    expect(date([flaw('0..1.0.1')], '-1.0.1, 1.2.0 2024-03-01', ['1.0.0'], patch('1.0.1'))).toEqual({
      status: 'dated',
      fixReleased: { at: '2024-03-01T10:00:00.000Z', source: `left 1.2.0, published at ${SOURCE}` },
      fix: { available: true, version: '1.2.0', kind: 'minor' },
    });
  });

  it('counts a backport no later than the release that was there before it', () => {
    const before = date([flaw('0..2.0.0')], '2.0.0 2024-01-01', ['1.0.0'], patch('2.0.0'));
    const after = date(
      [flaw('0..1.0.1 2.0.0-0..2.0.0')],
      '1.0.1 2024-06-01, 2.0.0 2024-01-01',
      ['1.0.0'],
      patch('1.0.1'),
    );
    expect(after).toMatchObject({ fix: { version: '1.0.1' } });
    expect('fixReleased' in after && after.fixReleased.at).toBe('fixReleased' in before && before.fixReleased.at);
  });
});

describe('no fix that can be installed', () => {
  it.each<[string, string, string]>([
    ['was taken back: there is none', '-1.0.1', 'withdrawn'],
    ['was taken back, and only trial versions came after it', '-1.0.1, 1.0.2-beta 2024-03-01', 'withdrawn'],
    ['is not there at all: the registry may be behind', '1.0.0 2024-01-01', 'unknown'],
    ['is in an empty registry: it may be blind', '', 'unknown'],
    ['has a date that cannot be true', '1.0.1 2026-06-03', 'unknown'],
  ])('a fix that %s', (_what, registry, status) => {
    expect(date([flaw('0..1.0.1')], registry, ['1.0.0'], patch('1.0.1')).status).toBe(status);
  });

  it('is only believed when each of the fixes was taken back', () => {
    const twice = [flaw('0..1.0.1 1.1.0..1.1.1')];
    expect(date(twice, '-1.0.1', ['1.0.0'], patch('1.0.1')).status).toBe('unknown');
    expect(date(twice, '-1.0.1, -1.1.1', ['1.0.0'], patch('1.0.1'))).toEqual({
      status: 'withdrawn',
      fix: { available: false },
    });
  });

  it('believes a date of today in another place of the world', () => {
    expect(date([flaw('0..1.0.1')], '1.0.1 2026-06-01', ['1.0.0'], patch('1.0.1')).status).toBe('dated');
  });
});

describe('several installed versions', () => {
  const both = [flaw('1.0.0..1.0.1 2.0.0..2.0.1')];

  it('waits for the last of their ways out', () => {
    expect(date(both, '1.0.1 2024-01-01, 2.0.1 2024-03-01', ['1.0.0', '2.0.0'], patch('2.0.1'))).toMatchObject({
      fixReleased: { at: '2024-03-01T10:00:00.000Z' },
      fix: { version: '2.0.1' },
    });
  });

  it('is not dated when one has no way out', () => {
    expect(date(both, '1.0.1 2024-01-01', ['1.0.0', '2.0.0'], patch('2.0.1')).status).toBe('unknown');
  });

  it('names a version that clears them all', () => {
    const dating = date(both, '1.0.1 2024-01-01, -2.0.1, 2.1.0 2024-03-01', ['1.0.0', '2.0.0'], patch('2.0.1'));
    expect(dating).toMatchObject({ fix: { available: true, version: '2.1.0', kind: 'minor' } });
  });
});

describe('a way out for each version', () => {
  const steps = [
    { from: '1.0.0', version: '1.0.1' },
    { from: '2.0.0', version: '2.0.1' },
  ];
  const fix: Fix = { ...patch('2.0.1'), steps };

  it.each<[string, string, Fix]>([
    ['stands where each of them is there', '1.0.1 2024-02-01, 2.0.1 2024-02-01', fix],
    ['gives way to the one for all where one of them is not', '1.0.5 2024-02-01, 2.0.1 2024-02-01', patch('2.0.1')],
    ['gives way to what is there where none is', '2.0.2 2024-02-01', patch('2.0.2')],
  ])('%s', (_, registry, expected) => {
    const dated = date([flaw('0..1.0.1 2.0.0..2.0.1')], registry, ['1.0.0', '2.0.0'], fix);
    expect('fix' in dated && dated.fix).toEqual(expected);
  });
});

describe('records that disagree', () => {
  it('asks every live record whether a version is affected', () => {
    const records = [flaw('0..1.0.1'), flaw('0..1.2.0', 'PYSEC-2025-1')];
    const registry = '1.0.1 2024-01-01, 1.1.0 2024-02-01, 1.2.0 2024-03-01';
    expect(date(records, registry, ['1.0.0'], patch('1.2.0'))).toMatchObject({
      fixReleased: { at: '2024-03-01T10:00:00.000Z' },
    });
    const withdrawn = { ...flaw('0..1.2.0', 'PYSEC-2025-1'), withdrawn: '2025-01-01T00:00:00Z' };
    expect(date([flaw('0..1.0.1'), withdrawn], registry, ['1.0.0'], patch('1.0.1'))).toMatchObject({
      fixReleased: { at: '2024-01-01T10:00:00.000Z' },
    });
  });

  it('takes the auditor at its word where no record names a fix', () => {
    const finding = makeMerged([], { fixedIn: ['1.0.1'] }, { fix: patch('1.0.1') });
    const history = readHistory('npm', releases('1.0.1 2024-01-01'), NOW);
    expect(dateFix(finding, history)).toMatchObject({ fixReleased: { at: '2024-01-01T10:00:00.000Z' } });
  });

  it('takes what one record names where another calls it affected', () => {
    const contradiction = osvRecord('OSV-1', [ranged('npm', 'left', [['introduced', '0']])]);
    expect(date([flaw('0..1.0.1'), contradiction], '1.0.1 2024-01-01', ['1.0.0'], patch('1.0.1'))).toMatchObject({
      status: 'dated',
      fixReleased: { at: '2024-01-01T10:00:00.000Z' },
    });
  });
});

it('reads versions as Python writes them', () => {
  const finding = makeMerged(
    [flaw('0..1.0rc1', 'PYSEC-2025-1', 'PyPI')],
    {},
    {
      ecosystem: 'PyPI',
      versions: ['0.9'],
      fix: patch('1.0rc1'),
    },
  );
  const history = readHistory('PyPI', releases('1.0.RC1 2024-01-01, 1.0 2024-02-01, legacy!! 2023-01-01'), NOW);
  expect(dateFix(finding, history)).toMatchObject({
    fixReleased: { at: '2024-01-01T10:00:00.000Z', source: `left 1.0.RC1, published at ${SOURCE}` },
    fix: { version: '1.0rc1' },
  });
});

it('never dates a fix later because a version was published', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((number) => `2024-02-${String(number).padStart(2, '0')}`);
  const version = fc
    .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 3 }))
    .map(([a, b]) => `1.${a}.${b}`);
  const entry = fc.tuple(version, day).map(([name, on]) => `${name} ${on}`);
  const known = fc.uniqueArray(entry, { selector: (text) => text.split(' ')[0], minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(known, entry, (entries, more) => {
      const names = entries.map((text) => text.split(' ')[0]);
      const grown = names.includes(more.split(' ')[0]) ? entries : [...entries, more];
      const [before, after] = [entries, grown].map((list) =>
        date([flaw('0..1.1.0')], list.join(', '), ['1.0.0'], { available: true, version: '1.1.0', kind: 'minor' }),
      );
      if (before?.status !== 'dated') return;
      expect(after?.status === 'dated' && after.fixReleased.at <= before.fixReleased.at).toBe(true);
    }),
  );
});
