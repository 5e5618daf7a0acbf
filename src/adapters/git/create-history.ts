/** The past of the audited repository, read with git's plumbing, as the history port. */
import { realpathSync } from 'node:fs';
import type { Problem } from '../../core/model/problem.ts';
import type { BlobRead, History, HistoryWalk } from '../../ports/history.ts';
import type { Variables } from '../lib/host.ts';
import { findCheckout, type Checkout } from './checkout.ts';
import { createGitRunner, findGit, type GitAnswer, type GitStart, type RunGit } from './git-command.ts';
import { commandFailed, noCommit } from './git-problems.ts';
import { readBatch, type BlobLimits } from './read-blobs.ts';
import { streamGit } from './stream-git.ts';
import { changesCommand, isCutAt, joinChanges, readChain, readChanges } from './walk-history.ts';

export interface HistoryOptions {
  /** The audited folder; it may be any folder of a checkout. Must exist. */
  readonly root: string;
  /** The operator's variables: PATH, and HOME for git's own trusted configuration. */
  readonly variables: Variables;
  /** For one command. */
  readonly timeoutMs?: number;
  readonly limits?: Partial<BlobLimits>;
}

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
const LIMITS: BlobLimits = { maxBytes: 64 * 1024 * 1024, maxTotalBytes: 8 * 1024 * 1024 * 1024 };

/** Nothing is run before the first question. */
export function createHistory({ root, variables, timeoutMs = 300_000, limits = {} }: HistoryOptions): History {
  const place = { root: realpathSync(root), variables, timeoutMs, maxOutputBytes: MAX_OUTPUT_BYTES };
  const git = createGitRunner(place);
  const start = findGit(place);
  const stream = (begin: GitStart, args: readonly string[], input: string) =>
    streamGit(begin, place.root, args, input, timeoutMs);
  return {
    walk: async (isWanted) => {
      const checkout = await findCheckout(git, place.root);
      if ('blocks' in checkout || start === null) return 'blocks' in checkout ? unknown(checkout) : noHistory();
      return walk(git, checkout, isWanted, ({ args, input }) => stream(start, args, input));
    },
    readBlobs: (ids) => {
      if (start === null || ids.length === 0) return refuse(ids);
      const batch = stream(start, ['cat-file', '--batch', '--buffer'], ids.map((id) => `${id}\n`).join(''));
      return readBatch(batch, ids, { ...LIMITS, ...limits });
    },
  };
}

async function walk(
  git: RunGit,
  { prefix }: Checkout,
  isWanted: (path: string) => boolean,
  stream: (command: ReturnType<typeof changesCommand>) => ReturnType<typeof streamGit>,
): Promise<HistoryWalk> {
  const head = await git({ args: ['rev-parse', '--verify', '--quiet', '--end-of-options', 'HEAD^{commit}'] });
  if (!head.ok) return unknown(head.exitCode === 1 ? noCommit() : commandFailed('rev-parse', head));
  const chain = await readChain(git);
  if ('ok' in chain) return unknown(commandFailed('rev-list', chain));
  const [oldest] = chain;
  if (oldest === undefined) return unknown(noCommit());
  const cut = await isCutAt(git, oldest);
  if (typeof cut !== 'boolean') return unknown(commandFailed('cat-file', cut));
  const command = changesCommand(chain);
  const changing = stream(command);
  const changes = await readChanges(changing, isWanted);
  const ended = await changing.ended;
  if (ended !== null) return unknown(commandFailed('diff-tree', failure(ended)));
  return { status: 'known', commits: joinChanges(chain, changes), cut, prefix };
}

async function* refuse(ids: readonly string[]): AsyncIterable<BlobRead> {
  for (const id of ids) yield await Promise.resolve({ status: 'unreadable', id, detail: 'git was not found.' });
}

function unknown(problem: Problem): HistoryWalk {
  return { status: 'unknown', problem };
}

function noHistory(): HistoryWalk {
  return unknown(commandFailed('rev-list', failure('git was not found.')));
}

function failure(detail: string): Extract<GitAnswer, { ok: false }> {
  return { ok: false, missing: false, exitCode: null, detail };
}
