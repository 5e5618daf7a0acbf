/** The history port on real repositories, hostile ones among them. */
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHistory, type HistoryOptions } from '../../src/adapters/git/create-history.ts';
import type { HistoryWalk } from '../../src/ports/history.ts';
import { makeGitRepository, makeRepository, type TestRepository } from '../support/repository.ts';

const open = ({ dir }: Pick<TestRepository, 'dir'>, options: Partial<HistoryOptions> = {}) =>
  createHistory({ root: dir, variables: { PATH: process.env['PATH'], HOME: '/nonexistent' }, ...options });

async function walk(
  repository: Pick<TestRepository, 'dir'>,
  isWanted = (path: string): boolean => path.endsWith('lock'),
): Promise<Extract<HistoryWalk, { status: 'known' }>> {
  const walked = await open(repository).walk(isWanted);
  if (walked.status !== 'known') throw new Error(walked.problem.message);
  return walked;
}

/** Each commit as its day and what changed, with `-` for what went. */
const days = ({ commits }: Extract<HistoryWalk, { status: 'known' }>): readonly string[] =>
  commits.map(({ committedAt, changes }) =>
    [committedAt?.slice(0, 10), ...changes.map(({ path, blob }) => (blob === undefined ? `-${path}` : path))].join(' '),
  );

async function read(history: ReturnType<typeof open>, ids: readonly string[]): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const blob of history.readBlobs(ids)) texts.push(blob.status === 'ok' ? blob.text : `(${blob.detail})`);
  return texts;
}

describe('walk', () => {
  it('tells each commit with its wanted changes, oldest first', async () => {
    const repository = makeGitRepository({ 'a.lock': '1', other: 'x' }, '2026-01-01T00:00:00Z');
    repository.commit('Other', '2026-01-02T00:00:00Z', { other: 'y' });
    repository.commit('Two', '2026-01-03T00:00:00Z', { 'a.lock': '2', 'b/b.lock': '2' });
    repository.git(['mv', 'b', 'c']);
    repository.commit('Move', '2026-01-04T00:00:00Z');
    const walked = await walk(repository);
    expect(days(walked)).toEqual([
      '2026-01-01 a.lock',
      '2026-01-02',
      '2026-01-03 a.lock b/b.lock',
      '2026-01-04 -b/b.lock c/b.lock',
    ]);
    expect(walked).toMatchObject({ cut: false, prefix: '' });
    expect(walked.commits.at(-1)?.id).toBe(repository.git(['rev-parse', 'HEAD']).trim());
  });

  it('counts a merge at the day the branch got it', async () => {
    const repository = makeGitRepository({ 'a.lock': '1' }, '2026-01-01T00:00:00Z');
    repository.git(['checkout', '-q', '-b', 'topic']);
    repository.commit('Typed', '2026-01-02T00:00:00Z', { 'a.lock': '2' });
    repository.git(['checkout', '-q', 'main']);
    repository.commit('Meanwhile', '2026-01-05T00:00:00Z', { other: 'x' });
    repository.git(['merge', '-q', '--no-ff', '-m', 'Merge', 'topic'], '2026-02-01T00:00:00Z');
    expect(days(await walk(repository))).toEqual(['2026-01-01 a.lock', '2026-01-05', '2026-02-01 a.lock']);
  });

  it('keeps author and committer apart, and states no date that cannot be one', async () => {
    const repository = makeGitRepository({ 'a.lock': '1' });
    const tree = repository.git(['rev-parse', 'HEAD^{tree}']).trim();
    const raw = join(repository.dir, 'raw');
    writeFileSync(
      raw,
      `tree ${tree}\nauthor A <a@b> 1767225600 +0100\ncommitter C <c@d> 99999999999999 +0000\n\nOdd\n`,
    );
    const commit = repository.git(['hash-object', '-t', 'commit', '-w', '--literally', raw]).trim();
    repository.git(['reset', '-q', '--soft', commit]);
    expect((await walk(repository)).commits).toMatchObject([
      { committedAt: null, authoredAt: '2026-01-01T00:00:00.000Z' },
    ]);
  });

  it('counts links and submodules as nothing', async () => {
    const repository = makeGitRepository({ 'a.lock': '1' });
    repository.git(['rm', '-q', 'a.lock']);
    symlinkSync('/etc/passwd', join(repository.dir, 'a.lock'));
    symlinkSync('/etc/passwd', join(repository.dir, 'b.lock'));
    repository.commit('Link', '2026-01-02T00:00:00Z');
    expect(days(await walk(repository))).toEqual(['2026-01-01 a.lock', '2026-01-02 -a.lock']);
  });

  it('passes names through as they are', async () => {
    const odd = 'ünïcode "quoted"\n:tab\t.lock';
    const repository = makeGitRepository({ [odd]: '1' });
    expect((await walk(repository)).commits[0]?.changes[0]?.path).toBe(odd);
  });

  it('says that a shallow clone is cut, and a whole one is not', async () => {
    const repository = makeGitRepository({ 'a.lock': '1' });
    repository.commit('Next', '2026-01-02T00:00:00Z', { 'a.lock': '2' });
    const clones = makeRepository();
    clones.git(['clone', '-q', '--depth=1', `file://${repository.dir}`, 'cut']);
    clones.git(['clone', '-q', '--depth=9', `file://${repository.dir}`, 'whole']);
    const cut = await walk({ dir: join(clones.dir, 'cut') });
    expect([cut.cut, days(cut)]).toEqual([true, ['2026-01-02 a.lock']]);
    expect((await walk({ dir: join(clones.dir, 'whole') })).cut).toBe(false);
  });

  it('starts at the audited folder and sees the whole checkout', async () => {
    const repository = makeGitRepository({ 'apps/web/a.lock': '1', 'b.lock': '1' });
    const walked = await walk({ dir: join(repository.dir, 'apps/web') });
    expect([walked.prefix, days(walked)]).toEqual(['apps/web/', ['2026-01-01 apps/web/a.lock b.lock']]);
  });

  it('believes neither grafts nor replaced commits', async () => {
    const repository = makeGitRepository({ 'a.lock': '1' });
    const first = repository.git(['rev-parse', 'HEAD']).trim();
    const second = repository.commit('Two', '2026-01-02T00:00:00Z', { 'a.lock': '2' });
    const third = repository.commit('Three', '2026-01-03T00:00:00Z', { 'a.lock': '3' });
    mkdirSync(join(repository.dir, '.git/info'), { recursive: true });
    writeFileSync(join(repository.dir, '.git/info/grafts'), `${third} ${first}\n`);
    repository.git(['replace', second, first]);
    expect((await walk(repository)).commits.map(({ id }) => id)).toEqual([first, second, third]);
  });

  it('starts nothing that the configuration names', async () => {
    const repository = makeGitRepository({ 'a.lock': '1', '.gitattributes': '*.lock diff=evil\n' });
    repository.commit('Two', '2026-01-02T00:00:00Z', { 'a.lock': '2' });
    const proof = join(repository.dir, 'ran');
    for (const key of ['gpg.program', 'diff.evil.command', 'diff.evil.textconv', 'diff.external', 'core.pager']) {
      repository.git(['config', key, `touch ${proof}; cat`]);
    }
    repository.git(['config', 'log.showSignature', 'true']);
    const { commits } = await walk(repository);
    await read(open(repository), [commits[0]?.changes[0]?.blob ?? '']);
    expect(existsSync(proof)).toBe(false);
  });

  it.each<[string, (repository: TestRepository) => Partial<HistoryOptions>, string]>([
    ['no checkout', () => ({}), 'git-no-checkout'],
    ['no git', () => ({ variables: { PATH: '/nonexistent' } }), 'git-missing'],
    ['no commit', (repository) => (repository.git(['init', '-q']), {}), 'git-no-commit'],
    ['a missing commit', damage, 'git-failed'],
  ])('knows nothing and says why: %s', async (_, prepare, code) => {
    const repository = makeRepository({ a: '1' });
    const walked = await open(repository, prepare(repository)).walk(() => true);
    expect(walked).toMatchObject({ status: 'unknown', problem: { code } });
  });
});

