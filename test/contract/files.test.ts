/** The files port on a real file system: what is listed, what is left out, and that nothing outside is ever read. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFiles, type FilesOptions } from '../../src/adapters/files/create-files.ts';
import { listingRules } from '../../src/core/discover/listing-rules.ts';
import type { FileEntry } from '../../src/core/model/file.ts';
import { makeRepository, type FileTree } from '../support/repository.ts';

const open = (root: string, options: Partial<FilesOptions> = {}) =>
  createFiles({ root, rules: listingRules, ...options });

const paths = (entries: readonly FileEntry[]) => entries.map(({ path }) => path);

async function listPaths(tree: FileTree, options: Partial<FilesOptions> = {}): Promise<readonly string[]> {
  const { entries, problems } = await open(makeRepository(tree).dir, options).list();
  expect(problems).toEqual([]);
  return paths(entries.filter(({ excludedBy }) => excludedBy === undefined));
}

function outsideFolder(tree: FileTree): string {
  const dir = mkdtempSync(join(tmpdir(), 'fixby-outside-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(tree)) writeFileSync(join(dir, name), content);
  return dir;
}

describe('list', () => {
  it('lists manifests and locks sorted by path, and nothing else', async () => {
    const listed = await listPaths({
      'b/package-lock.json': '{}',
      'a/pyproject.toml': '',
      'a/src/index.ts': '',
      'README.md': '',
      'a-b/package.json': '{}',
    });
    expect(listed).toEqual(['a-b/package.json', 'a/pyproject.toml', 'b/package-lock.json']);
  });

  it.each([
    'node_modules/x/package.json',
    'web/node_modules/x/package.json',
    'bower_components/x/package.json',
    '.git/package.json',
    '.tox/py/pyproject.toml',
    '.nox/py/pyproject.toml',
    'a/__pycache__/setup.py',
    'lib/site-packages/x/setup.py',
    'lib/dist-packages/x/setup.py',
    '.yarn/cache/x/package.json',
    '.pnpm-store/x/package.json',
  ])('never mentions what is installed or cached: %s', async (path) => {
    expect(await listPaths({ [path]: '{}', 'package.json': '{}' })).toEqual(['package.json']);
  });

  it.each([
    ['a folder with pyvenv.cfg, whatever its name', { 'tools/py/pyvenv.cfg': '', 'tools/py/setup.py': '' }],
    ['.venv with bin and lib', { '.venv/bin/python': '', '.venv/lib/x': '', '.venv/requirements.txt': '' }],
    ['env on Windows', { 'env/Scripts/python.exe': '', 'env/Lib/x': '', 'env/requirements.txt': '' }],
    ['a conda environment', { 'conda/conda-meta/history': '', 'conda/setup.py': '' }],
  ])('skips virtual environments: %s', async (_, tree: FileTree) => {
    expect(await listPaths(tree)).toEqual([]);
  });

  it('does not take a project for an environment because of its name', async () => {
    expect(await listPaths({ 'env/requirements.txt': '', 'env/pyproject.toml': '' })).toEqual([
      'env/pyproject.toml',
      'env/requirements.txt',
    ]);
  });

  it.each<[string, FileTree, readonly string[]]>([
    ['a folder', { '.gitignore': 'out/\n' }, ['in/package.json']],
    ['a file', { '.gitignore': 'package.json\n!/in/package.json\n' }, ['in/package.json']],
    ['windows line ends and a byte order mark', { '.gitignore': '\ufeffout/\r\n' }, ['in/package.json']],
    [
      'a nested file that overrules',
      { '.gitignore': 'package.json\n', 'in/.gitignore': '!package.json\n' },
      ['in/package.json'],
    ],
    [
      'a nested file that takes a folder back',
      { '.gitignore': 'sub/\n', 'in/.gitignore': '!sub/\n', 'in/sub/package.json': '' },
      ['in/package.json', 'in/sub/package.json', 'out/package.json'],
    ],
    ['everything but one folder', { '.gitignore': '/*\n!/in/\n' }, ['in/package.json']],
    ['case taken seriously', { '.gitignore': 'OUT/\n' }, ['in/package.json', 'out/package.json']],
    ['info/exclude', { '.git/HEAD': '', '.git/info/exclude': 'out/\n' }, ['in/package.json']],
    ['garbage', { '.gitignore': '\u0000[z-a]\\\n[\n' }, ['in/package.json', 'out/package.json']],
  ])('keeps to .gitignore: %s', async (_, tree, expected) => {
    expect(await listPaths({ 'in/package.json': '', 'out/package.json': '', ...tree })).toEqual(expected);
  });

  it('ignores exactly what git ignores', async () => {
    const repository = makeRepository({
      '.gitignore': 'a/*\n!a/keep/\n**/tmp/\n/top.d/\nx?/\n[bc]d/\n\\!odd/\n trailing/ \n',
      'a/.gitignore': 'keep/deep/\n',
      ...Object.fromEntries(
        [
          'a/gone',
          'a/keep',
          'a/keep/deep',
          'b/tmp',
          'tmp',
          'top.d',
          'b/top.d',
          'x1',
          'x12',
          'bd',
          'dd',
          '!odd',
          'trailing',
        ].map((folder) => [`${folder}/package.json`, '{}']),
      ),
    });
    repository.git(['init', '-q']);
    const seenByGit = repository.git(['ls-files', '--others', '--exclude-standard', '-z']).split('\0');
    const { entries } = await open(repository.dir).list();
    expect(paths(entries)).toEqual(seenByGit.filter((path) => path.endsWith('package.json')).sort());
  });

  it('applies the ignore files above a folder that is part of a checkout, but not when they ignore it whole', async () => {
    const repository = makeRepository({
      '.gitignore': '/apps/web/dist/\n/generated/\n',
      'apps/web/package.json': '{}',
      'apps/web/dist/package.json': '{}',
      'generated/package.json': '{}',
    });
    repository.git(['init', '-q']);
    const list = async (folder: string) => paths((await open(join(repository.dir, folder)).list()).entries);
    expect(await list('apps/web')).toEqual(['package.json']);
    expect(await list('apps')).toEqual(['web/package.json']);
    expect(await list('generated')).toEqual(['package.json']);
  });

  it('is not stalled by an ignore file made to be slow, and rather looks at more', async () => {
    const name = 'a'.repeat(200);
    const listed = await listPaths({
      '.gitignore': `${'*a'.repeat(20)}b\nout/\n`,
      [`${name}/package.json`]: '',
      'out/package.json': '',
    });
    expect(listed).toEqual([`${name}/package.json`, 'out/package.json']);
  });

  it('names what is vendored or excluded, with the rule and where it took hold', async () => {
    const { entries } = await open(
      makeRepository({
        'third_party/x/setup.py': '',
        'demo/deep/package.json': '',
        'app/legacy/requirements.txt': '',
        'app/requirements.txt': '',
      }).dir,
      { exclude: ['demo', '/app/legacy/requirements.txt'] },
    ).list();
    expect(entries).toEqual([
      {
        path: 'app/legacy/requirements.txt',
        kind: 'file',
        excludedBy: '/app/legacy/requirements.txt',
        excludedAt: 'app/legacy/requirements.txt',
      },
      { path: 'app/requirements.txt', kind: 'file' },
      { path: 'demo/deep/package.json', kind: 'file', excludedBy: 'demo', excludedAt: 'demo' },
      { path: 'third_party/x/setup.py', kind: 'file', excludedBy: 'third_party/', excludedAt: 'third_party' },
    ]);
  });

  it('says nothing of vendored folders git ignores, but of excluded ones', async () => {
    const tree = { '.gitignore': 'vendor/\ndemo/\n', 'vendor/x/package.json': '', 'demo/package.json': '' };
    const { entries } = await open(makeRepository(tree).dir, { exclude: ['demo/'] }).list();
    expect(paths(entries)).toEqual(['demo/package.json']);
  });

  it('takes a vendored folder back in', async () => {
    expect(await listPaths({ 'vendor/x/package.json': '' }, { exclude: ['!vendor/'] })).toEqual([
      'vendor/x/package.json',
    ]);
  });

  it('leaves out what no include pattern matches, and names it', async () => {
    const { entries } = await open(
      makeRepository({ 'a/package.json': '', 'b/c/package.json': '', 'package.json': '' }).dir,
      {
        include: ['b/'],
      },
    ).list();
    expect(entries).toContainEqual({ path: 'b/c/package.json', kind: 'file' });
    expect(paths(entries.filter(({ excludedBy }) => excludedBy === 'include'))).toEqual([
      'a/package.json',
      'package.json',
    ]);
  });

  it('lists what no auditor reads by the same rules, so that it can be named', async () => {
    const tree = {
      '.gitignore': '/build/\n',
      'api/go.sum': '',
      'build/go.sum': '',
      'old/Gemfile.lock': '',
      'vendor/x/Cargo.lock': '',
      'web/package.json': '{}',
    };
    expect(await listPaths(tree, { exclude: ['old/**'] })).toEqual(['api/go.sum', 'web/package.json']);
    expect(await listPaths(tree, { include: ['old/**'] })).toEqual(['old/Gemfile.lock']);
  });

  it('names links that leave the repository and follows none to a folder', async () => {
    const outside = outsideFolder({ 'package-lock.json': 'SECRET', 'package.json': '{}' });
    const { dir } = makeRepository({ 'real/package.json': '{}' });
    mkdirSync(join(dir, 'loop'));
    symlinkSync(outside, join(dir, 'away'));
    symlinkSync(join(outside, 'package-lock.json'), join(dir, 'package-lock.json'));
    symlinkSync('real/package.json', join(dir, 'package.json'));
    symlinkSync('real', join(dir, 'alias'));
    symlinkSync('..', join(dir, 'loop', 'up'));
    symlinkSync('nowhere', join(dir, 'yarn.lock'));
    symlinkSync('uv.lock', join(dir, 'uv.lock'));
    symlinkSync('/etc/hostname', join(dir, 'harmless'));
    const { entries } = await open(dir).list();
    expect(entries).toEqual([
      { path: 'away', kind: 'link-outside' },
      { path: 'package-lock.json', kind: 'link-outside' },
      { path: 'package.json', kind: 'file' },
      { path: 'real/package.json', kind: 'file' },
      { path: 'uv.lock', kind: 'other' },
      { path: 'yarn.lock', kind: 'other' },
    ]);
  });

  it('tells a folder, a pipe and a file apart', async () => {
    const { dir } = makeRepository({ 'package-lock.json/package.json': '{}' });
    execFileSync('mkfifo', [join(dir, 'uv.lock')]);
    expect((await open(dir).list()).entries).toEqual([
      { path: 'package-lock.json', kind: 'directory' },
      { path: 'package-lock.json/package.json', kind: 'file' },
      { path: 'uv.lock', kind: 'other' },
    ]);
  });

  it('lists empty folders, which may be submodules, with what excludes them', async () => {
    const { dir } = makeRepository({ '.gitignore': '/ignored/\n', 'a/x': '' });
    for (const folder of ['libs/x', 'ignored', 'vendor/y', 'a/uv.lock'])
      mkdirSync(join(dir, folder), { recursive: true });
    expect((await open(dir).list()).entries).toEqual([
      { path: 'a/uv.lock', kind: 'directory' },
      { path: 'libs/x', kind: 'directory' },
      { path: 'vendor/y', kind: 'directory', excludedBy: 'vendor/', excludedAt: 'vendor' },
    ]);
  });

  it('says when a cap was reached, so that nobody takes the rest for empty', async () => {
    const files = open(makeRepository({ 'a/b/c/package.json': '', 'a/1': '', 'a/2': '', 'a/3': '' }).dir, {
      limits: { depth: 2 },
    });
    expect((await files.list()).problems).toMatchObject([{ code: 'too-deep', blocks: true }]);
    const tight = open(makeRepository({ 'a/b/package.json': '', 'a/1': '', 'a/2': '' }).dir, {
      limits: { entries: 2 },
    });
    expect((await tight.list()).problems).toMatchObject([{ code: 'too-many-files', blocks: true }]);
    const hurried = open(makeRepository({ 'a/package.json': '' }).dir, { limits: { timeMs: -1 } });
    expect((await hurried.list()).problems).toMatchObject([{ code: 'listing-too-slow', blocks: true }]);
  });

  it('reads only so much of what is excluded, without a word', async () => {
    const { dir } = makeRepository({ 'vendor/a/b/package.json': '', 'vendor/a/1': '', 'package.json': '' });
    const { entries, problems } = await open(dir, { limits: { excludedEntries: 1 } }).list();
    expect([paths(entries), problems]).toEqual([['package.json'], []]);
  });

  it.skipIf(process.getuid?.() === 0)('says when a folder could not be read', async () => {
    const { dir } = makeRepository({ 'closed/package.json': '' });
    chmodSync(join(dir, 'closed'), 0);
    const { problems } = await open(dir).list();
    chmodSync(join(dir, 'closed'), 0o700);
    expect(problems).toMatchObject([{ code: 'folder-unreadable', blocks: true }]);
  });

  it('refuses a root that is no folder', () => {
    expect(() => open('/nowhere/at/all')).toThrow(
      '/nowhere/at/all cannot be looked into: there is nothing of that name.',
    );
    expect(() => open(join(makeRepository({ x: '' }).dir, 'x'))).toThrow(
      expect.objectContaining({ code: 'no-such-folder' }),
    );
  });
});

