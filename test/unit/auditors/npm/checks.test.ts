/** What a canary cannot see: a lock out of step with its manifest, or at odds with itself. */
import { describe, expect, it } from 'vitest';
import { npmAudit } from '../../../../src/core/auditors/npm/index.ts';
import type { Problem } from '../../../../src/core/model/problem.ts';
import { answerProgram, type FakeFiles } from '../../../support/answer-program.ts';
import { lockText, project, type Entries, WEB } from './demo.ts';

function problems(files: FakeFiles, members?: readonly string[]): readonly Problem[] {
  const target = members === undefined ? WEB : { ...WEB, members };
  return answerProgram(npmAudit.readInventory(target), files).value.problems;
}

function inStep(manifest: Entries, root: Entries, packages: Entries): readonly string[] {
  const files = { 'web/package.json': JSON.stringify(manifest), 'web/package-lock.json': lockText(root, packages) };
  return problems(files)
    .filter((problem) => problem.blocks)
    .map((problem) => problem.code);
}

const A = { 'node_modules/a': { version: '1.2.3' } };

describe('a lock and its manifest', () => {
  it.each<[string, Entries, Entries, Entries]>([
    ['are equal', { dependencies: { a: '^1.0.0' } }, { dependencies: { a: '^1.0.0' } }, A],
    ['spell a folder differently', { dependencies: { a: 'file:./a' } }, { dependencies: { a: 'file:a' } }, A],
    ['ask by tag', { dependencies: { a: 'latest' } }, { dependencies: { a: 'latest' } }, A],
    [
      'ask by alias',
      { dependencies: { b: 'npm:a@1' } },
      { dependencies: { b: 'npm:a@1' } },
      { 'node_modules/b': { name: 'a', version: '1.2.3' } },
    ],
    ['leave a peer out', { peerDependencies: { a: '1' } }, { peerDependencies: { a: '1' } }, {}],
    [
      'say optional twice',
      { dependencies: { a: '1' }, optionalDependencies: { a: '1' } },
      { optionalDependencies: { a: '1' } },
      A,
    ],
    ['override it', { dependencies: { a: '^1.0.0' }, overrides: { a: '1.2.3' } }, { dependencies: { a: '^1.0.0' } }, A],
    ['override by reference', { dependencies: { a: '1' }, overrides: { a: '$a' } }, { dependencies: { a: '1' } }, A],
  ])('in step: %s', (_, manifest, root, packages) => {
    expect(inStep(manifest, root, packages)).toEqual([]);
  });

  it.each<[string, Entries, Entries, Entries]>([
    ['the manifest asks for one more', { dependencies: { a: '1', b: '1' } }, { dependencies: { a: '1' } }, A],
    ['the manifest asks for one less', {}, { dependencies: { a: '1' } }, A],
    ['another range', { dependencies: { a: '^2.0.0' } }, { dependencies: { a: '^1.0.0' } }, A],
    ['another kind', { devDependencies: { a: '1' } }, { dependencies: { a: '1' } }, A],
    ['no entry', { dependencies: { a: '1' } }, { dependencies: { a: '1' } }, {}],
    ['no entry of an optional one', { optionalDependencies: { a: '1' } }, { optionalDependencies: { a: '1' } }, {}],
    ['an entry out of range', { dependencies: { a: '^2.0.0' } }, { dependencies: { a: '^2.0.0' } }, A],
    ['an alias of another', { dependencies: { a: 'npm:b@1' } }, { dependencies: { a: 'npm:b@1' } }, A],
    ['an override not kept', { dependencies: { a: '1' }, overrides: { a: '1.2.4' } }, { dependencies: { a: '1' } }, A],
    [
      'an override against itself',
      { dependencies: { a: '^2.0.0' }, overrides: { a: '1.2.3' } },
      { dependencies: { a: '^2.0.0' } },
      A,
    ],
    ['other workspaces', { workspaces: ['b/*'] }, { workspaces: ['a/*'] }, {}],
  ])('out of step: %s', (_, manifest, root, packages) => {
    expect(inStep(manifest, root, packages)).toEqual(['lock-stale']);
  });

  it.each([
    ['lodash 4.17.11 asked for, 4.17.21 locked', { lodash: '4.17.11' }, ['lock-stale']],
    ['not locked at all', { lodash: '4.17.21', left: '*' }, ['lock-stale']],
    ['in range', { lodash: '^4.17.0' }, []],
  ])('version 1: %s', (_, dependencies, codes) => {
    const found = problems({
      'web/package.json': JSON.stringify({ dependencies }),
      'web/package-lock.json': JSON.stringify({ lockfileVersion: 1, dependencies: { lodash: { version: '4.17.21' } } }),
    });
    expect(found.map((problem) => problem.code)).toEqual(codes);
  });

  it("compares a workspace member's own manifest", () => {
    const root = { workspaces: ['packages/*'] };
    const packages = { 'packages/a': { version: '1.0.0' }, 'node_modules/a': { resolved: 'packages/a', link: true } };
    const manifest = JSON.stringify({ name: 'a', dependencies: { lodash: '1' } });
    const found = problems({ ...project(root, packages), 'web/packages/a/package.json': manifest });
    expect(found).toMatchObject([{ code: 'lock-stale', message: expect.stringContaining('packages/a: ') as string }]);
  });
});