describe('readBlobs', () => {
  it('answers in the order of the ids, by blob and by commit and path', async () => {
    const repository = makeGitRepository({ 'a.lock': 'one\n', 'b c.lock': '' });
    repository.commit('Two', '2026-01-02T00:00:00Z', { 'a.lock': 'zwei ü' });
    const blob = repository.git(['rev-parse', 'HEAD~:a.lock']).trim();
    const ids = ['HEAD:a.lock', blob, 'HEAD:b c.lock', blob];
    expect(await read(open(repository), ids)).toEqual(['zwei ü', 'one\n', '', 'one\n']);
  });

  it('passes over what is missing, no file, or too large, and goes on', async () => {
    const repository = makeGitRepository({ 'a.lock': 'small', big: 'x'.repeat(200_000) });
    const history = open(repository, { limits: { maxBytes: 1000 } });
    const texts = await read(history, ['HEAD:big', 'f'.repeat(40), 'HEAD:nowhere', 'HEAD^{tree}', '', 'HEAD:a.lock']);
    expect(texts.map((text) => text.slice(0, 22))).toEqual([
      '(it is larger than 100',
      '(git has no such objec',
      '(git has no such objec',
      '(it is no file.)',
      '(git has no such objec',
      'small',
    ]);
  });

  it('stops at what it may read in all, and says so of the rest', async () => {
    const repository = makeGitRepository({ a: 'x'.repeat(600), b: 'y'.repeat(600) });
    const history = open(repository, { limits: { maxTotalBytes: 1000 } });
    const [first, second] = await read(history, ['HEAD:a', 'HEAD:b']);
    expect([first?.length, second]).toEqual([600, '(the history holds more than is read.)']);
  });

  it('says what git says when it cannot go on', async () => {
    const repository = makeGitRepository({ a: '1' });
    const blob = repository.git(['rev-parse', 'HEAD:a']).trim();
    writeFileSync(objectOf(repository, blob), 'no object', { mode: 0o644 });
    expect(await read(open(repository), [blob])).toEqual([
      expect.stringMatching(/^\(.*(corrupt|missing|no such object|unable)/),
    ]);
  });

  it('ends with a reader that has seen enough', async () => {
    const repository = makeGitRepository({ a: 'x'.repeat(1_000_000) });
    const ids = Array.from({ length: 50 }, () => 'HEAD:a');
    for await (const blob of open(repository).readBlobs(ids)) {
      expect(blob.status).toBe('ok');
      break;
    }
  });
});

function damage(repository: TestRepository): Partial<HistoryOptions> {
  repository.git(['init', '-q', '-b', 'main']);
  const first = repository.commit('One', '2026-01-01T00:00:00Z', { a: '1' });
  repository.commit('Two', '2026-01-02T00:00:00Z', { a: '2' });
  writeFileSync(objectOf(repository, first), 'no object');
  return {};
}

/** The file of a loose object, which git writes read-only. */
function objectOf({ dir }: TestRepository, id: string): string {
  const path = join(dir, '.git/objects', id.slice(0, 2), id.slice(2));
  chmodSync(path, 0o644);
  return path;
}
