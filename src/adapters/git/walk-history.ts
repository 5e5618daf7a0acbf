/** Walks the first-parent history with git's plumbing: the commits, then what each changed against its first parent. */
import type { FileChange, PastCommit } from '../../core/model/past.ts';
import { textOf } from './checkout.ts';
import type { GitAnswer, RunGit } from './git-command.ts';
import { instantOf } from './instant-of.ts';
import type { GitStream } from './stream-git.ts';

type Failure = Extract<GitAnswer, { ok: false }>;

/** A commit of the chain before its changes are known. */
export interface ChainLink {
  readonly id: string;
  readonly parent?: string;
  readonly committedAt: string | null;
  readonly authoredAt: string | null;
}

/** From the root to HEAD. */
export async function readChain(git: RunGit): Promise<readonly ChainLink[] | Failure> {
  // rev-list, not log: what `log.*` of the repository's configuration asks for (signatures, say) would start programs.
  const args = ['rev-list', '--first-parent', '--format=%P%x00%ct%x00%at', 'HEAD', '--'];
  const answer = await git({ args });
  if (!answer.ok) return answer;
  const lines = textOf(answer.stdout).split('\n');
  return lines
    .flatMap((line, index) => (line.startsWith('commit ') ? [parseLink(line, lines[index + 1] ?? '')] : []))
    .reverse();
}

function parseLink(head: string, facts: string): ChainLink {
  const [parents = '', committed = '', authored = ''] = facts.split('\0');
  const [parent = ''] = parents.split(' ');
  return {
    id: head.slice('commit '.length),
    ...(parent === '' ? {} : { parent }),
    committedAt: instantOf(committed),
    authoredAt: instantOf(authored),
  };
}

/** Whether a commit that stands first in the chain names a parent all the same: the history goes on where we cannot see it. */
export async function isCutAt(git: RunGit, { id }: Pick<ChainLink, 'id'>): Promise<boolean | Failure> {
  const answer = await git({ args: ['cat-file', 'commit', id] });
  return answer.ok ? /^(?:[^\n]+\n)*?parent [0-9a-f]+\n/.test(textOf(answer.stdout)) : answer;
}

/** The arguments and the input of the command that tells what each commit changed. */
export function changesCommand(chain: readonly ChainLink[]): {
  readonly args: readonly string[];
  readonly input: string;
} {
  return {
    args: ['diff-tree', '--stdin', '--root', '-r', '-z', '--raw', '--no-abbrev', '--no-renames'],
    // A commit with one parent named is compared with that one: for a merge, what the branch got on that day.
    input: chain.map(({ id, parent }) => `${id}${parent === undefined ? '' : ` ${parent}`}\n`).join(''),
  };
}

/** The changes by commit, of files that are wanted. What is no regular file (a link, a submodule) counts as gone. */
export async function readChanges(
  { output }: GitStream,
  isWanted: (path: string) => boolean,
): Promise<ReadonlyMap<string, readonly FileChange[]>> {
  const changes = new Map<string, FileChange[]>();
  let current: FileChange[] = [];
  let meta: string | undefined;
  for await (const field of fieldsOf(output)) {
    if (meta !== undefined) {
      const change = isWanted(field) ? parseChange(meta, field) : null;
      if (change !== null) current.push(change);
      meta = undefined;
    } else if (field.startsWith(':')) meta = field;
    else {
      current = [];
      changes.set(field.trim(), current);
    }
  }
  return changes;
}

/** The chain with what each commit changed. */
export function joinChanges(
  chain: readonly ChainLink[],
  changes: ReadonlyMap<string, readonly FileChange[]>,
): readonly PastCommit[] {
  return chain.map(({ id, committedAt, authoredAt }) => ({
    id,
    committedAt,
    authoredAt,
    changes: changes.get(id) ?? [],
  }));
}

// `:oldmode newmode oldblob newblob status`; of a merge as many colons, old modes, old blobs and letters as it has parents.
const META = /^:+(?:\d{6} )*(\d{6}) (\d{6}) (?:[0-9a-f]{40,64} )+([0-9a-f]{40,64}) [A-Z]+\d*$/;

/** `null` for a change that leaves no regular file behind and took none away. */
function parseChange(meta: string, path: string): FileChange | null {
  const [, before = '', after = '', blob = ''] = META.exec(meta) ?? [];
  if (isFile(after)) return { path, blob };
  return isFile(before) ? { path } : null;
}

function isFile(mode: string): boolean {
  return mode === '100644' || mode === '100755';
}

/** The fields of NUL-separated output. Bytes that are no UTF-8 come out as U+FFFD: such a path is simply another name. */
async function* fieldsOf(output: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of output) {
    const fields = (rest + decoder.decode(piece, { stream: true })).split('\0');
    rest = fields.pop() ?? '';
    yield* fields;
  }
}
