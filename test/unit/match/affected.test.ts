import { describe, expect, it } from 'vitest';
import type { OsvEvent } from '../../../src/core/model/advisory.ts';
import type { Ecosystem } from '../../../src/core/model/ecosystem.ts';
import { affects } from '../../../src/core/match/affected.ts';
import { block, osvRecord, ranged } from '../../support/osv.ts';

type Events = readonly (readonly [keyof OsvEvent, string])[];

describe('a range', () => {
  it.each<[string, Ecosystem, Events, { in: readonly string[]; out: readonly string[] }]>([
    [
      'since ever until fixed, pre-releases of the fix included',
      'npm',
      [
        ['introduced', '0'],
        ['fixed', '1.2.3'],
      ],
      { in: ['0.0.0-alpha', '0.0.1', '1.2.2', '1.2.3-rc.1'], out: ['1.2.3', '1.2.3+build', '2.0.0'] },
    ],
    [
      'introduced is the first version, its own pre-releases are not',
      'npm',
      [
        ['introduced', '1.0.0'],
        ['fixed', '2.0.0'],
      ],
      { in: ['1.0.0', '1.0.0+b', '1.0.1-a'], out: ['1.0.0-rc.1', '2.0.0'] },
    ],
    [
      'last affected is still affected',
      'npm',
      [
        ['introduced', '1.0.0'],
        ['last_affected', '1.4.0'],
      ],
      { in: ['1.0.0', '1.4.0', '1.4.0-rc'], out: ['1.4.1-0', '1.4.1'] },
    ],
    ['open to this day', 'npm', [['introduced', '3.0.0']], { in: ['3.0.0', '99.0.0-x'], out: ['2.9.9', '3.0.0-0'] }],
    [
      'events in any order',
      'npm',
      [
        ['fixed', '2.0.5'],
        ['introduced', '2.0.0'],
        ['fixed', '1.0.5'],
        ['introduced', '0'],
      ],
      { in: ['0.1.0', '1.0.4', '2.0.0', '2.0.4'], out: ['1.0.5', '1.9.9', '2.0.0-rc', '2.0.5'] },
    ],
    [
      'a branch that begins where the other ends',
      'npm',
      [
        ['introduced', '0'],
        ['fixed', '1.0.0'],
        ['introduced', '1.0.0'],
        ['fixed', '1.0.2'],
      ],
      { in: ['0.9.0', '1.0.0', '1.0.1'], out: ['1.0.2'] },
    ],
    [
      'fixed where it was introduced: nothing',
      'npm',
      [
        ['introduced', '1.0.0'],
        ['fixed', '1.0.0'],
      ],
      { in: [], out: ['0.9.0', '1.0.0', '1.0.1'] },
    ],
    [
      'last affected where it was introduced: that one version',
      'npm',
      [
        ['last_affected', '1.0.0'],
        ['introduced', '1.0.0'],
      ],
      { in: ['1.0.0'], out: ['0.9.0', '1.0.1'] },
    ],
    [
      'a second introduction inside an open stretch changes nothing',
      'npm',
      [
        ['introduced', '0'],
        ['introduced', '1.0.0'],
        ['fixed', '2.0.0'],
      ],
      { in: ['0.1.0', '1.5.0'], out: ['2.0.0'] },
    ],
    [
      'a limit ends what nothing fixed',
      'npm',
      [
        ['introduced', '1.0.0'],
        ['limit', '2.0.0'],
      ],
      { in: ['1.0.0', '2.0.0-rc'], out: ['2.0.0', '3.0.0'] },
    ],
    [
      'the furthest of several limits counts, and it hides what begins behind it',
      'npm',
      [
        ['introduced', '0'],
        ['fixed', '1.0.0'],
        ['introduced', '2.0.0'],
        ['last_affected', '4.0.0'],
        ['introduced', '6.0.0'],
        ['limit', '1.5.0'],
        ['limit', '3.0.0'],
      ],
      { in: ['0.1.0', '2.0.0', '2.9.0'], out: ['1.2.0', '3.0.0', '4.0.0', '6.0.0'] },
    ],
    [
      'the limit * limits nothing',
      'npm',
      [
        ['introduced', '0'],
        ['limit', '*'],
      ],
      { in: ['9.0.0'], out: [] },
    ],
    [
      'bounds of one or two numbers stand for zeros',
      'npm',
      [
        ['introduced', '13.0'],
        ['fixed', '15'],
      ],
      { in: ['13.0.0', '14.9.9', '15.0.0-rc'], out: ['12.9.9', '15.0.0'] },
    ],
    [
      'PEP 440: dev and pre come before, post and local after',
      'PyPI',
      [
        ['introduced', '1.0'],
        ['fixed', '2.0'],
      ],
      {
        in: ['1.0', '1.0.0', '1.0.post1', '1.0+local', '2.0.dev1', '2.0a1', '2.0rc1'],
        out: ['1.0.dev1', '1.0rc1', '2', '2.0.post1', '2.0+local'],
      },
    ],
    [
      'PEP 440: an epoch outranks every number',
      'PyPI',
      [
        ['introduced', '0'],
        ['fixed', '1!0.5'],
      ],
      { in: ['99.0', '2024.1', '1!0.4'], out: ['1!0.5', '1!1.0'] },
    ],
    [
      'PEP 440: a local build of the last affected version is that version',
      'PyPI',
      [
        ['introduced', '0'],
        ['last_affected', '2.0.0'],
      ],
      { in: ['2.0', '2.0.0+cpu'], out: ['2.0.0.post1', '2.0.1+cpu'] },
    ],
    [
      'PEP 440: a bound with a local label tells local builds apart',
      'PyPI',
      [
        ['introduced', '0'],
        ['fixed', '2.0+p2'],
      ],
      { in: ['2.0', '2.0+p1'], out: ['2.0+p2', '2.0+p3', '2.1'] },
    ],
    [
      'PEP 440: since ever includes dev releases of nothing',
      'PyPI',
      [
        ['introduced', '0'],
        ['fixed', '0.1'],
      ],
      { in: ['0.dev0', '0', '0.1.dev3'], out: ['0.1'] },
    ],
  ])('%s (%s)', (_title, ecosystem, events, expected) => {
    const record = osvRecord('GHSA-xxxx-xxxx-xxxx', [ranged(ecosystem, 'thing', events)]);
    const isAffected = (version: string): boolean => affects(record, ecosystem, 'thing', version).affected;
    expect(expected.in.filter((version) => !isAffected(version))).toEqual([]);
    expect(expected.out.filter(isAffected)).toEqual([]);
  });
});

