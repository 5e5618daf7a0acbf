/** Locks of yarn, pnpm and bun: real ones made by each tool from one project, and every way such a file can be bad. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { npmReader } from '../../../../src/core/auditors/npm/reader.ts';
import type { AuditSettings } from '../../../../src/core/model/auditor.ts';
import type { FileRead } from '../../../../src/core/model/file.ts';
import type { SourceKind, Target } from '../../../../src/core/model/target.ts';
import { answerProgram, type FakeFiles } from '../../../support/answer-program.ts';

/** The project all fixtures were made from, with the versions of each tool named in the file. */
const MANIFEST = {
  name: 'app',
  version: '1.0.0',
  dependencies: { lodash: '^4.17.15', under: 'npm:lodash@4.17.11', 'react-dom': '18.2.0' },
  devDependencies: { minimist: '0.0.8' },
};
const MEMBER = { name: 'a', version: '1.0.0', dependencies: { minimist: '1.2.0', react: '18.2.0' } };
const WORKSPACE = { ...MANIFEST, workspaces: ['packages/*'] };

const SETTINGS: AuditSettings = {
  knownRegistries: [],
  acceptedUnaudited: [],
  timeoutMs: 1,
  maxOutputBytes: 1,
  attempts: 1,
};

function fixture(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../../fixtures/locks', name), 'utf8');
}

type Kind = readonly [file: string, kind: SourceKind];
const YARN: Kind = ['yarn.lock', 'yarn-lock'];
const PNPM: Kind = ['pnpm-lock.yaml', 'pnpm-lock'];
const BUN: Kind = ['bun.lock', 'bun-lock'];

function read(
  [file, kind]: Kind,
  lock: string | FileRead,
  files: FakeFiles = {},
  members?: readonly string[],
  idleMembers?: readonly string[],
) {
  const target: Target = {
    ...{ path: '.', ecosystem: 'npm', sources: [{ path: file, kind }] },
    ...(members && { members }),
    ...(idleMembers && { idleMembers }),
  };
  return answerProgram(npmReader.readInstalled(target, SETTINGS), { [file]: lock, ...files }).value;
}

const project = (manifest: object = MANIFEST, member?: object): FakeFiles => ({
  'package.json': JSON.stringify(manifest),
  ...(member === undefined ? {} : { 'packages/a/package.json': JSON.stringify(member) }),
});

/** `name@version scope`, with `!` for what a project asks for itself. */
function described({ inventory }: ReturnType<typeof read>): readonly string[] {
  return inventory.packages.map(({ id, scope, direct }) => `${id} ${scope}${direct ? '!' : ''}`);
}

const COMMON = ['js-tokens@4.0.0 prod', 'lodash@4.17.11 prod!', 'lodash@4.18.1 prod!', 'loose-envify@1.4.0 prod'];
const ALONE = [...COMMON, 'minimist@0.0.8 dev!', 'react-dom@18.2.0 prod!', 'scheduler@0.23.2 prod'];
const WITH_PEER = [...COMMON, 'minimist@0.0.8 dev!', 'react-dom@18.2.0 prod!', 'react@18.3.1 prod', 'scheduler@0.23.2 prod']; // prettier-ignore
const TOGETHER = [...COMMON, 'minimist@0.0.8 dev!', 'minimist@1.2.0 prod!', 'react-dom@18.2.0 prod!', 'react@18.2.0 prod!', 'scheduler@0.23.2 prod']; // prettier-ignore