describe('a member of the workspace', () => {
  const packages = { 'packages/a': { version: '1.0.0' }, 'node_modules/a': { resolved: 'packages/a', link: true } };
  const files = project({ workspaces: ['packages/*'] }, packages);

  it.each([
    ['is in the lock', ['web/packages/a'], []],
    ['came after the lock', ['web/packages/a', 'web/packages/new'], ['lock-stale']],
  ])('%s', (_, members, codes) => {
    const found = problems(files, members);
    expect(found.map(({ code }) => code)).toEqual(codes);
    expect(found.every(({ message }) => message.includes('packages/new is a member'))).toBe(true);
  });
});

describe('what a package of the lock needs', () => {
  const root = { dependencies: { a: '1.0.0' } };
  const needing = (fields: Entries): Entries => ({ 'node_modules/a': { version: '1.0.0', ...fields } });

  it.each<[string, Entries]>([
    ['is missing', needing({ dependencies: { b: '1' } })],
    [
      'is installed where Node does not look',
      { ...needing({ dependencies: { b: '1' } }), 'node_modules/c/node_modules/b': { version: '1.0.0' } },
    ],
    ['is missing beside what is bundled', needing({ dependencies: { b: '1', c: '1' }, bundleDependencies: ['c'] })],
    ['is missing, and nobody around it bundles anything', needing({ dependencies: { b: '1' }, inBundle: true })],
  ])('%s: the lock is stale', (_, packages) => {
    const found = problems(project(root, packages)).filter(({ blocks }) => blocks);
    expect(found).toMatchObject([
      { code: 'lock-stale', message: expect.stringContaining('a@1.0.0 needs b, which') as string },
    ]);
  });

  it.each<[string, Entries]>([
    ['lies beside it', { ...needing({ dependencies: { b: '1' } }), 'node_modules/b': { version: '1.0.0' } }],
    ['is welcome, not needed', needing({ optionalDependencies: { b: '1' }, peerDependencies: { c: '1' } })],
    ['is said to be optional too', needing({ dependencies: { b: '1' }, optionalDependencies: { b: '1' } })],
    ['is bundled', needing({ dependencies: { b: '1' }, bundleDependencies: ['b'] })],
    ['is bundled with all the rest', needing({ dependencies: { b: '1' }, bundleDependencies: true })],
    [
      'is needed by what came in a bundle',
      {
        ...needing({ dependencies: { c: '1' }, bundleDependencies: ['c'] }),
        'node_modules/a/node_modules/c': { version: '1.0.0', dependencies: { b: '1' }, inBundle: true },
      },
    ],
    ['has no name', needing({ dependencies: { '': '1' } })],
  ])('%s: the lock is in step', (_, packages) => {
    expect(inStep(root, root, packages)).toEqual([]);
  });

  // Version 1 does not tell what is needed from what is welcome, so that somebody may have to accept it.
  it('is skipped where a lock of version 1 has no entry of it', () => {
    const lock = { lockfileVersion: 1, dependencies: { a: { version: '1.0.0', requires: { b: '1' } } } };
    const files = { 'web/package.json': JSON.stringify(root), 'web/package-lock.json': JSON.stringify(lock) };
    expect(answerProgram(npmAudit.readInventory(WEB), files).value.skipped).toEqual([
      { name: 'b', reason: 'a@1.0.0 asks for it, and the lock has no entry of it' },
    ]);
  });
});