describe('what cannot be read', () => {
  it.each<[string, Events, { where: string; received: string }]>([
    ['a fixed date', [['introduced', '0'], ['fixed', '2019-09-12']], { where: 'fixed', received: '2019-09-12' }], // prettier-ignore
    ['a broken introduction', [['introduced', 'n/a'], ['fixed', '2.0']], { where: 'introduced', received: 'n/a' }], // prettier-ignore
    ['a broken last version', [['introduced', '0'], ['last_affected', '2.9.0-NA']], { where: 'last_affected', received: '2.9.0-NA' }], // prettier-ignore
    [
      'a broken limit',
      [
        ['introduced', '0'],
        ['limit', '?'],
      ],
      { where: 'limit', received: '?' },
    ],
    ['no introduction', [['fixed', '2.0']], { where: 'event', received: 'no introduced event' }],
    ['control characters', [['introduced', '0'], ['fixed', '1\u001b[31m']], { where: 'fixed', received: '1\\u{1b}[31m' }], // prettier-ignore
  ])('%s is reported and its range covers nothing', (_title, events, malformed) => {
    const record = osvRecord('PYSEC-1', [ranged('PyPI', 'thing', events)]);
    expect(affects(record, 'PyPI', 'thing', '1.0')).toEqual({ affected: false, malformed: [malformed] });
  });

  it('leaves the other ranges and the list of the record in force', () => {
    const bad = { type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: 'soon' }] };
    const good = { type: 'ECOSYSTEM', events: [{ introduced: '3.0' }, { fixed: '3.1' }] };
    const record = osvRecord('PYSEC-1', [block('PyPI', 'thing', { ranges: [bad, good], versions: ['1.0'] })]);
    const affected = ['1.0', '2.0', '3.0', '3.1'].map((version) => affects(record, 'PyPI', 'thing', version).affected);
    expect(affected).toEqual([true, false, true, false]);
    expect(affects(record, 'PyPI', 'thing', '1.0').malformed).toEqual([{ where: 'fixed', received: 'soon' }]);
  });

  it('refuses a range with an event of an unknown kind, since that event may close it', () => {
    const record = osvRecord('PYSEC-1', [
      block('PyPI', 'thing', { ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, {}] }] }),
    ]);
    expect(affects(record, 'PyPI', 'thing', '1.0').affected).toBe(false);
    expect(affects(record, 'PyPI', 'thing', '1.0').malformed).toMatchObject([{ where: 'event' }]);
  });

  it('ignores commits and reports a range type nobody defined', () => {
    const ranges = [
      { type: 'GIT', events: [{ introduced: '0' }, { fixed: 'c0ffee' }] },
      { type: 'VIBES', events: [{ introduced: '0' }] },
    ];
    const record = osvRecord('PYSEC-1', [block('PyPI', 'thing', { ranges })]);
    expect(affects(record, 'PyPI', 'thing', '1.0')).toEqual({
      affected: false,
      malformed: [{ where: 'type', received: 'VIBES' }],
    });
  });

  it('has no opinion on a record without blocks, ranges or versions', () => {
    expect(affects({}, 'npm', 'thing', '1.0.0')).toEqual({ affected: false, malformed: [] });
    expect(affects({ affected: null }, 'npm', 'thing', '1.0.0').affected).toBe(false);
    expect(affects([block('npm', 'thing', {})], 'npm', 'thing', '1.0.0').affected).toBe(false);
  });
});

