/** Which of npm's statements become findings, and on which entries of the lock they are placed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeAdvisories } from '../../../../src/core/auditors/npm/findings.ts';
import { type NpmAdvisory, readNpmDocument } from '../../../../src/core/auditors/npm/npm-report.ts';
import type { Inventory } from '../../../../src/core/model/inventory.ts';

function inventoryOf(...entries: readonly (readonly [name: string, version: string])[]): Inventory {
  const packages = entries.map(([name, version]) => ({
    id: `${name}@${version}`,
    name,
    version,
    scope: 'prod' as const,
    direct: true,
    requires: [],
    source: 'package-lock.json',
  }));
  return { packages, skipped: [], problems: [], files: [], graphKnown: true };
}

const INVENTORY = inventoryOf(['ajv', '6.12.2'], ['ajv', '6.12.6'], ['ajv', '8.0.0-beta.1'], ['ms', '2.1.3']);

const AJV: NpmAdvisory = {
  package: 'ajv',
  source: '1097685',
  title: 'Prototype pollution',
  url: 'https://github.com/advisories/GHSA-v88g-cgmw-v5xw',
  severity: 'moderate',
  score: 5.6,
  vector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:L',
  range: '<6.12.3',
  nodes: ['ajv@6.12.2'],
  ids: [],
  fixedIn: [],
};

function place(...advisories: readonly Partial<NpmAdvisory>[]): ReturnType<typeof placeAdvisories> {
  return placeAdvisories(
    advisories.map((change) => ({ ...AJV, ...change })),
    INVENTORY,
    (node) => [node],
    'npm-audit',
  );
}

function without(...keys: readonly (keyof NpmAdvisory)[]): NpmAdvisory {
  return Object.fromEntries(Object.entries(AJV).filter(([key]) => !keys.includes(key as keyof NpmAdvisory))) as never;
}

describe('which entries an advisory affects', () => {
  it.each<[string, Partial<NpmAdvisory>, readonly string[]]>([
    ['its own range', {}, ['ajv@6.12.2']],
    ['prereleases count', { range: '>=7.0.0 <8.0.0' }, ['ajv@8.0.0-beta.1']],
    ['loose ranges are read', { range: '< v6.12.3' }, ['ajv@6.12.2']],
    ['a range nobody can read: what npm lists', { range: '>>>x', nodes: ['ajv@6.12.6'] }, ['ajv@6.12.6']],
    [
      'a range nobody can read, nothing listed: all',
      { range: '>>>x', nodes: [] },
      ['ajv@6.12.2', 'ajv@6.12.6', 'ajv@8.0.0-beta.1'],
    ],
    ['a range that fits nothing here: what npm lists', { range: '<1.0.0' }, ['ajv@6.12.2']],
  ])('%s', (_, change, affects) => {
    expect(place(change).reported).toMatchObject([{ affects }]);
  });

  it('without a range, every version', () => {
    const { reported } = placeAdvisories([without('range')], INVENTORY, () => [], 'npm-audit');
    expect(reported[0]?.affects).toHaveLength(3);
  });

  it.each<[string, Partial<NpmAdvisory>]>([
    ['of a package that is not there', { package: 'lodash' }],
    ['that fits nothing and lists nothing', { range: '<1.0.0', nodes: [] }],
    ['that lists a node of another package', { range: '<1.0.0', nodes: ['ms@2.1.3'] }],
  ])('an advisory %s is unplaced, not lost', (_, change) => {
    const { reported, unplaced } = place(change);
    expect(reported).toEqual([]);
    expect(unplaced).toHaveLength(1);
  });
});

describe('what a flaw is called', () => {
  it.each<[string, NpmAdvisory, readonly string[]]>([
    ['GHSA of the address', AJV, ['GHSA-v88g-cgmw-v5xw']],
    [
      'whatever host it is on',
      { ...AJV, url: 'https://mirror.example/x/ghsa-V88G-cgmw-v5xw?x=1' },
      ['GHSA-v88g-cgmw-v5xw'],
    ],
    ["npm's number otherwise", { ...AJV, url: 'https://mirror.example/x' }, ['npm:1097685']],
    ["npm's number without an address", without('url'), ['npm:1097685']],
    ['its title without either', without('url', 'source'), ['npm:Prototype pollution']],
  ])('%s', (_, advisory, ids) => {
    expect(placeAdvisories([advisory], INVENTORY, () => [], 'npm-audit').reported).toMatchObject([{ ids }]);
  });

  it('one GHSA under several numbers is one report over all its ranges', () => {
    const { reported } = place({}, { source: '1097686', range: '>=6.12.5 <6.12.7', severity: 'critical' });
    expect(reported).toMatchObject([
      { affects: ['ajv@6.12.2', 'ajv@6.12.6'], range: '<6.12.3 || >=6.12.5 <6.12.7', severity: { level: 'critical' } },
    ]);
  });

  it('does not depend on the order of the answer', () => {
    const some = [{}, { source: '2', range: '*', severity: 'low' }, { url: 'x', source: '3' }, { package: 'ms' }];
    fc.assert(
      fc.property(fc.shuffledSubarray(some, { minLength: some.length }), (shuffled) => {
        expect(place(...shuffled).reported).toEqual(place(...some).reported);
      }),
    );
  });
});

describe('what is said of it', () => {
  it.each([
    ['critical', 'critical'],
    ['high', 'high'],
    ['moderate', 'medium'],
    ['low', 'low'],
    ['info', 'low'],
  ])('%s → %s', (severity, level) => {
    expect(place({ severity }).reported).toMatchObject([{ severity: { from: 'tool', by: 'npm-audit', level } }]);
  });

  it.each(['dire', 'CRITICAL ', '__proto__'])('%j is no statement', (severity) => {
    expect(place({ severity }).reported[0]).not.toHaveProperty('severity');
  });

  it.each([
    [0, undefined],
    [-1, undefined],
    [11, undefined],
    [Number.NaN, undefined],
    [9.8, 9.8],
  ])('a score of %s stands as %s', (score, stands) => {
    expect(place({ score }).reported[0]?.severity?.score).toBe(stands);
  });

  it.each(['javascript:alert(1)', 'https://x.example/"onload=', 'file:///etc/passwd'])('%s is no address', (url) => {
    expect(place({ url }).reported[0]).not.toHaveProperty('url');
  });

  it('shows no control character of a title, and not all of a long one', () => {
    const summary = place({ title: `\u001b[31m\u202e${'x'.repeat(9999)}` }).reported[0]?.summary ?? '';
    expect(summary).toMatch(/^\\u\{1b\}\[31m\\u\{202e\}x+…$/);
    expect(summary.length).toBeLessThanOrEqual(500);
  });
});

describe('what of a report is believed', () => {
  const entry = {
    name: 'ajv',
    severity: 'low',
    isDirect: true,
    via: [
      'ms',
      { source: 1, title: 'T', url: 'u', severity: null, cvss: { score: 0, vectorString: null }, range: '<1' },
    ],
    effects: ['loop'],
    range: '',
    nodes: ['node_modules/ajv'],
    fixAvailable: { name: 'other', version: '0.0.1', isSemVerMajor: true },
  };

  it('only `via` objects, each with the nodes of its package', () => {
    const document = { auditReportVersion: 2, vulnerabilities: { ajv: entry, loop: { ...entry, via: ['ajv'] } } };
    expect(readNpmDocument(document)).toEqual({
      kind: 'report',
      advisories: [
        {
          package: 'ajv',
          source: '1',
          title: 'T',
          url: 'u',
          score: 0,
          range: '<1',
          nodes: ['node_modules/ajv'],
          ids: [],
          fixedIn: [],
        },
      ],
    });
  });

  it('any JSON at all is read without a throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(readNpmDocument(value).kind).not.toBe('report');
      }),
    );
  });
});
