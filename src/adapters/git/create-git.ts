/** The history of the audited repository, read with git's plumbing, as the git port. */
import { realpathSync } from 'node:fs';
import { once } from '../../core/model/once.ts';
import { byText } from '../../core/model/order.ts';
import { UsageError, type Problem } from '../../core/model/problem.ts';
import type { Release } from '../../core/model/release.ts';
import type { Git, GitState } from '../../ports/git.ts';
import type { Variables } from '../lib/host.ts';
import { answerQuestion } from './answer-question.ts';
import { findCheckout, readState, textOf, type Checkout } from './checkout.ts';
import { createGitRunner, findGit, type RunGit } from './git-command.ts';
import { commandFailed } from './git-problems.ts';
import { listAdded, type StreamGit } from './list-added.ts';
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
  const git = createGitRunner(place);
  const notes = new Map<string, Problem>();
  const keep = <T extends object>(answer: T | Problem): T | null => {
    if (!isProblem(answer)) return answer;
    notes.set(answer.code + answer.message, answer);
    return null;
  };
  const start = findGit(place);
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
    submodules: async () => (await index()).filter(({ mode }) => mode === SUBMODULE).map(({ path }) => path),
    stagedDeletions: async () => ((await checkout()) === null ? [] : (keep(await listDropped(git)) ?? [])),
    answer: async (question) =>
      (await checkout()) === null ? { about: 'unknown', detail: whyUnknown(notes) } : answerQuestion(git, question),
    everAdded: async (isWanted) => ((await checkout()) === null ? null : keep(await listAdded(git, stream, isWanted))),
    problems: () => [...notes.values()].sort((a, b) => byText(a.code, b.code) || byText(a.message, b.message)),
  };
}

/** Mode under which the index keeps a commit of another repository. */
const SUBMODULE = '160000';

interface IndexEntry {
  readonly mode: string;
  readonly path: string;
}

/** A path in conflict has several entries, and is listed once. */
async function listIndex(git: RunGit): Promise<readonly IndexEntry[] | Problem> {
  const answer = await git({ args: ['ls-files', '-z', '--stage'] });
  if (!answer.ok) return commandFailed('ls-files', answer);
  const entries = pathsOf(answer.stdout).map((line): IndexEntry => {
    const tab = line.indexOf('\t');
    return { mode: line.slice(0, SUBMODULE.length), path: line.slice(tab + 1) };
  });
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  return [...byPath.values()].sort((a, b) => byText(a.path, b.path));
}

/** Compares trees and index only: what lies in the work tree would have to pass the repository's own filters. */
async function listDropped(git: RunGit): Promise<readonly string[] | Problem> {
  const args = ['diff-index', '-z', '--cached', '--name-only', '--no-renames', '--diff-filter=D', '--relative', 'HEAD'];
  const answer = await git({ args: [...args, '--'] });
  return answer.ok ? pathsOf(answer.stdout) : commandFailed('diff-index', answer);
}

function pathsOf(stdout: Uint8Array): readonly string[] {
  return textOf(stdout)
    .split('\0')
    .filter((path) => path !== '')
    .sort(byText);
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
