/** The git port on real repositories, hostile ones among them. */
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGit, type GitOptions } from '../../src/adapters/git/create-git.ts';
import { makeGitRepository, makeRepository, type TestRepository } from '../support/repository.ts';

const open = ({ dir }: Pick<TestRepository, 'dir'>, options: Partial<GitOptions> = {}) =>
  createGit({ root: dir, variables: { PATH: process.env['PATH'], HOME: '/nonexistent' }, ...options });

const codes = (git: ReturnType<typeof open>) => git.problems().map(({ code, blocks }) => [code, blocks]);

function refusing(code: string) {
  return expect.objectContaining({ name: 'UsageError', code }) as Error;
}

describe('state', () => {
  it('names commit and branch', async () => {
    const repository = makeGitRepository({ a: '1' });
    const commit = repository.git(['rev-parse', 'HEAD']).trim();
    const git = open(repository);
    expect(await git.state()).toEqual({ commit, branch: 'main', shallow: false });
    expect(git.problems()).toEqual([]);
  });

  it('names no branch for a detached head', async () => {
    const repository = makeGitRepository({ a: '1' });
    repository.git(['checkout', '-q', '--detach']);
    expect(await open(repository).state()).not.toHaveProperty('branch');
  });

  it('knows a shallow clone', async () => {
    const repository = makeGitRepository({ a: '1' });
    repository.commit('Next', '2026-01-02T00:00:00Z', { a: '2' });
    const clone = makeRepository();
    clone.git(['clone', '-q', '--depth=1', `file://${repository.dir}`, 'c']);
    expect(await open({ dir: join(clone.dir, 'c') }).state()).toMatchObject({ shallow: true, branch: 'main' });
  });

  it('answers for a folder below the top, for a worktree, and through a link', async () => {
    const repository = makeGitRepository({ 'apps/web/package.json': '{}' });
    const state = await open(repository).state();
    repository.git(['worktree', 'add', '-q', '--detach', 'tree']);
    symlinkSync(join(repository.dir, 'apps'), join(repository.dir, 'link'));
    expect(await open({ dir: join(repository.dir, 'apps/web') }).state()).toEqual(state);
    expect(await open({ dir: join(repository.dir, 'tree/apps') }).state()).toMatchObject({ commit: state?.commit });
    expect(await open({ dir: join(repository.dir, 'link/web') }).state()).toEqual(state);
  });
});

describe('absence', () => {
  it.each<[string, (repository: TestRepository) => Partial<GitOptions>, [string, boolean]]>([
    ['no checkout', () => ({}), ['git-no-checkout', false]],
    ['no git', () => ({ variables: { PATH: '/nonexistent' } }), ['git-missing', false]],
    [
      'no PATH but folders of the repository',
      ({ dir }) => ({ variables: { PATH: `${dir}:.:bin` } }),
      ['git-missing', false],
    ],
    ['no commit', (repository) => (repository.git(['init', '-q']), {}), ['git-no-commit', false]],
    ['a repository that is damaged', damage, ['git-failed', true]],
    ['a work tree elsewhere', displace, ['git-refused', true]],
    ['a bare checkout', bare, ['git-refused', true]],
  ])('says why nothing is known: %s', async (_, prepare, problem) => {
    const repository = makeRepository({ git: '#!/bin/sh\nexit 0' });
    chmodSync(join(repository.dir, 'git'), 0o755);
    const git = open(repository, prepare(repository));
    expect(await git.state()).toBeNull();
    expect(codes(git)).toEqual([problem]);
  });

  it('gives nothing and throws only where a ref was named', async () => {
    const git = open(makeRepository());
    expect([await git.releases(), await git.trackedFiles()]).toEqual([[], []]);
    await expect(git.readAt('HEAD', 'a')).rejects.toThrow(refusing('no-git'));
  });

  it.runIf(process.getuid?.() === 0)('says how to allow a checkout another user owns', async () => {
    const repository = makeGitRepository({ a: '1' });
    const { chownSync } = await import('node:fs');
    chownSync(repository.dir, 12345, 12345);
    chownSync(join(repository.dir, '.git'), 12345, 12345);
    const git = open(repository);
    expect(await git.state()).toBeNull();
    expect(git.problems()).toMatchObject([
      { code: 'git-refused', blocks: true, mend: expect.stringContaining('safe.directory') as string },
    ]);
  });

  function damage(repository: TestRepository): Partial<GitOptions> {
    repository.git(['init', '-q']);
    writeFileSync(join(repository.dir, '.git/config'), '[core\nnonsense');
    return {};
  }

  function displace(repository: TestRepository): Partial<GitOptions> {
    repository.git(['init', '-q']);
    repository.git(['config', 'core.worktree', '/']);
    return {};
  }

  function bare(repository: TestRepository): Partial<GitOptions> {
    repository.git(['init', '-q']);
    repository.git(['config', 'core.bare', 'true']);
    return {};
  }
});