describe('listed versions', () => {
  it.each<[Ecosystem, string, string, boolean]>([
    ['PyPI', '1.0', '1.0.0', true],
    ['PyPI', '1.0-RC.1', '1.0rc1', true],
    ['PyPI', '1.0', '1.0+cpu', true],
    ['PyPI', '1.0+cpu', '1.0', false],
    ['PyPI', '0.9-doduo', '0.9-doduo', true],
    ['PyPI', '0.9-doduo', '0.9', false],
    ['npm', '1.0.0', '1.0.0+build', true],
    ['npm', '1.0.0', '1.0.0-rc', false],
    ['npm', 'banana', 'banana', true],
    ['npm', '1.0.0', 'banana', false],
  ])('%s %s says of %s: %s', (ecosystem, listed, installed, expected) => {
    const record = osvRecord('MAL-1', [block(ecosystem, 'thing', { versions: [listed] })]);
    expect(affects(record, ecosystem, 'thing', installed).affected).toBe(expected);
  });

  it('matches an unreadable installed version by no range, not even an open one', () => {
    const record = osvRecord('MAL-1', [ranged('npm', 'thing', [['introduced', '0']])]);
    expect(affects(record, 'npm', 'thing', 'banana').affected).toBe(false);
  });
});

describe('whose block it is', () => {
  const record = osvRecord('GHSA-xxxx-xxxx-xxxx', [
    ranged('PyPI', 'Zope.Interface', [['introduced', '0'], ['fixed', '2']]), // prettier-ignore
    ranged('PyPI:https://packages.example.org', 'other_thing', [['introduced', '0']]),
    ranged('npm', 'Thing', [['introduced', '0']]),
    ranged('PyPI', 'zope-interface', [['introduced', '4'], ['fixed', '5']]), // prettier-ignore
  ]);
  it.each<[Ecosystem, string, string, boolean]>([
    ['PyPI', 'zope_interface', '1.0', true],
    ['PyPI', 'ZOPE--interface', '4.5', true],
    ['PyPI', 'zope.interface', '3.0', false],
    ['PyPI', 'Other-Thing', '1.0', true],
    ['PyPI', 'thing', '1.0', false],
    ['npm', 'Thing', '1.0.0', true],
    ['npm', 'thing', '1.0.0', false],
    ['npm', 'zope.interface', '1.0.0', false],
  ])('%s %s@%s: %s', (ecosystem, name, version, expected) => {
    expect(affects(record, ecosystem, name, version).affected).toBe(expected);
  });
});
