/** The light readers of past files hold exactly the names and versions that the auditors themselves read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openNpmPast } from '../../../../src/core/auditors/npm/past.ts';
import { npmAudit } from '../../../../src/core/auditors/npm/index.ts';
import { pipAudit } from '../../../../src/core/auditors/pip/index.ts';
import { openPipPast } from '../../../../src/core/auditors/pip/past.ts';
import { ecosystemOf } from '../../../../src/core/discover/source-kinds.ts';
import type { Auditor } from '../../../../src/core/model/auditor.ts';
import type { PastReader, Statement } from '../../../../src/core/model/past.ts';
import type { Source, SourceKind } from '../../../../src/core/model/target.ts';
import { answerProgram } from '../../../support/answer-program.ts';

const LOCK: Source = { path: 'package-lock.json', kind: 'package-lock' };

const UNREADABLE = new Set(['lock-empty', 'lock-not-json', 'lock-version', 'lock-no-packages', 'lock-conflict']);

/** `name@version` and `name range`, sorted; `null` where the reader refuses. */
function stated(reader: PastReader, source: Source, text: string): readonly string[] | null {
  return reader.read(source, text)?.statements.map(describeStatement).sort() ?? null;
}

function describeStatement(statement: Statement): string {
  return 'version' in statement ? `${statement.name}@${statement.version}` : `${statement.name} ${statement.range}`;
}

/** What the auditor's own reading holds, each name and version once; `null` where it read nothing. */
function audited(auditor: Auditor, source: Source, text: string): readonly string[] | null {
  const target = { path: '.', ecosystem: ecosystemOf(source.kind), sources: [source] };
  const { value } = answerProgram(auditor.readInventory(target), { [source.path]: text });
  if (value.files.length === 0 || value.problems.some(({ code }) => UNREADABLE.has(code))) return null;
  return [...new Set(value.packages.map(({ name, version }) => `${name}@${version}`))].sort();
}

const lock = (packages: Readonly<Record<string, unknown>>, rest: object = {}, indent: number | string = 2): string =>
  JSON.stringify({ name: 'app', lockfileVersion: 3, packages, ...rest }, null, indent);

const PACKAGES = {
  '': { name: 'app', workspaces: ['packages/*'], dependencies: { a: '^1.0.0' } },
  'node_modules/a': { version: '1.0.0', dependencies: { b: '1' } },
  'node_modules/a/node_modules/b': { version: '2.0.0' },
  'node_modules/b': { version: '1.0.0' },
  'node_modules/@s/c': { name: 'real', version: '3.0.0' },
  'node_modules/own': { resolved: 'packages/own', link: true },
  'packages/own': { version: '1.0.0' },
  'other/folder': { name: 'stray', version: '9.0.0' },
};