describe('releases', () => {
  it('reads semver tags, oldest first, with the commit and the day they were cut', async () => {
    const repository = makeGitRepository({ a: '1' }, '2026-01-01T00:00:00Z');
    const first = repository.git(['rev-parse', 'HEAD']).trim();
    repository.git(['tag', 'v1.0.0']);
    const second = repository.commit('Next', '2026-02-01T12:00:00Z', { a: '2' });
    repository.git(['tag', '-a', '-m', 'Two', 'v2.0.0-rc.1', second], '2026-02-03T10:00:00+02:00');
    repository.git(['tag', '-a', '-m', 'Late', '1.0.1', first], '2026-03-01T00:00:00Z');
    repository.git(['tag', '-a', '-m', 'Tag of a tag', 'v3.0.0', 'v2.0.0-rc.1'], '2026-04-01T00:00:00Z');
    for (const tag of ['nightly', 'v1', 'version-1.0.0', 'api@1.0.0', 'v1.0.0.0']) repository.git(['tag', tag]);
    expect(await open(repository).releases()).toEqual([
      { tag: 'v1.0.0', version: '1.0.0', at: '2026-01-01T00:00:00.000Z', commit: first },
      { tag: 'v2.0.0-rc.1', version: '2.0.0-rc.1', at: '2026-02-03T08:00:00.000Z', commit: second },
      { tag: '1.0.1', version: '1.0.1', at: '2026-03-01T00:00:00.000Z', commit: first },
      { tag: 'v3.0.0', version: '3.0.0', at: '2026-04-01T00:00:00.000Z', commit: second },
    ]);
  });

  it('dates no tag before the commit it names, and says so', async () => {
    const repository = makeGitRepository({ a: '1' }, '2026-01-01T00:00:00Z');
    repository.git(['tag', '-a', '-m', 'One', 'v1.0.0'], '2020-01-01T00:00:00Z');
    const git = open(repository);
    expect((await git.releases()).map(({ at }) => at)).toEqual(['2026-01-01T00:00:00.000Z']);
    expect(git.problems().map(({ code, blocks }) => [code, blocks])).toEqual([['git-tag-misdated', false]]);
  });

  it('orders tags of one moment by version', async () => {
    const repository = makeGitRepository({ a: '1' });
    for (const tag of ['v1.10.0', 'v1.9.0', '1.9.0']) repository.git(['tag', tag]);
    expect((await open(repository).releases()).map(({ tag }) => tag)).toEqual(['1.9.0', 'v1.9.0', 'v1.10.0']);
  });

  it('reads the tags of one package of a monorepo when its prefixes are configured', async () => {
    const repository = makeGitRepository({ a: '1' });
    for (const tag of ['api@1.0.0', 'api-v2.0.0', 'api/v3.0.0', 'web@9.0.0', 'v8.0.0']) repository.git(['tag', tag]);
    const releases = await open(repository, { tagPrefixes: ['api@', 'api-', 'api/'] }).releases();
    expect(releases.map(({ version }) => version)).toEqual(['1.0.0', '2.0.0', '3.0.0']);
  });

  it('takes no tag of a file for a release', async () => {
    const repository = makeGitRepository({ a: '1' });
    repository.git(['tag', 'v1.0.0', 'HEAD:a']);
    expect(await open(repository).releases()).toEqual([]);
  });

  it('says which release it could not date', async () => {
    const repository = makeGitRepository({ a: '1' });
    const commit = repository.git(['rev-parse', 'HEAD']).trim();
    writeFileSync(
      join(repository.dir, 'tag'),
      `object ${commit}\ntype commit\ntag v1.0.0\ntagger A <a@b> 99999999999999 +0000\n\nx\n`,
    );
    const tag = repository.git(['hash-object', '-t', 'tag', '-w', '--literally', 'tag']).trim();
    repository.git(['update-ref', 'refs/tags/v1.0.0', tag]);
    const git = open(repository);
    expect(await git.releases()).toEqual([]);
    expect(codes(git)).toEqual([['git-tag-undated', true]]);
  });
});

