/** Folders that were renamed between two nights, read from real git: a finding goes where its folder went. */
import { describe, expect, it } from 'vitest';
import { auditors } from '../../src/core/auditors/registry.ts';
import { foldLedger } from '../../src/core/reconcile/fold-ledger.ts';
import type { Rename } from '../../src/core/reconcile/observation.ts';
import { runEvent } from '../../src/core/reconcile/run-event.ts';
import { findRenames } from '../../src/pipeline/find-renames.ts';
import { readPast } from '../../src/pipeline/read-past.ts';
import { audited, observed, target } from '../support/observed.ts';
import { makeGitRepository, npmProject } from '../support/repository.ts';
import type { TestRepository } from '../support/repository.ts';
import { openHistory } from '../support/trace.ts';

const on = (day: string): string => `2026-03-${day}T12:00:00Z`;

/** A repository with one folder, and a move of folders. */
function repositoryWith(
  folder = 'web',
): TestRepository & { readonly move: (from: string, to: string, day: string) => string } {
  const repository = makeGitRepository(npmProject({ left: '1.0.0', right: '1.0.0' }, folder), on('01'));
  const move = (from: string, to: string, day: string): string => {
    repository.git(['mv', from, to]);
    return repository.commit(`Move ${from}`, on(day));
  };
  return { ...repository, move };
}

/** Renames since a run that audited `before` at `commit`, where `now` is what discovery finds. */
function renames(
  { dir }: TestRepository,
  { before = 'web', commit, now }: { readonly before?: string; readonly commit?: string; readonly now: string },
): Promise<readonly Rename[]> {
  const { run, ...rest } = observed([], { audits: [audited(before)] });
  const body = runEvent({ ...rest, run: commit === undefined ? run : { ...run, commit } });
  const state = foldLedger([{ seq: 1, at: run.generatedAt, body }]);
  const past = () => readPast(openHistory(dir), auditors, '2026-12-31T00:00:00.000Z');
  return findRenames(state, [target(now)], past);
}

const head = (repository: TestRepository): string => repository.git(['rev-parse', 'HEAD']).trim();

describe('a folder that is gone', () => {
  it('is found where it was moved to', async () => {
    const repository = repositoryWith();
    const commit = head(repository);
    repository.move('web', 'site', '02');
    expect(await renames(repository, { commit, now: 'site' })).toEqual([{ from: 'web', to: 'site' }]);
  });

  it('is followed through several moves to where it ended up', async () => {
    const repository = repositoryWith();
    const commit = head(repository);
    repository.move('web', 'site', '02');
    repository.move('site', 'shop', '03');
    expect(await renames(repository, { commit, now: 'shop' })).toContainEqual({ from: 'web', to: 'shop' });
  });

  it('is found below a folder that was renamed, with some of it changed on the way', async () => {
    const repository = repositoryWith('apps/web');
    const commit = head(repository);
    repository.git(['mv', 'apps', 'packages']);
    repository.commit('Move and bump', on('02'), npmProject({ left: '1.0.1', right: '1.0.0' }, 'packages/web'));
    expect(await renames(repository, { before: 'apps/web', commit, now: 'packages/web' })).toEqual([
      { from: 'apps/web', to: 'packages/web' },
    ]);
  });

  it('was not renamed when it was moved and moved back', async () => {
    const repository = repositoryWith();
    const commit = head(repository);
    repository.move('web', 'site', '02');
    repository.move('site', 'web', '03');
    expect((await renames(repository, { commit, now: 'other' })).filter(({ from }) => from === 'web')).toEqual([]);
  });

  it('was not renamed when it was deleted', async () => {
    const repository = repositoryWith();
    const commit = head(repository);
    repository.git(['rm', '-rq', 'web']);
    repository.commit('Drop', on('02'), npmProject({ other: '3.0.0' }, 'tools'));
    expect(await renames(repository, { commit, now: 'tools' })).toEqual([]);
  });
});

describe('nothing is told', () => {
  it('of what was moved before the last run', async () => {
    const repository = repositoryWith();
    const commit = repository.move('web', 'site', '02');
    expect(await renames(repository, { commit, now: 'site' })).toEqual([]);
  });

  it('where every folder is still there', async () => {
    const repository = repositoryWith();
    const commit = head(repository);
    repository.commit('Copy', on('02'), npmProject({ left: '1.0.0', right: '1.0.0' }, 'site'));
    expect(await renames(repository, { commit, now: 'web' })).toEqual([]);
  });

  it.each([
    ['no commit was recorded', undefined],
    ['the commit is of another history', 'f'.repeat(40)],
  ])('where %s', async (_, commit) => {
    const repository = repositoryWith();
    repository.move('web', 'site', '02');
    expect(await renames(repository, { ...(commit === undefined ? {} : { commit }), now: 'site' })).toEqual([]);
  });
});