describe('what a package of the lock gets', () => {
  const root = { dependencies: { a: '1.0.0' } };
  const getting = (fields: Entries, version: string, at = 'node_modules/b'): Entries => ({
    'node_modules/a': { version: '1.0.0', ...fields },
    [at]: { version },
  });

  it.each<[string, Entries]>([
    ['another version than it needs', getting({ dependencies: { b: '1.2.0' } }, '1.2.8')],
    ['another version than it welcomes', getting({ optionalDependencies: { b: '^1' } }, '2.0.0')],
    ['another package than it needs', getting({ dependencies: { b: 'npm:c@1' } }, '1.0.0')],
  ])('is %s: the lock is stale', (_, packages) => {
    const found = problems(project(root, packages)).filter(({ blocks }) => blocks);
    expect(found).toMatchObject([
      { code: 'lock-stale', message: expect.stringContaining('a@1.0.0: b is asked for as') as string },
    ]);
  });

  const misfit = getting({ dependencies: { b: '1' } }, '2.0.0');
  it.each<[string, Entries, Entries]>([
    ['a version in range', {}, getting({ dependencies: { b: '^1' } }, '1.2.8')],
    ['a prerelease where anything will do', {}, getting({ dependencies: { b: '*' } }, '1.0.0-rc.1')],
    ['a tag', {}, getting({ dependencies: { b: 'latest' } }, '1.0.0')],
    ['a peer it does not fit', {}, getting({ peerDependencies: { b: '1' } }, '2.0.0')],
    ['what is overridden', { overrides: { b: '2.0.0' } }, misfit],
    ['what is overridden for it', { overrides: { a: { 'b@^1': '2.0.0' } } }, misfit],
    ['what it bundles', {}, getting({ dependencies: { b: '1' }, bundleDependencies: ['b'] }, '2.0.0')],
    [
      'what its own shrinkwrap decided',
      {},
      getting({ dependencies: { b: '1' }, hasShrinkwrap: true }, '2.0.0', 'node_modules/a/node_modules/b'),
    ],
  ])('may be %s', (_, manifest, packages) => {
    expect(inStep({ ...root, ...manifest }, root, packages)).toEqual([]);
  });

  it('is not held against a manifest that nobody has', () => {
    const files = { 'web/package-lock.json': lockText(root, misfit) };
    expect(problems(files).filter(({ code }) => code === 'lock-stale')).toEqual([]);
  });
});

describe("a member's request that the project overrides", () => {
  const packages = {
    'packages/a': { version: '1.0.0', dependencies: { lodash: '^3.0.0' } },
    'node_modules/a': { resolved: 'packages/a', link: true },
    'node_modules/lodash': { version: '4.17.21' },
  };
  const manifest = JSON.stringify({ name: 'a', dependencies: { lodash: '^3.0.0' } });
  it.each<[string, Entries, number]>([
    ['is fulfilled by the override', { overrides: { lodash: '4.17.21' } }, 0],
    ['is not without one', {}, 1],
  ])('%s', (_, overrides, count) => {
    const files = project({ workspaces: ['packages/*'], ...overrides }, packages);
    const found = problems({ ...files, 'web/packages/a/package.json': manifest });
    expect(found.filter((problem) => problem.code === 'lock-stale')).toHaveLength(count);
  });
});