describe('readAt', () => {
  it('reads the bytes of a ref, by paths relative to the audited folder', async () => {
    const repository = makeGitRepository({ 'apps/web/package.json': '\ufeffold\r\n', 'package.json': 'top' });
    repository.git(['tag', 'v1.0.0']);
    repository.commit('Next', '2026-01-02T00:00:00Z', { 'apps/web/package.json': 'new' });
    const git = open({ dir: join(repository.dir, 'apps/web') });
    const sha256 = createHash('sha256').update('\ufeffold\r\n').digest('hex');
    const old = { status: 'ok', path: 'package.json', text: 'old\r\n', encoding: 'utf-8', sha256 };
    expect(await git.readAt('v1.0.0', 'package.json')).toEqual(old);
    expect(await git.readAt('HEAD~1', 'package.json')).toEqual(old);
    expect(await git.readAt('main', 'package.json')).toMatchObject({ text: 'new' });
    expect(await git.readAt('main', '../../package.json')).toMatchObject({ status: 'outside' });
  });

  it.each<[string, string]>([
    ['gone', 'missing'],
    ['*', 'missing'],
    ['folder', 'not-a-file'],
    ['link', 'not-a-file'],
    ['folder/', 'outside'],
    ['/etc/hostname', 'outside'],
    ['a\nb', 'missing'],
    ['', 'outside'],
  ])('tells what %j is: %s', async (path, status) => {
    const repository = makeRepository({ 'folder/file': '1' });
    symlinkSync('/etc/hostname', join(repository.dir, 'link'));
    repository.git(['init', '-q']);
    repository.commit('Start', '2026-01-01T00:00:00Z');
    expect(await open(repository).readAt('HEAD', path)).toMatchObject({ status, path });
  });

  it.each([
    'nope',
    '--output=/tmp/x',
    '-h',
    '',
    'HEAD:a',
    'a..b',
    'HEAD\nmain',
    'v1.0.0 main',
    ':/Start',
    'x'.repeat(300),
  ])('refuses %j as a ref', async (ref) => {
    await expect(open(makeGitRepository({ a: '1' })).readAt(ref, 'a')).rejects.toThrow(refusing('unknown-ref'));
  });

  it('shows what was committed, not what a replacement pretends', async () => {
    const repository = makeGitRepository({ a: 'true' });
    const [honest, forged] = ['a', 'b'].map((name) => {
      writeFileSync(join(repository.dir, 'x'), name === 'a' ? 'true' : 'forged');
      return repository.git(['hash-object', '-w', 'x']).trim();
    });
    repository.git(['replace', honest!, forged!]);
    expect(await open(repository).readAt('HEAD', 'a')).toMatchObject({ text: 'true' });
  });
});

