/** What our own reading of a lock holds, whatever version it is of and whatever was written into it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { npmAudit } from '../../../../src/core/auditors/npm/index.ts';
import type { Inventory } from '../../../../src/core/model/inventory.ts';
import { answerProgram, type FakeFiles } from '../../../support/answer-program.ts';
import { lockText, project, targetWith, WEB } from './demo.ts';

function read(files: FakeFiles, target = WEB): Inventory {
  return answerProgram(npmAudit.readInventory(target), files).value;
}

function codes(inventory: Inventory): readonly string[] {
  return inventory.problems.map((problem) => problem.code);
}

const ROOT = {
  workspaces: ['packages/*'],
  dependencies: { mkdirp: '0.5.1', under: 'npm:lodash@4.17.11' },
  devDependencies: { ini: '^1.3.0' },
};
const MEMBER = { dependencies: { lodash: '4.17.20' }, devDependencies: { semver: '^7.0.0' } };
const V3 = {
  'node_modules/a': { resolved: 'packages/a', link: true },
  'node_modules/ini': { version: '1.3.8' },
  'node_modules/lodash': { version: '4.17.20', dev: true },
  'node_modules/minimist': { version: '1.2.8', dev: true, requires: {} },
  'node_modules/mkdirp': { version: '0.5.1', dependencies: { minimist: '0.0.8' } },
  'node_modules/mkdirp/node_modules/minimist': { version: '0.0.8' },
  'node_modules/semver': { version: '7.8.6' },
  'node_modules/under': { name: 'lodash', version: '4.17.11' },
  'packages/a': { version: '1.0.0', ...MEMBER },
};
const V1 = {
  a: { version: 'file:packages/a', requires: { lodash: '4.17.20', semver: '^7.0.0' } },
  ini: { version: '1.3.8', dev: true },
  lodash: { version: '4.17.20', dev: true },
  minimist: { version: '1.2.8', dev: true },
  mkdirp: { version: '0.5.1', requires: { minimist: '0.0.8' }, dependencies: { minimist: { version: '0.0.8' } } },
  semver: { version: '7.8.6' },
  under: { version: 'npm:lodash@4.17.11' },
};
const MANIFESTS = {
  'web/package.json': JSON.stringify(ROOT),
  'web/packages/a/package.json': JSON.stringify({ name: 'a', ...MEMBER }),
};
const LOCKS = {
  1: JSON.stringify({ lockfileVersion: 1, requires: true, dependencies: V1 }, null, 2),
  2: lockText(ROOT, V3, { lockfileVersion: 2, dependencies: V1 }),
  3: lockText(ROOT, V3),
};

describe('a lock', () => {
  it.each([1, 2, 3] as const)('of version %s gives the same packages, scopes and edges', (version) => {
    const inventory = read({ ...MANIFESTS, 'web/package-lock.json': LOCKS[version] });
    const rows = inventory.packages.map((entry) => [entry.id, entry.name, entry.version, entry.scope, entry.direct]);
    expect(rows).toEqual([
      ['node_modules/ini', 'ini', '1.3.8', 'dev', true],
      ['node_modules/lodash', 'lodash', '4.17.20', 'prod', true],
      ['node_modules/minimist', 'minimist', '1.2.8', 'dev', false],
      ['node_modules/mkdirp', 'mkdirp', '0.5.1', 'prod', true],
      ['node_modules/mkdirp/node_modules/minimist', 'minimist', '0.0.8', 'prod', false],
      ['node_modules/semver', 'semver', '7.8.6', 'dev', true],
      ['node_modules/under', 'lodash', '4.17.11', 'prod', true],
    ]);
    expect(inventory.packages[3]?.requires).toEqual(['node_modules/mkdirp/node_modules/minimist']);
    expect(inventory).toMatchObject({ skipped: [], problems: [], graphKnown: true });
  });

  it('names its line in the lock', () => {
    const inventory = read({ ...MANIFESTS, 'web/package-lock.json': LOCKS[3] });
    const lines = LOCKS[3].split('\n');
    for (const entry of inventory.packages) expect(lines[(entry.line ?? 0) - 1]).toContain(`"${entry.id}": {`);
  });

  it('lists the lock first and hashes every file it read', () => {
    const inventory = read({ ...MANIFESTS, 'web/package-lock.json': LOCKS[3] });
    expect(inventory.files.map((file) => file.path)).toEqual([
      'web/package-lock.json',
      'web/package.json',
      'web/packages/a/package.json',
    ]);
  });

  it('without a manifest or an entry of the project knows no scope', () => {
    const inventory = read({ 'web/package-lock.json': LOCKS[1] });
    expect(new Set(inventory.packages.map((entry) => entry.scope))).toEqual(new Set(['unknown']));
    expect(codes(inventory)).toContain('manifest-missing');
  });
});

describe('what is prod', () => {
  it.each<[string, unknown, string]>([
    ['what prod requires', { dependencies: { x: '1' } }, 'prod'],
    ['what prod may have', { optionalDependencies: { x: '1' } }, 'prod'],
    ['what prod expects beside it', { peerDependencies: { x: '1' } }, 'prod'],
    ['not what prod is developed with', { devDependencies: { x: '1' } }, 'dev'],
    ['not what nobody asks for', {}, 'dev'],
  ])('%s', (_, requests, scope) => {
    const entry = { version: '1.0.0', ...(requests as object) };
    const packages = { 'node_modules/a': entry, 'node_modules/x': { version: '1.0.0', dev: scope === 'prod' } };
    const inventory = read(project({ dependencies: { a: '1' } }, packages));
    expect(inventory.packages.map((each) => each.scope)).toEqual(['prod', scope]);
  });

  it('follows cycles to their end', () => {
    const packages = {
      'node_modules/a': { version: '1.0.0', dependencies: { b: '1' } },
      'node_modules/b': { version: '1.0.0', dependencies: { a: '1' } },
    };
    const inventory = read(project({ dependencies: { a: '1' } }, packages));
    expect(inventory.packages.map((each) => each.requires)).toEqual([['node_modules/b'], ['node_modules/a']]);
  });
});

describe('a lock that cannot be read', () => {
  const withDependency = JSON.stringify({ dependencies: { lodash: '4.17.11' } });
  it.each([
    ['empty', '', 'lock-empty'],
    ['blank', ' \n', 'lock-empty'],
    ['garbage', 'not json', 'lock-not-json'],
    ['cut off', lockText({}, {}).slice(0, -3), 'lock-not-json'],
    ['an array', '[]', 'lock-not-json'],
    ['null', 'null', 'lock-not-json'],
    ['merge conflict', '{\n<<<<<<< HEAD\n=======\n>>>>>>> other\n}', 'lock-conflict'],
    ['an empty object', '{}', 'lock-version'],
    ['version 99', JSON.stringify({ lockfileVersion: 99, packages: {} }), 'lock-version'],
    ['version as text', JSON.stringify({ lockfileVersion: '3', packages: {} }), 'lock-version'],
    ['no packages', JSON.stringify({ lockfileVersion: 3 }), 'lock-no-packages'],
    ['packages as a list', JSON.stringify({ lockfileVersion: 3, packages: [] }), 'lock-no-packages'],
    ['a hole where packages should be', JSON.stringify({ lockfileVersion: 3, packages: {} }), 'lock-stale'],
  ])('%s', (_, text, code) => {
    const inventory = read({ 'web/package.json': withDependency, 'web/package-lock.json': text });
    expect(inventory.packages).toEqual([]);
    expect(inventory.problems).toMatchObject([{ code, blocks: true, target: 'web' }]);
  });

  it.each(['missing', 'not-a-file', 'too-large', 'outside', 'unreadable'] as const)('is %s', (status) => {
    const path = 'web/package-lock.json';
    const inventory = read({ 'web/package.json': '{}', [path]: { status, path, detail: 'it is a directory' } });
    expect(inventory.problems).toMatchObject([{ blocks: true }]);
    expect(codes(inventory)).toEqual([status === 'missing' ? 'no-lockfile' : 'lock-unreadable']);
  });

  it('has a manifest that is no JSON', () => {
    const inventory = read({ 'web/package.json': '{', 'web/package-lock.json': lockText({}, {}) });
    expect(codes(inventory)).toEqual(['manifest-unreadable']);
  });

  it('has more entries than any project', () => {
    const packages = Object.fromEntries(Array.from({ length: 200_001 }, (_, index) => [`node_modules/p${index}`, 0]));
    const inventory = read({ 'web/package-lock.json': JSON.stringify({ lockfileVersion: 3, packages }) });
    expect(codes(inventory)).toEqual(['lock-too-large']);
  });

  it('makes more requests than any project', () => {
    const dependencies = Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`p${index}`, '*']));
    const rows = Array.from({ length: 500 }, (_, index) => [
      `node_modules/q${index}`,
      { version: '1.0.0', dependencies },
    ]);
    const text = JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(rows) as unknown });
    expect(codes(read({ 'web/package-lock.json': text }))).toEqual(['lock-too-large']);
  });
});

describe('what no auditor can answer for is skipped with a reason', () => {
  it.each([
    ['no version', { 'node_modules/x': {} }, 'x', 'no version'],
    ['a version that is a number', { 'node_modules/x': { version: 4 } }, 'x', 'no version'],
    ['a version that is a word', { 'node_modules/x': { version: 'banana' } }, 'x', 'no semantic version'],
    [
      'a link',
      { 'node_modules/x': { resolved: 'vendor/x', link: true }, 'vendor/x': { version: '1.0.0' } },
      'x',
      'link',
    ],
    ['a link to nothing', { 'node_modules/x': { link: true } }, 'x', 'link'],
    ['a name that would poison', { 'node_modules/x': { name: '__proto__', version: '1.0.0' } }, '__proto__', 'name'],
    ['a name that climbs', { 'node_modules/x': { name: '../../x', version: '1.0.0' } }, '../../x', 'name'],
    ['a name with control characters', { 'node_modules/x\u001b[2J': { version: '1.0.0' } }, 'x\u001b[2J', 'name'],
    ['no object', { 'node_modules/x': 'lodash' }, 'node_modules/x', 'cannot be read'],
    ['nested too deep', { ['node_modules/x/'.repeat(70)]: {} }, 'node_modules/x/'.repeat(70), 'cannot be read'],
  ])('%s', (_, packages, name, reason) => {
    const inventory = read(project({}, packages));
    expect(inventory.packages).toEqual([]);
    expect(inventory.skipped).toMatchObject([{ name, reason: expect.stringContaining(reason) as string }]);
    expect(codes(inventory)).toEqual(['package-skipped']);
  });

  it('a key that is __proto__ is an entry like any other', () => {
    const text = '{"lockfileVersion":3,"packages":{"":{},"__proto__":{"version":"1.0.0"}}}';
    expect(read({ 'web/package.json': '{}', 'web/package-lock.json': text }).skipped).toHaveLength(1);
  });

  it('a version 1 lock nested deeper than any tree', () => {
    let dependencies: unknown = {};
    for (let depth = 0; depth < 500; depth++) dependencies = { x: { version: '1.0.0', dependencies } };
    const text = JSON.stringify({ lockfileVersion: 1, dependencies });
    const inventory = read({ 'web/package.json': '{"dependencies":{"x":"1"}}', 'web/package-lock.json': text });
    expect(inventory.packages).toHaveLength(64);
    expect(inventory.skipped).toHaveLength(1);
  });

  it.each([
    ['a tarball', { version: 'https://files.example/x-1.2.3.tgz' }, 1],
    ['a tarball that does not say its version', { version: 'https://files.example/main.tgz' }, 0],
    ['a repository', { version: 'git+https://git.example/x.git#abc' }, 0],
    ['a folder', { version: 'file:vendor/x' }, 0],
    ['an alias', { version: 'npm:lodash@4.17.11' }, 1],
  ])('version 1: %s', (_, entry, packages) => {
    const files = {
      'web/package.json': '{"dependencies":{"x":"*"}}',
      'web/package-lock.json': JSON.stringify({ lockfileVersion: 1, dependencies: { x: entry } }),
    };
    const inventory = read(files);
    expect(inventory.packages).toHaveLength(packages);
    expect(inventory.skipped).toHaveLength(1 - packages);
  });

  it('version 1: a name that claims the place of another entry', () => {
    const a = { version: '1.0.0', dependencies: { b: { version: '1.0.0' } } };
    const dependencies = { a, 'a/node_modules/b': { version: '2.0.0' } };
    const files = {
      'web/package.json': '{"dependencies":{"a":"*"}}',
      'web/package-lock.json': JSON.stringify({ lockfileVersion: 1, dependencies }),
    };
    expect(read(files).skipped).toMatchObject([{ name: 'node_modules/a/node_modules/b' }]);
  });

  it('tells of many in few words', () => {
    const packages = Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`node_modules/p${index}`, {}]));
    const inventory = read(project({}, packages));
    expect(inventory.skipped).toHaveLength(99);
    expect(inventory.problems).toHaveLength(21);
    expect(inventory.problems.at(-1)?.message).toBe('79 more packages were not audited.');
  });

  it.each(['yarn-lock', 'pnpm-lock', 'bun-lock'] as const)('a %s beside the lock', (kind) => {
    const inventory = read(project({}, {}), targetWith('package-json', 'package-lock', kind));
    expect(inventory.skipped).toMatchObject([{ reason: expect.stringContaining('beside') as string }]);
  });

  it.each([
    ['differs', lockText({}, { 'node_modules/x': { version: '1.0.0' } }), 1],
    ['is the same', lockText({}, {}), 0],
  ])('a package-lock behind a shrinkwrap: it %s', (_, packageLock, skipped) => {
    const files = {
      'web/package.json': '{}',
      'web/npm-shrinkwrap.json': lockText({}, {}),
      'web/package-lock.json': packageLock,
    };
    const inventory = read(files, targetWith('package-json', 'npm-shrinkwrap', 'package-lock'));
    expect(inventory.files[0]?.path).toBe('web/npm-shrinkwrap.json');
    expect(inventory.packages).toEqual([]);
    expect(inventory.skipped).toHaveLength(skipped);
  });
});

describe('any lock at all', () => {
  const location = fc.oneof(
    fc.constantFrom('', 'node_modules/a', 'node_modules/a/node_modules/b', 'packages/a', '../x', '__proto__'),
    fc.string(),
  );
  const entry = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        version: fc.oneof(fc.constantFrom('1.0.0', 'banana'), fc.jsonValue()),
        name: fc.oneof(fc.constantFrom('a', '__proto__'), fc.jsonValue()),
        link: fc.boolean(),
        resolved: fc.constantFrom('packages/a', '', 'x'),
        dependencies: fc.oneof(fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.constant('*')), fc.jsonValue()),
      },
      { requiredKeys: [] },
    ),
  );

  it('is read without a throw, and every entry ends in one bin', () => {
    fc.assert(
      fc.property(fc.dictionary(location, entry), fc.constantFrom(1, 2, 3), (packages, lockfileVersion) => {
        const document = { lockfileVersion, packages, dependencies: packages };
        const inventory = read({ 'web/package.json': '{}', 'web/package-lock.json': JSON.stringify(document) });
        const ids = inventory.packages.map((each) => each.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect([...ids].sort()).toEqual(ids);
        for (const each of inventory.packages) expect(ids).toEqual(expect.arrayContaining([...each.requires]));
      }),
      { numRuns: 200 },
    );
  });
});