describe('a real lock', () => {
  it.each<[string, Kind, string, FakeFiles, readonly string[]]>([
    ['of yarn 4', YARN, 'yarn-berry.lock', project(WORKSPACE, MEMBER), TOGETHER],
    ['of pnpm 7', PNPM, 'pnpm-7.yaml', project(), ALONE],
    ['of pnpm 8', PNPM, 'pnpm-8.yaml', project(), WITH_PEER],
    ['of pnpm 9', PNPM, 'pnpm-9.yaml', project(), WITH_PEER],
    ['of bun', BUN, 'bun.lock', project(WORKSPACE, MEMBER), TOGETHER],
  ])('%s is read whole, aliases by their real names', (_title, kind, file, files, expected) => {
    const reading = read(kind, fixture(file), files);
    expect(described(reading)).toEqual(expected);
    expect(reading.outcome).toEqual({ status: 'audited' });
    expect(reading.inventory).toMatchObject({ skipped: [], problems: [], graphKnown: true });
  });

  it('of yarn 1 says nothing of members, so what only they ask for is of unknown scope', () => {
    const reading = read(YARN, fixture('yarn-classic.lock'), project(WORKSPACE, MEMBER));
    expect(described(reading)).toEqual([
      ...COMMON,
      'minimist@0.0.8 unknown!',
      'minimist@1.2.0 unknown',
      'react-dom@18.2.0 prod!',
      'react@18.2.0 unknown',
      'scheduler@0.23.2 prod',
    ]);
    expect(reading.outcome).toEqual({ status: 'audited' });
  });

  it.each<[string, Kind, string, FakeFiles]>([
    ['yarn 1', YARN, 'yarn-classic.lock', project(WORKSPACE, MEMBER)],
    ['yarn 4', YARN, 'yarn-berry.lock', project(WORKSPACE, MEMBER)],
    ['pnpm 7', PNPM, 'pnpm-7.yaml', project()],
    ['pnpm 9', PNPM, 'pnpm-9.yaml', project()],
    ['bun', BUN, 'bun.lock', project(WORKSPACE, MEMBER)],
  ])('of %s knows who requires whom, and on which line an entry stands', (_title, kind, file, files) => {
    const { inventory } = read(kind, fixture(file), files);
    const dom = inventory.packages.find(({ name }) => name === 'react-dom');
    expect(dom?.requires).toEqual(expect.arrayContaining(['loose-envify@1.4.0', 'scheduler@0.23.2']));
    expect(fixture(file).split('\n')[(dom?.line ?? 0) - 1]).toContain('react-dom');
  });
});

describe('a lock that is out of step', () => {
  const added = { ...MANIFEST, dependencies: { ...MANIFEST.dependencies, left: '^1.0.0' } };
  it.each<[string, Kind, string, FakeFiles]>([
    ['yarn 1', YARN, 'yarn-classic.lock', project(added)],
    ['yarn 4', YARN, 'yarn-berry.lock', project({ ...WORKSPACE, ...added }, MEMBER)],
    ['yarn 4, of a member', YARN, 'yarn-berry.lock', project(WORKSPACE, { ...MEMBER, dependencies: { left: '1' } })],
    ['pnpm 7', PNPM, 'pnpm-7.yaml', project(added)],
    ['pnpm 9', PNPM, 'pnpm-9.yaml', project(added)],
    ['pnpm 9, another range', PNPM, 'pnpm-9.yaml', project({ ...MANIFEST, devDependencies: { minimist: '^1.0.0' } })],
    ['bun', BUN, 'bun.lock', project({ ...WORKSPACE, ...added }, MEMBER)],
  ])('with its manifest is stale: %s', (_title, kind, file, files) => {
    const { outcome, inventory } = read(kind, fixture(file), files);
    expect(outcome).toMatchObject({ status: 'unavailable', reason: 'lockfile-stale' });
    expect(inventory.packages.length).toBeGreaterThan(5);
  });

  it.each<[string, Kind, string, FakeFiles]>([
    ['yarn 1', YARN, 'yarn-classic.lock', project(WORKSPACE, MEMBER)],
    ['yarn 4', YARN, 'yarn-berry.lock', project(WORKSPACE, MEMBER)],
    ['pnpm 9', PNPM, 'pnpm-9.yaml', project()],
    ['bun', BUN, 'bun.lock', project(WORKSPACE, MEMBER)],
  ])('with its workspace is stale: a member came after %s made it', (_title, kind, file, files) => {
    const added = { ...files, 'packages/new/package.json': '{"name":"new","dependencies":{"left":"1.0.0"}}' };
    expect(read(kind, fixture(file), added).outcome).toEqual({ status: 'audited' });
    expect(read(kind, fixture(file), added, ['packages/new']).outcome).toMatchObject({ reason: 'lockfile-stale' });
  });

  it('of yarn 1 is not said of members that ask for each other', () => {
    const other = { name: 'b', dependencies: { a: '^1.0.0', minimist: '1.2.0' } };
    const files = { ...project(WORKSPACE, MEMBER), 'packages/b/package.json': JSON.stringify(other) };
    const reading = read(YARN, fixture('yarn-classic.lock'), files, ['packages/a', 'packages/b']);
    expect(reading.outcome).toEqual({ status: 'audited' });
    expect(described(reading)).toContain('minimist@1.2.0 prod!');
  });

  it('of yarn 1 is not said of a member that is asked for and asks for nothing itself', () => {
    const asking = { ...MEMBER, dependencies: { ...MEMBER.dependencies, config: '1.0.0' } };
    const files = { ...project(WORKSPACE, asking), 'packages/config/package.json': '{"name":"config"}' };
    const readWith = (...idle: readonly string[]) =>
      read(YARN, fixture('yarn-classic.lock'), files, ['packages/a'], idle).outcome;
    expect(readWith('packages/config')).toEqual({ status: 'audited' });
    expect(readWith()).toMatchObject({ reason: 'lockfile-stale' });
  });

  it.each(['left', '**/left', 'a/left', 'left@npm:^1.0.0'])('of yarn is not said of a resolution of %s', (key) => {
    const manifest = { ...added, resolutions: { [key]: '2.0.0' } };
    const lock = fixture('yarn-classic.lock');
    const held = `${lock}\nleft@2.0.0:\n  version "2.0.0"\n  resolved "https://registry.example/left-2.0.0.tgz"\n`;
    expect(read(YARN, held, project(manifest)).outcome).toEqual({ status: 'audited' });
    expect(read(YARN, lock, project(manifest)).outcome).toMatchObject({ reason: 'lockfile-stale' });
  });

  it('is not said of overrides, peers and folders', () => {
    const pnpm = fixture('pnpm-9.yaml').replace('importers:', 'overrides:\n  x>lodash@^4: 4.18.1\n\nimporters:');
    const manifest = {
      ...MANIFEST,
      dependencies: { ...MANIFEST.dependencies, lodash: '^3.0.0', own: 'workspace:*' },
      peerDependencies: { minimist: '*' },
      devDependencies: {},
    };
    expect(read(PNPM, pnpm, project(manifest)).outcome).toEqual({ status: 'audited' });
  });
});