describe('trackedFiles', () => {
  it('lists the index relative to the audited folder, ignored or not, odd names too', async () => {
    const repository = makeRepository({
      '.gitignore': '*.lock\n',
      'web/uv.lock': '',
      'web/ä\n"b': '',
      'web/x/y': '',
      api: '',
    });
    repository.git(['init', '-q']);
    repository.git(['add', '-A', '-f']);
    expect(await open({ dir: join(repository.dir, 'web') }).trackedFiles()).toEqual(['uv.lock', 'x/y', 'ä\n"b']);
    expect(await open(repository).trackedFiles()).toContain('web/uv.lock');
  });

  it('tells submodules from files, and lists a path in conflict once', async () => {
    const repository = makeGitRepository({ 'web/a': '1' });
    const commit = repository.git(['rev-parse', 'HEAD']).trim();
    repository.git(['checkout', '-q', '-b', 'other']);
    repository.commit('Theirs', '2026-01-02T00:00:00Z', { 'web/a': '2' });
    repository.git(['checkout', '-q', 'main']);
    repository.commit('Ours', '2026-01-02T00:00:00Z', { 'web/a': '3' });
    expect(() => repository.git(['merge', '-q', 'other'])).toThrow();
    repository.git(['update-index', '--add', '--cacheinfo', `160000,${commit},web/sub`]);
    const git = open({ dir: join(repository.dir, 'web') });
    expect([await git.trackedFiles(), await git.submodules()]).toEqual([['a', 'sub'], ['sub']]);
  });

  /** `app` holds `libs/mid`, which holds `deps/leaf`; cloned, with only the first checked out. */
  function cloneOfNested(): TestRepository {
    const adopt = (repository: TestRepository, other: string, path: string): void => {
      repository.git([...ALLOWED, 'submodule', '--quiet', 'add', other, path]);
      repository.commit('Adopt', '2026-01-02T00:00:00Z');
    };
    const leaf = makeGitRepository({ 'uv.lock': '' });
    const mid = makeGitRepository({ a: '1' });
    adopt(mid, leaf.dir, 'deps/leaf');
    const app = makeGitRepository({ a: '1' });
    adopt(app, mid.dir, 'libs/mid');
    const clone = makeRepository();
    clone.git([...ALLOWED, 'clone', '-q', app.dir, '.']);
    clone.git([...ALLOWED, 'submodule', '--quiet', 'update', '--init']);
    return clone;
  }
  const ALLOWED = ['-c', 'protocol.file.allow=always'];

  it('names the submodules of submodules, checked out or not, and runs nothing their configuration names', async () => {
    const clone = cloneOfNested();
    const { dir } = clone;
    const marker = join(dir, 'ran');
    clone.git(['-C', 'libs/mid', 'config', 'core.fsmonitor', `touch ${marker}`]);
    const git = open({ dir });
    expect(await git.submodules()).toEqual(['libs/mid', 'libs/mid/deps/leaf']);
    expect(existsSync(join(dir, 'libs/mid/deps/leaf/uv.lock'))).toBe(false);
    expect(await open({ dir: join(dir, 'libs') }).submodules()).toEqual(['mid', 'mid/deps/leaf']);
    expect(git.problems()).toEqual([]);
    expect(existsSync(marker)).toBe(false);
  });

  it.each<[string, (folder: string) => void]>([
    ['a file that leads nowhere', (folder) => writeFileSync(join(folder, '.git'), 'gitdir: ../nowhere\n')],
    ['an empty folder', (folder) => mkdirSync(join(folder, '.git'))],
  ])('says that it does not know what lies in a submodule whose .git is %s', async (_title, spoil) => {
    const { dir } = cloneOfNested();
    rmSync(join(dir, 'libs/mid/.git'));
    expect(await open({ dir }).submodules()).toEqual(['libs/mid']);
    spoil(join(dir, 'libs/mid'));
    const git = open({ dir });
    expect(await git.submodules()).toEqual(['libs/mid']);
    expect(git.problems()).toMatchObject([{ target: 'libs/mid', code: 'submodule-unread', blocks: true }]);
  });

  it('does not follow a link in the place of a submodule', async () => {
    const { dir } = cloneOfNested();
    rmSync(join(dir, 'libs/mid'), { recursive: true });
    symlinkSync(cloneOfNested().dir, join(dir, 'libs/mid'));
    const git = open({ dir });
    expect(await git.submodules()).toEqual(['libs/mid']);
    expect(git.problems()).toEqual([]);
  });

  it('says when the index cannot be read, so that nobody takes it for empty', async () => {
    const repository = makeGitRepository({ a: '1' });
    writeFileSync(join(repository.dir, '.git/index'), 'nonsense');
    const git = open(repository);
    expect(await git.trackedFiles()).toEqual([]);
    expect(codes(git)).toEqual([['git-failed', true]]);
  });
});

describe('stagedDeletions', () => {
  it('lists what the next commit would drop below the audited folder, and nothing that only lacks a file', async () => {
    const repository = makeGitRepository({
      'apps/a.json': '1',
      'apps/b.json': '2',
      'apps/c.json': '3',
      'top.json': '4',
    });
    repository.git(['rm', '-q', '--cached', 'apps/a.json', 'top.json']);
    repository.git(['mv', 'apps/b.json', 'apps/new.json']);
    rmSync(join(repository.dir, 'apps/c.json'));
    expect(await open({ dir: join(repository.dir, 'apps') }).stagedDeletions()).toEqual(['a.json', 'b.json']);
  });

  it('is empty without a checkout, and says when it cannot tell', async () => {
    expect(await open(makeRepository()).stagedDeletions()).toEqual([]);
    const repository = makeGitRepository({ a: '1' });
    writeFileSync(join(repository.dir, '.git/index'), 'no index');
    const git = open(repository);
    expect(await git.stagedDeletions()).toEqual([]);
    expect(codes(git)).toEqual([['git-failed', true]]);
  });
});

