/** What git says to the questions of a program, on real repositories. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGit } from '../../src/adapters/git/create-git.ts';
import { makeGitRepository, makeRepository } from '../support/repository.ts';

const open = ({ dir }: { readonly dir: string }) =>
  createGit({ root: dir, variables: { PATH: process.env['PATH'], HOME: '/nonexistent' } });

const JAN = '2026-01-01T00:00:00Z';
const MAY = '2026-05-01T12:00:00Z';

describe('ignored', () => {
  it('names the rule, whether or not the path is there or tracked', async () => {
    const repository = makeGitRepository({ '.env': 'A=1', 'api/x': '' });
    repository.write({ '.gitignore': '# local\n.env\n!keep.env\n', 'api/.gitignore': '/secrets/\n' });
    const paths = ['.env', 'api/.env', 'keep.env', 'api/secrets/a', 'other'];
    expect(await open(repository).answer({ about: 'ignored', paths })).toEqual({
      about: 'ignored',
      rules: [
        { file: '.gitignore', line: 2, pattern: '.env' },
        { file: '.gitignore', line: 2, pattern: '.env' },
        null,
        { file: 'api/.gitignore', line: 1, pattern: '/secrets/' },
        null,
      ],
    });
  });

  it('takes no word of excludes that hold on this machine only', async () => {
    const repository = makeGitRepository({ a: '' });
    repository.write({ '.git/info/exclude': '.env\n', mine: '.env\n' });
    repository.git(['config', 'core.excludesFile', join(repository.dir, 'mine')]);
    expect(await open(repository).answer({ about: 'ignored', paths: ['.env'] })).toEqual({
      about: 'ignored',
      rules: [null],
    });
  });

  it('knows nothing outside of a checkout', async () => {
    const answer = await open(makeRepository({ '.gitignore': '.env\n' })).answer({ about: 'ignored', paths: ['.env'] });
    expect(answer).toMatchObject({ about: 'unknown' });
  });
});

describe('line', () => {
  it('dates a line that has moved on disk since it was committed', async () => {
    const repository = makeGitRepository({ 'S.md': 'a\nPGP: soon\n' }, JAN);
    repository.commit('More', MAY, { 'S.md': 'a\nb\nPGP: soon\n' });
    repository.write({ 'S.md': 'new\na\nb\nPGP: soon\n' });
    const question = { about: 'line', path: 'S.md', line: 4, text: 'PGP: soon' } as const;
    expect(await open(repository).answer(question)).toEqual({
      about: 'line',
      origin: {
        commit: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
        at: '2026-01-01T00:00:00.000Z',
        atLeast: false,
      },
    });
  });

  it.each([
    ['a line nobody committed', 'S.md', 'not there'],
    ['a file nobody committed', 'T.md', 'a'],
  ])('knows no origin of %s', async (_what, path, text) => {
    const repository = makeGitRepository({ 'S.md': 'a\n' });
    repository.write({ 'T.md': 'a\n' });
    expect(await open(repository).answer({ about: 'line', path, line: 1, text })).toEqual({
      about: 'line',
      origin: null,
    });
  });

  it('says that the history is cut off in a shallow clone', async () => {
    const repository = makeGitRepository({ 'S.md': 'a\n' }, JAN);
    repository.commit('Next', MAY, { b: '' });
    const clone = makeRepository();
    clone.git(['clone', '-q', '--depth=1', `file://${repository.dir}`, 'c']);
    const git = open({ dir: join(clone.dir, 'c') });
    expect(await git.answer({ about: 'line', path: 'S.md', line: 1, text: 'a' })).toMatchObject({
      origin: { atLeast: true },
    });
  });

  it('runs no program the repository names', async () => {
    const repository = makeGitRepository({ 'S.md': 'a\n', '.gitattributes': '*.md diff=evil filter=evil\n' });
    const touched = join(repository.dir, 'touched');
    for (const key of ['diff.evil.textconv', 'diff.evil.command', 'filter.evil.clean', 'gpg.program'])
      repository.git(['config', key, `touch ${touched}; cat`]);
    repository.git(['config', 'log.showSignature', 'true']);
    const git = open(repository);
    await git.answer({ about: 'line', path: 'S.md', line: 1, text: 'a' });
    await git.answer({ about: 'mention', name: 'a', paths: ['S.md'] });
    await git.answer({ about: 'ignored', paths: ['a'] });
    await git.everAdded(() => true);
    expect(existsSync(touched)).toBe(false);
  });
});

describe('mention', () => {
  it('names the commit that took the last mention out, in any spelling', async () => {
    const repository = makeGitRepository({ 'r.txt': 'flask\nPython_Jose>=3\n' }, JAN);
    const gone = repository.commit('Drop', MAY, { 'r.txt': 'flask\n' });
    repository.commit('Later', '2026-06-01T00:00:00Z', { 'r.txt': 'flask\nuvicorn\n' });
    expect(await open(repository).answer({ about: 'mention', name: 'python-jose', paths: ['r.txt'] })).toEqual({
      about: 'mention',
      change: { commit: gone, at: '2026-05-01T12:00:00.000Z' },
    });
  });

  it.each(['jose', 'python', 'no[such^name'])('does not take %s for python-jose', async (name) => {
    const repository = makeGitRepository({ 'r.txt': 'python-jose>=3\n' });
    const answer = await open(repository).answer({ about: 'mention', name, paths: ['r.txt'] });
    expect(answer).toEqual({ about: 'mention', change: null });
  });

  it('sees a folder below the top of the checkout', async () => {
    const repository = makeGitRepository({ 'api/r.txt': 'left-pad\n' }, JAN);
    const gone = repository.commit('Drop', MAY, { 'api/r.txt': '\n' });
    const answer = await open({ dir: join(repository.dir, 'api') }).answer({
      about: 'mention',
      name: 'left-pad',
      paths: ['r.txt'],
    });
    expect(answer).toMatchObject({ change: { commit: gone } });
  });
});

describe('everAdded', () => {
  it('finds what another branch added and what was deleted since', async () => {
    const repository = makeGitRepository({ 'a.pem': 'x', b: '' }, JAN);
    const first = repository.git(['rev-parse', 'HEAD']).trim();
    repository.git(['rm', '-q', 'a.pem']);
    repository.commit('Drop', MAY);
    repository.git(['checkout', '-q', '-b', 'side']);
    const side = repository.commit('Side', '2026-06-01T00:00:00Z', { 'deep/b.pem': 'y' });
    repository.git(['checkout', '-q', 'main']);
    expect(await open(repository).everAdded((path) => path.endsWith('.pem'))).toEqual([
      { path: 'a.pem', commit: first, at: '2026-01-01T00:00:00.000Z' },
      { path: 'deep/b.pem', commit: side, at: '2026-06-01T00:00:00.000Z' },
    ]);
  });

  it('finds what a merge alone added, and takes nothing for its own that a branch brought', async () => {
    const repository = makeGitRepository({ a: '' }, JAN);
    repository.git(['checkout', '-q', '-b', 'side']);
    const side = repository.commit('Side', MAY, { 'b.pem': 'y' });
    repository.git(['checkout', '-q', 'main']);
    repository.commit('Main', MAY, { c: '' });
    repository.git(['merge', '-q', '--no-ff', '--no-commit', 'side']);
    const merge = repository.commit('Merge', '2026-06-01T00:00:00Z', { 'b.pem': 'z', 'm.pem': 'x' });
    expect(await open(repository).everAdded((path) => path.endsWith('.pem'))).toEqual([
      { path: 'b.pem', commit: side, at: '2026-05-01T12:00:00.000Z' },
      { path: 'm.pem', commit: merge, at: '2026-06-01T00:00:00.000Z' },
    ]);
  });

  it('finds what a commit added whose date can be none', async () => {
    const repository = makeGitRepository({ a: '' }, JAN);
    repository.write({ 'a.pem': 'x' });
    repository.git(['add', '.']);
    const tree = repository.git(['write-tree']).trim();
    const person = 'A <a@example.org> 999999999999 +0000';
    repository.write({ '.git/forged': `tree ${tree}\nauthor ${person}\ncommitter ${person}\n\nForged\n` });
    const commit = repository.git(['hash-object', '-t', 'commit', '-w', '.git/forged']).trim();
    repository.git(['reset', '-q', '--hard', commit]);
    expect(await open(repository).everAdded((path) => path.endsWith('.pem'))).toEqual([
      { path: 'a.pem', commit, at: null },
    ]);
  });

  it('knows nothing outside of a checkout', async () => {
    expect(await open(makeRepository({ a: '' })).everAdded(() => true)).toBeNull();
  });
});