/** `lock` without the entries whose key begins so; an entry ends where the next begins. */
function without(lock: string, key: RegExp): string {
  const entries = lock.split(/\n(?=\s*\n| {2}\}\n)/);
  const kept = entries.filter((entry) => !key.test(entry.trimStart()));
  expect(kept.length).toBeLessThan(entries.length);
  return kept.join('\n');
}

describe('a lock that lost an entry', () => {
  const both = project(WORKSPACE, MEMBER);
  it.each<[string, Kind, string, RegExp, FakeFiles, string]>([
    ['yarn 1', YARN, 'yarn-classic.lock', /^js-tokens@|^"js-tokens@/, both, 'js-tokens'],
    ['yarn 4', YARN, 'yarn-berry.lock', /^"js-tokens@/, both, 'js-tokens'],
    ['pnpm 7', PNPM, 'pnpm-7.yaml', /^\/js-tokens\//, project(), 'js-tokens'],
    ['pnpm 8', PNPM, 'pnpm-8.yaml', /^\/js-tokens@/, project(), 'js-tokens'],
    ['pnpm 9', PNPM, 'pnpm-9.yaml', /^js-tokens@/, project(), 'js-tokens'],
    ['bun', BUN, 'bun.lock', /^"js-tokens"/, both, 'js-tokens'],
    ['pnpm 7, asked for by the project', PNPM, 'pnpm-7.yaml', /^\/minimist\//, project(), 'minimist'],
    ['pnpm 9, asked for by the project', PNPM, 'pnpm-9.yaml', /^minimist@/, project(), 'minimist'],
    ['bun, asked for by the project', BUN, 'bun.lock', /^"minimist"/, both, 'minimist'],
    ['bun, asked for by a member in another version', BUN, 'bun.lock', /^"a\/minimist"/, both, 'minimist'],
  ])('is stale: %s', (_title, kind, file, key, files, name) => {
    const { outcome, inventory } = read(kind, without(fixture(file), key), files);
    expect(outcome).toMatchObject({ status: 'unavailable', reason: 'lockfile-stale' });
    expect(inventory.problems.map(({ message }) => message).join()).toMatch(
      new RegExp(`needs ${name}.*which is not in the lock`),
    );
  });

  const yarn1 = (entries: string): string => `# yarn lockfile v1\n\n${entries}`;
  const entry = (key: string, more = ''): string =>
    `"${key}":\n  version "1.0.0"\n  resolved "https://registry.example/x.tgz"\n${more}\n`;
  const berry = (entries: string): string => `__metadata:\n  version: 8\n\n${entries}`;
  const solid = (key: string, resolution: string, more = ''): string =>
    `"${key}":\n  version: 1.0.0\n  resolution: "${resolution}"\n${more}\n`;
  const pnpm = (entries: string): string =>
    `lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      one: {specifier: '1', version: 1.0.0}\n` +
    `      b: {specifier: 'link:b', version: link:b}\npackages:\n  one@1.0.0: {resolution: {integrity: x}}\nsnapshots:\n${entries}`;
  const bun = (info: string, more = ''): string =>
    `{"lockfileVersion":1,"workspaces":{"":{"dependencies":{"one":"1"}}},` +
    `"packages":{"one":["one@1.0.0","",${info},"sha512-x"],${more}}}`;
  const one = project({ name: 'app', dependencies: { one: '1' } });
  const linked = project({ name: 'app', dependencies: { one: '1', b: 'link:b' } });
  const resolving = project({ name: 'app', dependencies: { one: '1' }, resolutions: { 'one/two': '3.0.0' } });
  const patched = project({ name: 'app', dependencies: { one: 'patch:one@npm%3A1#./one.patch' } });

  it.each<[string, Kind, string, FakeFiles]>([
    [
      'yarn 1: what is optional',
      YARN,
      yarn1(entry('one@1', '  dependencies:\n    two "2"\n  optionalDependencies:\n    two "2"\n')),
      one,
    ],
    ['yarn 1: a folder', YARN, yarn1(entry('one@1', '  dependencies:\n    two "file:../two"\n')), one],
    [
      'yarn 1: what a resolution replaced',
      YARN,
      yarn1(entry('one@1', '  dependencies:\n    two "2"\n') + entry('two@3.0.0')),
      resolving,
    ],
    [
      'yarn 4: what is optional',
      YARN,
      berry(
        solid(
          'one@npm:1',
          'one@npm:1.0.0',
          '  dependencies:\n    two: "npm:2"\n  dependenciesMeta:\n    two:\n      optional: true\n',
        ),
      ),
      one,
    ],
    [
      'yarn 4: peers, which are the business of whoever installs the package',
      YARN,
      berry(solid('one@npm:1', 'one@npm:1.0.0', '  peerDependencies:\n    two: "*"\n')),
      one,
    ],
    [
      'yarn 4: a patch, which is bound to its project',
      YARN,
      berry(
        solid('one@npm:1', 'one@npm:1.0.0') +
          solid(
            'one@patch:one@npm%3A1#./one.patch::locator=app%40workspace%3A.',
            'one@patch:one@npm%3A1.0.0#./one.patch::version=1.0.0',
          ),
      ),
      patched,
    ],
    [
      'yarn 2: a range without its protocol',
      YARN,
      berry(solid('one@npm:1', 'one@npm:1.0.0', '  dependencies:\n    two: 2\n') + solid('two@npm:2', 'two@npm:2.0.0')),
      one,
    ],
    ['pnpm: a link', PNPM, pnpm('  one@1.0.0: {dependencies: {b: link:b}}\n'), linked],
    ['pnpm: an alias', PNPM, pnpm('  one@1.0.0: {dependencies: {other: two@2.0.0}}\n  two@2.0.0: {}\n'), linked],
    [
      'bun: what is optional or a peer',
      BUN,
      bun('{"optionalDependencies":{"two":"2"},"peerDependencies":{"three":"*"}}'),
      one,
    ],
    [
      'bun: an alias',
      BUN,
      bun('{"dependencies":{"other":"npm:two@^2.0.0"}}', '"other":["two@2.1.0","",{},"sha512-y"]'),
      one,
    ],
    [
      'bun: a folder',
      BUN,
      bun('{"dependencies":{"two":"file:two"}}', '"two":["two@file:two",{"dependencies":{}}]'),
      one,
    ],
    ['bun: a tag', BUN, bun('{"dependencies":{"two":"latest"}}', '"two":["two@2.1.0","",{},"sha512-y"]'), one],
    ['bun: a member', BUN, bun('{"dependencies":{"two":"^1"}}', '"two":["two@workspace:two"]'), one],
    [
      'bun: an override',
      BUN,
      bun('{"dependencies":{"two":"^1"}}', '"two":["two@2.1.0","",{},"sha512-y"]').replace(
        '"packages"',
        '"overrides":{"two":"2.1.0"},"packages"',
      ),
      one,
    ],
    [
      'bun: what lies above a scoped place',
      BUN,
      bun(
        '{"dependencies":{"@s/x":"1"}}',
        '"two":["two@1.0.0","",{},"x"],"one/@s/x":["@s/x@1.0.0","",{"dependencies":{"two":"2"}},"x"],"one/two":["two@2.0.0","",{},"x"]',
      ),
      one,
    ],
  ])('is not said of %s', (_title, kind, lock, files) => {
    expect(read(kind, lock, files).outcome).toEqual({ status: 'audited' });
  });
});

describe('what is no published package', () => {
  it.each<[string, Kind, string, string]>([
    ['yarn 4', YARN, fixture('yarn-berry.lock').replace('version: 4.0.0', 'version: banana'), 'js-tokens'],
    ['pnpm 9', PNPM, fixture('pnpm-9.yaml').replaceAll('js-tokens@4.0.0', 'js-tokens@banana'), 'js-tokens'],
    ['bun', BUN, fixture('bun.lock').replace('js-tokens@4.0.0', 'js-tokens@github:a/b#1'), 'js-tokens'],
  ])('is skipped and leaves the audit incomplete: %s', (_title, kind, lock, name) => {
    const { outcome, inventory } = read(kind, lock, project(WORKSPACE, MEMBER));
    expect(inventory.skipped.map((skip) => skip.name).join()).toContain(name);
    expect(outcome.status).toBe('unavailable');
  });

  it('from a repository is asked about and told of', () => {
    const lock =
      '# yarn lockfile v1\n\n"left@github:a/b":\n  version "1.0.0"\n  resolved "https://codeload.example/x"\n';
    const reading = read(YARN, lock, project({ dependencies: { left: 'github:a/b' } }));
    expect(described(reading)).toEqual(['left@1.0.0 prod!']);
    expect(reading.inventory.problems).toMatchObject([{ code: 'lock-not-from-registry', blocks: false }]);
  });
});

describe('a file that is no such lock', () => {
  const bad: readonly (readonly [string, string])[] = [
    ['empty', ''],
    ['blanks', ' \n\t'],
    ['garbage', '\u0000\u0001{[('],
    ['html', '<!doctype html><p>no'],
    ['a list', '- a\n- b\n'],
    ['null', 'null'],
    ['cut off', '{"lockfileVersion": 1, "packages": {'],
    ['a merge conflict', '# yarn lockfile v1\n<<<<<<< HEAD\na@1:\n  version "1"\n=======\n>>>>>>> x\n'],
    ['an alias bomb', `__metadata: &a\n  version: 8\n${'x: [*a, *a]\n'.repeat(3)}`],
    ['deeply nested', `lockfileVersion: ${'['.repeat(20_000)}`],
    ['a lock of the future', "lockfileVersion: '99.0'\n"],
    ['a lock of the future, as JSON', '{"lockfileVersion": 99}'],
  ];
  it.each(bad.flatMap(([title, text]) => [YARN, PNPM, BUN].map((kind) => [kind[0], title, kind, text] as const)))(
    '%s: %s',
    (_file, _title, kind, text) => {
      const { outcome, inventory } = read(kind, text, project());
      expect(outcome).toMatchObject({ status: 'unavailable', reason: 'lockfile-unreadable' });
      expect(inventory.packages).toEqual([]);
    },
  );

  it('cannot be read at all', () => {
    const file: FileRead = { status: 'too-large', path: 'yarn.lock', detail: 'it is too large.' };
    expect(read(YARN, file).outcome).toMatchObject({ reason: 'lockfile-unreadable' });
  });

  it('never throws, whatever a real one was turned into', () => {
    const files: readonly (readonly [Kind, string])[] = [
      [YARN, fixture('yarn-classic.lock')],
      [YARN, fixture('yarn-berry.lock')],
      [PNPM, fixture('pnpm-7.yaml')],
      [PNPM, fixture('pnpm-9.yaml')],
      [BUN, fixture('bun.lock')],
    ];
    const junk = fc.constantFrom(
      '',
      '\u0000',
      '__proto__',
      'constructor',
      '"',
      ':',
      '@',
      '{}',
      '- ',
      '\n',
      ',',
      '[null]',
    );
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.nat(), fc.nat({ max: 40 }), junk, ([kind, text], place, cut, put) => {
        const at = place % text.length;
        const { outcome, inventory } = read(kind, text.slice(0, at) + put + text.slice(at + cut), project());
        expect(outcome.status).toMatch(/audited|unavailable/);
        expect(inventory.packages.every(({ name, version }) => name !== '' && version !== '')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [YARN, '# yarn lockfile v1\n\n__proto__@^1:\n  version "1.0.0"\nconstructor@^1:\n  version "1.0.0"\n'],
    [PNPM, "lockfileVersion: '9.0'\npackages:\n  __proto__@1.0.0: {resolution: {integrity: x}}\n  constructor@1.0.0: {resolution: {integrity: x}}\nsnapshots:\n  __proto__@1.0.0: {}\n  constructor@1.0.0: {}\n"], // prettier-ignore
    [BUN, '{"lockfileVersion":1,"workspaces":{"":{"dependencies":{"__proto__":"1"}}},"packages":{"__proto__":["__proto__@1.0.0"],"constructor":["constructor@1.0.0"]}}'], // prettier-ignore
  ] as const)('names of the prototype are names in %s', (kind, text) => {
    const names = read(kind, text).inventory.packages.map(({ name }) => name);
    expect(names).toContain('constructor');
    expect(({} as Record<string, unknown>)['0']).toBeUndefined();
  });
});
