/** Reads what git's index holds: files and submodules, those of submodules that are checked out too. */
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { byText } from '../../core/model/order.ts';
import { joinPath } from '../../core/model/path.ts';
import type { Problem } from '../../core/model/problem.ts';
import { isInside } from '../lib/inside.ts';
import { findCheckout, textOf } from './checkout.ts';
import type { RunGit } from './git-command.ts';
import { commandFailed, unknownSubmodules } from './git-problems.ts';

/** Mode under which the index keeps a commit of another repository. */
const SUBMODULE = '160000';

export interface IndexEntry {
  readonly mode: string;
  /** Posix, relative to where git was asked. */
  readonly path: string;
}

/** Sorted by path. A path in conflict has several entries, and is listed once. */
export async function listIndex(git: RunGit): Promise<readonly IndexEntry[] | Problem> {
  const answer = await git({ args: ['ls-files', '-z', '--stage'] });
  if (!answer.ok) return commandFailed('ls-files', answer);
  const entries = pathsOf(answer.stdout).map((line): IndexEntry => {
    const tab = line.indexOf('\t');
    return { mode: line.slice(0, SUBMODULE.length), path: line.slice(tab + 1) };
  });
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  return [...byPath.values()].sort((a, b) => byText(a.path, b.path));
}

/** What git wrote with `-z`, sorted. */
export function pathsOf(stdout: Uint8Array): readonly string[] {
  return textOf(stdout)
    .split('\0')
    .filter((path) => path !== '')
    .sort(byText);
}

/** Submodules asked at once. */
const WIDTH = 4;

// As deep as no repository is, so that a hostile one ends.
const DEEPEST = 20;

export interface Submodules {
  /** Posix and relative to the audited folder, sorted: those of the index, and those below them that are known. */
  readonly paths: readonly string[];
  readonly problems: readonly Problem[];
}

/** `root` is the real path of the audited folder, `index` what its index holds, `runIn` git in a folder below it. */
export async function findSubmodules(
  root: string,
  index: readonly IndexEntry[],
  runIn: (folder: string) => RunGit,
): Promise<Submodules> {
  const limit = pLimit(WIDTH);
  const paths: string[] = [];
  const problems: Problem[] = [];
  let level = submodulesIn('.', index);
  for (let depth = 0; level.length > 0; depth += 1) {
    paths.push(...level);
    if (depth === DEEPEST) break;
    const below = await Promise.all(level.map((path) => limit(() => submodulesOf(root, path, runIn))));
    problems.push(...below.flatMap((answer) => ('code' in answer ? [answer] : [])));
    level = below.flatMap((answer) => ('code' in answer ? [] : answer));
  }
  return { paths: paths.sort(byText), problems };
}

function submodulesIn(folder: string, index: readonly IndexEntry[]): readonly string[] {
  return index.filter(({ mode }) => mode === SUBMODULE).map(({ path }) => joinPath(folder, path));
}

/** None where nothing is checked out, or where the folder is a link: nothing below it is looked at either. */
async function submodulesOf(
  root: string,
  path: string,
  runIn: (folder: string) => RunGit,
): Promise<readonly string[] | Problem> {
  const folder = join(root, path);
  if (!existsSync(join(folder, '.git')) || !isInside(root, await realpath(folder))) return [];
  const git = runIn(folder);
  const around = await findCheckout(git, folder);
  if ('code' in around) return unknownSubmodules(path, around);
  if (around.prefix !== '') return unknownSubmodules(path, { message: 'its .git leads to no repository.' });
  const index = await listIndex(git);
  return 'code' in index ? unknownSubmodules(path, index) : submodulesIn(path, index);
}
