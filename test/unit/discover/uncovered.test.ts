/** What no auditor covers is named, once an ecosystem, and never taken for something to audit. */
import { describe, expect, it } from 'vitest';
import { discover, type Discovery } from '../../../src/core/discover/discover.ts';
import { isManifestPath, sourceKindOf } from '../../../src/core/discover/source-kinds.ts';
import { describeUncovered } from '../../../src/core/discover/uncovered.ts';
import type { FileEntry } from '../../../src/core/model/file.ts';
import { answerProgram } from '../../support/answer-program.ts';

const files = (...paths: readonly string[]): readonly FileEntry[] => paths.map((path) => ({ path, kind: 'file' }));
const messagesOf = (entries: readonly FileEntry[]): readonly string[] =>
  describeUncovered(entries).map(({ message }) => message);
const discoverIn = (entries: readonly FileEntry[]): Discovery =>
  answerProgram(discover({ entries, problems: [] }), {}).value;

describe('describeUncovered', () => {
  it.each([
    ['Go', 'go.sum'],
    ['Go', 'go.mod'],
    ['Ruby', 'Gemfile.lock'],
    ['Rust', 'Cargo.lock'],
    ['PHP', 'composer.lock'],
    ['Maven', 'pom.xml'],
    ['Gradle', 'build.gradle.kts'],
    ['Gradle', 'gradle.lockfile'],
    ['.NET', 'packages.lock.json'],
    ['.NET', 'Shop.Api.csproj'],
    ['Elixir', 'mix.lock'],
    ['Dart', 'pubspec.lock'],
    ['Swift', 'Package.resolved'],
    ['C and C++', 'conan.lock'],
    ['Deno', 'deno.lock'],
  ])('names %s for %s', (ecosystem, file) => {
    expect(describeUncovered(files(`api/${file}`))).toEqual([
      {
        target: null,
        code: 'not-covered',
        message: `Nobody looked at ${ecosystem} in api: no auditor reads ${file}.`,
        mend: expect.stringContaining('Audit it by other means') as string,
        blocks: false,
      },
    ]);
  });

  it('tells each ecosystem once, each folder once, and what states it', () => {
    expect(messagesOf(files('api/go.mod', 'api/go.sum', 'go.mod', 'tools/Cargo.toml', 'web/go.sum'))).toEqual([
      'Nobody looked at Go in the root folder, api and web: no auditor reads go.mod and go.sum.',
      'Nobody looked at Rust in tools: no auditor reads Cargo.toml.',
    ]);
  });

  it('leaves members of what is named to it, unless they have a lock of their own', () => {
    const crates = files(
      'core/Cargo.lock',
      'core/Cargo.toml',
      'core/a/Cargo.toml',
      'core/b/c/Cargo.toml',
      'x/Cargo.toml',
    );
    expect(messagesOf(crates)).toEqual([
      'Nobody looked at Rust in core and x: no auditor reads Cargo.lock and Cargo.toml.',
    ]);
    expect(messagesOf([...crates, ...files('core/b/Cargo.lock')])[0]).toContain('in core, core/b and x:');
  });

  it('counts what it does not name', () => {
    const many = files(
      ...Array.from({ length: 5000 }, (_, index) => `services/s${String(index).padStart(4, '0')}/go.sum`),
    );
    const [message = ''] = messagesOf(many);
    expect(message).toMatch(/^Nobody looked at Go in services\/s0000, .*services\/s0019 and 4980 more: no auditor/);
    const projects = files(...Array.from({ length: 3000 }, (_, index) => `P${String(index).padStart(4, '0')}.csproj`));
    expect(messagesOf(projects)[0]).toMatch(/P0004\.csproj and 2995 more\.$/);
  });

  it('says nothing of what is excluded, is a folder, or leads out of the repository', () => {
    const entries: readonly FileEntry[] = [
      { path: 'a/go.sum', kind: 'directory' },
      { path: 'b/go.sum', kind: 'link-outside' },
      { path: 'c/go.sum', kind: 'other' },
      { path: 'vendor/x/go.sum', kind: 'file', excludedBy: 'vendor/', excludedAt: 'vendor' },
    ];
    expect(describeUncovered(entries)).toEqual([]);
  });

  it('shows no control character of a folder', () => {
    expect(messagesOf(files('a\u001b[2J\nb/go.sum'))[0]).toContain('in a\\u{1b}[2J b:');
  });
});

describe('discover', () => {
  it('is not kept from auditing what it can, and takes nothing else for a target', () => {
    const lock = { path: 'web/package-lock.json', kind: 'file' } as const;
    const found = discoverIn([...files('api/go.sum'), lock]);
    expect(found.targets.map(({ path }) => path)).toEqual(['web']);
    expect(found.setAside).toEqual([]);
    expect(found.problems).toMatchObject([{ code: 'not-covered', blocks: false }]);
  });

  it.each(['go.sum.bak', 'mygo.mod', 'csproj', '.csproj', 'docs/gemfile.md', 'pom.xml.tmpl'])(
    'does not care about %s',
    (path) => {
      expect(isManifestPath(path)).toBe(false);
    },
  );

  it.each(['go.sum', 'a/B.csproj', 'Gemfile'])('lists %s and knows that nobody reads it', (path) => {
    expect(isManifestPath(path)).toBe(true);
    expect(sourceKindOf(path)).toBeNull();
  });
});
