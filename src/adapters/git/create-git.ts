/** The history of the audited repository, read with git's plumbing, as the git port. */
import { realpathSync } from 'node:fs';
import { once } from '../../core/model/once.ts';
import { byText } from '../../core/model/order.ts';
import { UsageError, type Problem } from '../../core/model/problem.ts';
import type { Release } from '../../core/model/release.ts';
import type { Git, GitState } from '../../ports/git.ts';
import type { Variables } from '../lib/host.ts';
import { answerQuestion } from './answer-question.ts';
import { findCheckout, readState, type Checkout } from './checkout.ts';
import { createGitRunner, findGit, type RunGit } from './git-command.ts';
import { commandFailed } from './git-problems.ts';
import { listAdded, type StreamGit } from './list-added.ts';
import { findSubmodules, listIndex, pathsOf, type IndexEntry } from './list-index.ts';
import { readAtCommit, resolveCommit } from './read-at.ts';
import { readReleases } from './releases.ts';
import { streamGit } from './stream-git.ts';

export interface GitOptions {
  /** The audited folder; it may be any folder of a checkout. Must exist. */
  readonly root: string;
  /** The operator's variables: PATH, and HOME for git's own trusted configuration. */
  readonly variables: Variables;
  /** What stands in front of the version in release tags, literally, such as `api@`; none means nothing does. */
  readonly tagPrefixes?: readonly string[];
  /** For one command. */
  readonly timeoutMs?: number;
}

const MAX_OUTPUT_BYTES = 128 * 1024 * 1024;

/** Nothing is run before the first question; what is checked out and released is found out once. */
export function createGit({ root, variables, tagPrefixes = [], timeoutMs = 60_000 }: GitOptions): Git {
  const real = realpathSync(root);
  const place = { root: real, variables, timeoutMs, maxOutputBytes: MAX_OUTPUT_BYTES };
  const start = findGit(place);
  const git = createGitRunner(place, start);
  const notes = new Map<string, Problem>();
  const keep = <T extends object>(answer: T | Problem): T | null => {
    if (!isProblem(answer)) return answer;
    notes.set(answer.code + answer.message, answer);
    return null;
  };
  const stream: StreamGit = (args, input) => (start === null ? null : streamGit(start, real, args, input, timeoutMs));
  const checkout = once((): Promise<Checkout | null> => findCheckout(git, real).then(keep));
  const state = once(async (): Promise<GitState | null> => {
    const around = await checkout();
    return around === null ? null : keep(await readState(git, around));
  });
  const releases = once(async (): Promise<readonly Release[]> => {
    if ((await checkout()) === null) return [];
    const reading = await readReleases(git, tagPrefixes);
    reading.problems.forEach(keep);
    return reading.releases;
  });
  const index = once(async (): Promise<readonly IndexEntry[]> =>
    (await checkout()) === null ? [] : (keep(await listIndex(git)) ?? []),
  );
  return {
    state,
    releases,
    readAt: async (ref, path) => {
      const around = await checkout();
      if (around === null) throw noHistory();
      return readAtCommit(git, around, await resolveCommit(git, ref), path);
    },
    trackedFiles: async () => (await index()).map(({ path }) => path),
    submodules: async () => {
      const found = await findSubmodules(real, await index(), (folder) =>
        createGitRunner({ ...place, root: folder }, start),
      );
      found.problems.forEach(keep);
      return found.paths;
    },
    stagedDeletions: async () => ((await checkout()) === null ? [] : (keep(await listDropped(git)) ?? [])),
    answer: async (question) =>
      (await checkout()) === null ? { about: 'unknown', detail: whyUnknown(notes) } : answerQuestion(git, question),
    everAdded: async (isWanted) => ((await checkout()) === null ? null : keep(await listAdded(git, stream, isWanted))),
    problems: () => [...notes.values()].sort((a, b) => byText(a.code, b.code) || byText(a.message, b.message)),
  };
}

/** Compares trees and index only: what lies in the work tree would have to pass the repository's own filters. */
async function listDropped(git: RunGit): Promise<readonly string[] | Problem> {
  const args = ['diff-index', '-z', '--cached', '--name-only', '--no-renames', '--diff-filter=D', '--relative', 'HEAD'];
  const answer = await git({ args: [...args, '--'] });
  return answer.ok ? pathsOf(answer.stdout) : commandFailed('diff-index', answer);
}

function whyUnknown(notes: ReadonlyMap<string, Problem>): string {
  const [problem] = notes.values();
  return problem?.message ?? 'there is no history to read.';
}

function isProblem(answer: object): answer is Problem {
  return 'blocks' in answer;
}

function noHistory(): UsageError {
  const mend = 'Run fixby in a git checkout, or leave the ref away.';
  return new UsageError('no-git', 'A ref was named, and the folder is no git checkout that can be read.', mend);
}