describe('npm locks', () => {
  it.each<[string, string]>([
    ['as npm writes it', lock(PACKAGES)],
    ['with the tree of old npm', lock(PACKAGES, { lockfileVersion: 2, dependencies: { a: { version: '1.0.0' } } })],
    ['indented with a tab', lock(PACKAGES, {}, '\t')],
    ['with Windows line ends', lock(PACKAGES).replaceAll('\n', '\r\n')],
    ['on one line', lock(PACKAGES, {}, 0)],
    ['without packages', lock({})],
    ['of one package', lock({ 'node_modules/a': { version: '1.0.0' } })],
    [
      'with empty entries',
      lock({ 'node_modules/a': {}, 'node_modules/b': { version: '1.0.0' }, 'node_modules/c': {} }),
    ],
    ['with entries that are no objects', lock({ 'node_modules/a': 1, 'node_modules/b': { version: '1.0.0' } })],
    [
      'with a key that is a prototype',
      lock(JSON.parse('{"__proto__": {"version": "1.0.0"}}') as object as Record<string, unknown>),
    ],
    [
      'with versions that are none',
      lock({ 'node_modules/a': { version: 'latest' }, 'node_modules/b': { version: 7 } }),
    ],
  ])('agrees with the auditor on a lock %s', (_, text) => {
    expect(stated(openNpmPast(), LOCK, text)).toEqual(audited(npmAudit, LOCK, text));
  });

  it('reads the nested tree of version 1', () => {
    const text = JSON.stringify({
      lockfileVersion: 1,
      dependencies: { a: { version: '1.0.0', dependencies: { b: { version: '2.0.0' } } } },
    });
    expect(stated(openNpmPast(), LOCK, text)).toEqual(['a@1.0.0', 'b@2.0.0']);
  });

  it.each<[string, string]>([
    ['no JSON', 'nonsense'],
    ['nothing', ''],
    ['a list', '[]'],
    ['cut off', lock(PACKAGES).slice(0, 300)],
    ['cut in an entry', lock(PACKAGES).replace('"version": "2.0.0"', '"version": ')],
    ['a conflict', lock(PACKAGES).replace('    "node_modules/b"', '<<<<<<< HEAD\n    "node_modules/b"')],
    ['an unknown version', lock(PACKAGES, { lockfileVersion: 4 })],
    ['entries without a comma', lock(PACKAGES).replace('},\n    "node_modules/b"', '}\n    "node_modules/b"')],
  ])('refuses %s', (_, text) => {
    expect(openNpmPast().read(LOCK, text)).toBeNull();
  });

  it('is not led astray by keys that come twice', () => {
    const one =
      '{\n  "lockfileVersion": 3,\n  "packages": {\n    "node_modules/a": {\n      "version": "1.0.0"\n    }\n  }';
    const twice = `${one},\n  "packages": {\n    "node_modules/b": {\n      "version": "2.0.0"\n    }\n  }\n}`;
    const escaped = `${one},\n  "pack\\u0061ges": {\n    "node_modules/c": {\n      "version": "3.0.0"\n    }\n  }\n}`;
    const entry = lock({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/X': { version: '2.0.0' } });
    expect(stated(openNpmPast(), LOCK, twice)).toEqual(['b@2.0.0']);
    expect(stated(openNpmPast(), LOCK, escaped)).toEqual(['c@3.0.0']);
    expect(stated(openNpmPast(), LOCK, entry.replace('/X', '/a'))).toEqual(['a@2.0.0']);
  });

  it('is not led astray by an entry that closes the list it stands in', () => {
    const entries = ['a', 'b', 'c'].map((name) => `    "node_modules/${name}": {\n      "version": "1.0.0"\n    }`);
    const closing = `${entries[0] ?? ''},\n    "node_modules/x": {} }, "other": { "y": {\n    },\n${entries[1] ?? ''}`;
    const text = `{\n  "lockfileVersion": 3,\n  "packages": {\n${closing},\n${entries[2] ?? ''}\n  }\n}`;
    expect(Object.keys((JSON.parse(text) as { packages: object }).packages)).toEqual([
      'node_modules/a',
      'node_modules/x',
    ]);
    expect(stated(openNpmPast(), LOCK, text)).toEqual(['a@1.0.0']);
  });

  it('reads only what changed, and says equal things with the same objects', () => {
    const reader = openNpmPast();
    const before = reader.read(LOCK, lock(PACKAGES));
    const after = reader.read(LOCK, lock({ ...PACKAGES, 'node_modules/b': { version: '1.0.1' } }));
    const known = new Set(before?.statements);
    expect(after?.statements.filter((statement) => !known.has(statement)).map(describeStatement)).toEqual(['b@1.0.1']);
  });

  it('agrees with the auditor on any lock, in any order of reading', () => {
    const reader = openNpmPast();
    const name = fc.constantFrom('a', 'b', '@s/c', '..', '__proto__', 'x"y', 'A B', 'node_modules');
    const location = fc.oneof(
      name.map((one) => `node_modules/${one}`),
      fc.tuple(name, name).map(([one, other]) => `node_modules/${one}/node_modules/${other}`),
      fc.constantFrom('', 'packages/a', 'packages/b', 'x'),
    );
    const entry = fc.oneof(
      { weight: 8, arbitrary: fc.record({ version: fc.constantFrom('1.0.0', '2.0.0-rc.1', 'v3', 'x', '') }) },
      fc.record({ name, version: fc.constant('4.0.0') }),
      fc.record({ resolved: fc.constantFrom('packages/a', './packages/b/', 'x'), link: fc.boolean() }),
      fc.record({ workspaces: fc.constantFrom(['packages/*'], ['x'], 'packages/*') }),
      fc.constantFrom({}, null, 'text', []),
    );
    const text = fc
      .tuple(
        fc.dictionary(location, entry, { noNullPrototype: true }),
        fc.constantFrom(2, 3),
        fc.constantFrom(0, 1, 2, '\t'),
      )
      .map(([packages, lockfileVersion, indent]) => lock(packages, { lockfileVersion }, indent));
    fc.assert(
      fc.property(text, (one) => {
        expect(stated(reader, LOCK, one)).toEqual(audited(npmAudit, LOCK, one));
      }),
      {
        numRuns: 300,
      },
    );
  });

  it('takes the shrinkwrap where both lie', () => {
    const shrinkwrap: Source = { path: 'npm-shrinkwrap.json', kind: 'npm-shrinkwrap' };
    const manifest: Source = { path: 'package.json', kind: 'package-json' };
    expect(openNpmPast().choose([LOCK, shrinkwrap, manifest])).toEqual([shrinkwrap]);
    expect(openNpmPast().choose([LOCK, manifest])).toEqual([LOCK]);
    expect(openNpmPast().choose([manifest])).toEqual([]);
  });
});

const source = (path: string, kind: SourceKind): Source => ({ path, kind });
const REQUIREMENTS = source('requirements.txt', 'requirements');
const UV = source('uv.lock', 'uv-lock');
const PYLOCK = source('pylock.toml', 'pylock');
const PYPROJECT = source('pyproject.toml', 'pyproject');

const uvPackage = (name: string, version: string, more = 'source = { registry = "https://index.example/simple" }\n') =>
  `[[package]]\nname = "${name}"\nversion = "${version}"\n${more}`;
const uvLock = (...packages: readonly string[]): string =>
  ['version = 1\nrequires-python = ">=3.11"\n', ...packages].join('\n');
const uvSample = uvLock(
  uvPackage('Flask_Login', '0.6.0'),
  uvPackage(
    'app',
    '1.0.0',
    'source = { virtual = "." }\n\n[package.metadata]\nrequires-dist = [{ name = "flask-login" }]\n',
  ),
  uvPackage('fork', '2.0.0', 'source = { git = "https://forge.example/fork" }\n'),
  uvPackage(
    'numpy',
    '2.0.0+cpu',
    'source = { registry = "https://index.example/simple" }\nwheels = [\n  { url = "x" },\n]\n',
  ),
);
const pylock = (...packages: readonly string[]): string =>
  ['lock-version = "1.0"\ncreated-by = "x"\n', ...packages].join('\n');
const pyPackage = (name: string, version: string): string => `[[packages]]\nname = "${name}"\nversion = "${version}"\n`;

describe('Python files', () => {
  it.each<[string, Source, string]>([
    ['a uv.lock', UV, uvSample],
    ['a uv.lock without packages', UV, uvLock()],
    ['a uv.lock with Windows line ends', UV, uvSample.replaceAll('\n', '\r\n')],
    ['a uv.lock whose head comes last', UV, `${uvPackage('a', '1.0')}\n[manifest]\nmembers = []\n`],
    ['a uv.lock with a table of its own', UV, `${uvSample}\n[manifest]\nmembers = ["app"]\n`],
    ['a uv.lock with a table twice', UV, `${uvSample}\n[manifest]\n\n${uvPackage('b', '1.0')}\n[manifest]\n`],
    ['a uv.lock with a list for packages', UV, 'version = 1\npackage = [{ name = "a", version = "1.0" }]\n'],
    ['a pylock', PYLOCK, pylock(pyPackage('A.b', '1.0'), pyPackage('c', '1.0rc1'))],
    [
      'a pylock with a local build',
      PYLOCK,
      pylock(pyPackage('a', '1.0'), '[[packages]]\nname = "b"\nvcs = { type = "git" }\n'),
    ],
    [
      'a pylock with text that looks like a table',
      PYLOCK,
      pylock(`${pyPackage('a', '1.0')}note = """\n[[packages]]\nname = "b"\n"""\n`),
    ],
    ['a pylock whose version comes twice', PYLOCK, `${pylock(pyPackage('a', '1.0'))}\n[tool]\nx = 1\n[tool]\n`],
    [
      'hashed requirements',
      REQUIREMENTS,
      'A_b==1.0 --hash=sha256:0 # note\nc===2.0 ; python_version > "3" --hash=sha256:1\n',
    ],
  ])('agrees with the auditor on %s', (_, file, text) => {
    expect(stated(openPipPast(), file, text)).toEqual(audited(pipAudit, file, text));
  });

  it('keeps the ranges of open lines, and passes over what states no package', () => {
    const text = '# a\nflask>=2,<3\nDjango\nx==1.*\ny==1.0\n-e .\nhttps://host.example/x.whl\n--pre\nnonsense here\n';
    expect(stated(openPipPast(), REQUIREMENTS, text)).toEqual(['django ', 'flask >=2,<3', 'x ==1.*', 'y@1.0']);
  });

  it('names the files a file includes, as seen from it', () => {
    const text = '-r base.txt\n-r ../top.txt\n-c constraints.txt\n-r ../../out.txt\n-r https://host.example/x.txt\n';
    const file = source('deep/requirements.txt', 'requirements');
    expect(openPipPast().read(file, text)?.includes).toEqual(['deep/base.txt', 'top.txt']);
  });

  it('reads what a project states of itself', () => {
    const text =
      '[project]\nname = "app"\ndependencies = ["flask>=2", "rich==13.0"]\n[dependency-groups]\ndev = ["pytest"]\n';
    expect(stated(openPipPast(), PYPROJECT, text)).toEqual(['flask >=2', 'pytest ', 'rich@13.0']);
    expect(stated(openPipPast(), PYPROJECT, '[tool.other]\nx = 1\n')).toEqual([]);
  });

  it.each<[string, Source, string]>([
    ['a uv.lock of another version', UV, 'version = 2\n'],
    ['a uv.lock that is cut off', UV, uvSample.slice(0, -3)],
    ['a pylock that is no TOML', PYLOCK, 'lock-version = "1.0"\n[[packages]\n'],
    ['a pyproject.toml that is no TOML', PYPROJECT, '[project'],
    ['a kind nobody reads', source('pdm.lock', 'pdm-lock'), ''],
  ])('refuses %s', (_, file, text) => {
    expect(openPipPast().read(file, text)).toBeNull();
  });

  it('lets a uv.lock speak for the pyproject.toml beside it', () => {
    const pdm = source('pdm.lock', 'pdm-lock');
    expect(openPipPast().choose([UV, PYPROJECT, REQUIREMENTS, pdm])).toEqual([UV, REQUIREMENTS]);
    expect(openPipPast().choose([PYPROJECT, REQUIREMENTS])).toEqual([PYPROJECT, REQUIREMENTS]);
  });
});
