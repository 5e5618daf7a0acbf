/** Lists the files that any commit of any branch or tag ever added. */
import type { PastPath } from '../../core/model/git-question.ts';
import type { Problem } from '../../core/model/problem.ts';
import { textOf } from './checkout.ts';
import type { RunGit } from './git-command.ts';
import { commandFailed } from './git-problems.ts';
import { instantOf } from './instant-of.ts';
import type { GitStream } from './stream-git.ts';
import { readChanges } from './walk-history.ts';

/** Starts a command whose output is too large to hold; `null` where there is no git. */
export type StreamGit = (args: readonly string[], input: string) => GitStream | null;

// `-c`: of a merge what none of its parents has, such as a file that came with the mending of a conflict.
const CHANGES = ['diff-tree', '--stdin', '--root', '-c', '-r', '-z', '--raw', '--no-abbrev', '--no-renames'];

/** Oldest first; or what stood in the way. */
export async function listAdded(
  git: RunGit,
  stream: StreamGit,
  isWanted: (path: string) => boolean,
): Promise<readonly PastPath[] | Problem> {
  const listed = await git({ args: ['rev-list', '--all', '--format=%ct'] });
  if (!listed.ok) return commandFailed('rev-list', listed);
  const dates = parseDates(textOf(listed.stdout));
  const changing = stream([...CHANGES, '--diff-filter=A'], [...dates.keys()].map((id) => `${id}\n`).join(''));
  if (changing === null) return failure('git was not found.');
  const changes = await readChanges(changing, isWanted);
  const ended = await changing.ended;
  if (ended !== null) return failure(ended);
  return [...dates].reverse().flatMap(([commit, at]) => {
    const paths = (changes.get(commit) ?? []).map(({ path }) => path);
    return paths.map((path) => ({ path, commit, at }));
  });
}

/** `commit <id>`, then the date, for each commit; newest first. */
function parseDates(output: string): ReadonlyMap<string, string | null> {
  const lines = output.split('\n');
  return new Map(
    lines.flatMap((line, index) =>
      line.startsWith('commit ') ? [[line.slice('commit '.length), instantOf(lines[index + 1] ?? '')] as const] : [],
    ),
  );
}

function failure(detail: string): Problem {
  return commandFailed('diff-tree', { ok: false, missing: false, exitCode: null, detail });
}