describe('read', () => {
  it('gives text, encoding, and the hash of the bytes as they lie on disk', async () => {
    const bytes = Buffer.from('\ufeff{"ä":1}', 'utf16le');
    const file = await open(makeRepository({ 'a/package.json': bytes }).dir).read('a/package.json');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(file).toEqual({ status: 'ok', path: 'a/package.json', text: '{"ä":1}', encoding: 'utf-16le', sha256 });
  });

  it('reads an empty file as empty text', async () => {
    expect(await open(makeRepository({ 'uv.lock': '' }).dir).read('uv.lock')).toMatchObject({ status: 'ok', text: '' });
  });

  it('follows a link to a file inside, and none that leaves', async () => {
    const outside = outsideFolder({ passwd: 'SECRET' });
    const { dir } = makeRepository({ 'a/package.json': '{}' });
    symlinkSync('a/package.json', join(dir, 'inside'));
    symlinkSync(join(outside, 'passwd'), join(dir, 'outside'));
    symlinkSync(outside, join(dir, 'folder'));
    const files = open(dir);
    expect(await files.read('inside')).toMatchObject({ status: 'ok', text: '{}' });
    expect(await files.read('outside')).toMatchObject({ status: 'outside' });
    expect(await files.read('folder/passwd')).toMatchObject({ status: 'outside' });
  });

  it.each(['../x', 'a/../../x', '/etc/hostname', '', 'a\0b'])('keeps %j outside', async (path) => {
    expect(await open(makeRepository().dir).read(path)).toMatchObject({ status: 'outside', path });
  });

  it.each(['gone', 'package.json/below', 'gone/deeper'])('tells what is missing: %s', async (path) => {
    expect(await open(makeRepository({ 'package.json': '{}' }).dir).read(path)).toMatchObject({ status: 'missing' });
  });

  it('opens neither a folder nor a pipe nor a device', async () => {
    const { dir } = makeRepository({ 'package-lock.json/x': '' });
    execFileSync('mkfifo', [join(dir, 'uv.lock')]);
    const files = open(dir);
    expect(await files.read('package-lock.json')).toMatchObject({ status: 'not-a-file', detail: 'it is a directory.' });
    expect(await files.read('uv.lock')).toMatchObject({ status: 'not-a-file' });
  });

  it('reads up to the cap and refuses one byte more', async () => {
    const files = open(makeRepository({ fits: 'x'.repeat(10), over: 'x'.repeat(11) }).dir, {
      limits: { fileBytes: 10 },
    });
    expect(await files.read('fits')).toMatchObject({ status: 'ok' });
    expect(await files.read('over')).toMatchObject({ status: 'too-large' });
  });

  it('says when it goes around in circles', async () => {
    const { dir } = makeRepository();
    symlinkSync('uv.lock', join(dir, 'uv.lock'));
    expect(await open(dir).read('uv.lock')).toMatchObject({ status: 'unreadable' });
  });
});