describe('a hostile checkout', () => {
  /** A repository whose every setting that can run a program makes a mark. */
  function hostile(): { repository: TestRepository; mark: string; trap: string } {
    const repository = makeGitRepository({ a: '1', '.gitattributes': '* filter=evil diff=evil textconv=evil\n' });
    repository.git(['tag', '-a', '-m', 'One', 'v1.0.0']);
    const [mark, trap] = [join(repository.dir, 'mark'), join(repository.dir, 'trap')];
    writeFileSync(trap, `#!/bin/sh\ntouch ${mark}\n`);
    chmodSync(trap, 0o755);
    const settings = [
      'core.fsmonitor',
      'core.sshCommand',
      'core.pager',
      'core.editor',
      'core.askPass',
      'diff.external',
      'gpg.program',
      'core.gitProxy',
      'filter.evil.clean',
      'filter.evil.smudge',
      'filter.evil.process',
      'diff.evil.textconv',
      'diff.evil.command',
      'credential.helper',
      'core.alternateRefsCommand',
      'uploadpack.packObjectsHook',
      'sequence.editor',
      'pager.rev-parse',
      'pager.for-each-ref',
      'pager.ls-files',
      'pager.cat-file',
    ];
    for (const key of settings) repository.git(['config', key, trap]);
    for (const name of ['rev-parse', 'ls-files', 'ls-tree', 'cat-file', 'for-each-ref', 'symbolic-ref', 'diff-index'])
      repository.git(['config', `alias.${name}`, `!${trap}`]);
    mkdirSync(join(repository.dir, 'hooks'));
    symlinkSync(trap, join(repository.dir, 'hooks/post-index-change'));
    repository.git(['config', 'core.hooksPath', join(repository.dir, 'hooks')]);
    rmSync(mark, { force: true });
    return { repository, mark, trap };
  }

  async function askEverything(repository: TestRepository): Promise<void> {
    const git = open(repository);
    expect(await git.state()).not.toBeNull();
    expect(await git.releases()).toHaveLength(1);
    expect(await git.trackedFiles()).toContain('a');
    expect(await git.stagedDeletions()).toEqual([]);
    await git.readAt('v1.0.0', 'a');
  }

  it('executes nothing of its configuration', async () => {
    const { repository, mark } = hostile();
    await askEverything(repository);
    expect(existsSync(mark)).toBe(false);
  });

  it('fetches nothing that is missing, whatever protocol it allows itself', async () => {
    const { repository, mark, trap } = hostile();
    const blob = repository.git(['rev-parse', 'HEAD:a']).trim();
    rmSync(join(repository.dir, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    const settings = {
      'core.repositoryformatversion': '1',
      'extensions.partialClone': 'origin',
      'remote.origin.promisor': 'true',
      'remote.origin.url': repository.dir,
      'remote.origin.uploadpack': trap,
      'protocol.allow': 'always',
      'protocol.file.allow': 'always',
    };
    for (const [key, value] of Object.entries(settings)) repository.git(['config', key, value]);
    rmSync(mark, { force: true });
    expect(await open(repository).readAt('HEAD', 'a')).toMatchObject({ status: 'unreadable' });
    expect(existsSync(mark)).toBe(false);
  });

  it('is not steered by variables of the shell', async () => {
    const other = makeGitRepository({ secret: '1' });
    const variables = {
      PATH: process.env['PATH'],
      GIT_DIR: join(other.dir, '.git'),
      GIT_WORK_TREE: other.dir,
      GIT_INDEX_FILE: join(other.dir, '.git/index'),
    };
    expect(await open(makeGitRepository({ a: '1' }), { variables }).trackedFiles()).toEqual(['a']);
  });

  it('takes no configuration out of a home folder inside it', async () => {
    const repository = makeGitRepository({ a: '1', '.gitconfig': '[trace2]\n\tnormalTarget = /nonexistent\n[broken' });
    const variables = { PATH: process.env['PATH'], HOME: repository.dir };
    expect(await open(repository, { variables }).state()).not.toBeNull();
  });

  it('is ended when it takes too long', async () => {
    const slow = makeRepository({ git: '#!/bin/sh\nexec sleep 30\n' });
    chmodSync(join(slow.dir, 'git'), 0o755);
    const git = open(makeRepository(), { timeoutMs: 50, variables: { PATH: `${slow.dir}:/usr/bin:/bin` } });
    expect(await git.state()).toBeNull();
    expect(git.problems()).toMatchObject([
      { code: 'git-failed', message: 'git rev-parse failed: it took too long and was ended.' },
    ]);
  });
});