describe('a lock that contradicts itself', () => {
  const address = (path: string): string => `https://registry.example/${path}`;
  it.each<[string, string, Entries, readonly string[]]>([
    ['agrees', 'lodash', { version: '4.17.21', resolved: address('lodash/-/lodash-4.17.21.tgz') }, []],
    [
      'agrees below a path',
      'lodash',
      { version: '4.17.21', resolved: address('npm/feed/lodash/-/lodash-4.17.21.tgz') },
      [],
    ],
    ['agrees with a scope', '@s/p', { version: '1.0.0', resolved: address('@s/p/-/p-1.0.0.tgz') }, []],
    ['agrees with a scope repeated', '@s/p', { version: '1.0.0', resolved: address('@s/p/-/@s/p-1.0.0.tgz') }, []],
    ['agrees with a scope encoded', '@s/p', { version: '1.0.0', resolved: address('@s%2fp/-/p-1.0.0.tgz') }, []],
    ['agrees but for the build', 'p', { version: '1.0.0+build', resolved: address('p/-/p-1.0.0.tgz') }, []],
    ['agrees without a number', '@s/p', { version: '1.0.0', resolved: address('download/@s/p/1.0.0/0a1b2c') }, []],
    [
      'fetches an older one',
      'lodash',
      { version: '4.17.21', resolved: address('lodash/-/lodash-4.17.11.tgz') },
      ['lock-suspect'],
    ],
    [
      'fetches another one',
      'lodash',
      { version: '4.17.21', resolved: address('evil/-/evil-4.17.21.tgz') },
      ['lock-suspect'],
    ],
    ['fetches another scope', '@s/p', { version: '1.0.0', resolved: address('@t/p/-/p-1.0.0.tgz') }, ['lock-suspect']],
    [
      'fetches an older one from elsewhere',
      'p',
      { version: '1.0.1', resolved: 'https://files.example/p-1.0.0.tgz' },
      ['lock-suspect'],
    ],
    ['says it is another', 'lodash', { name: 'totally-safe', version: '4.17.21' }, ['lock-suspect']],
  ])('%s', (_, name, entry, codes) => {
    const version = entry['version'] as string;
    const root = { dependencies: { [name]: version } };
    expect(inStep(root, root, { [`node_modules/${name}`]: entry })).toEqual(codes);
  });

  it.each([
    ['agrees', { lodash: { version: '4.17.21' } }, 0],
    ['tells old npm another version', { lodash: { version: '4.17.11' } }, 1],
    ['tells old npm of one more', { lodash: { version: '4.17.21' }, evil: { version: '1.0.0' } }, 1],
    ['tells old npm an alias of another', { lodash: { version: 'npm:evil@4.17.21' } }, 1],
  ])('version 2: it %s', (_, dependencies, suspects) => {
    const root = { dependencies: { lodash: '4.17.21' } };
    const packages = { 'node_modules/lodash': { version: '4.17.21' } };
    const found = problems(project(root, packages, { lockfileVersion: 2, dependencies }));
    expect(found.filter((problem) => problem.code === 'lock-suspect')).toHaveLength(suspects);
  });

  it.each([
    ['git+https://git.example/a.git', 'git+https://git.example/a.git#0123'],
    ['https://files.example/a.tgz', 'https://files.example/a.tgz'],
  ])('names what comes from no registry, without standing in its way: %s', (asked, resolved) => {
    const root = { dependencies: { a: asked } };
    expect(problems(project(root, { 'node_modules/a': { version: '1.0.0', resolved } }))).toMatchObject([
      { code: 'lock-not-from-registry', blocks: false },
    ]);
  });
});
