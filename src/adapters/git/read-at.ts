/** Reads a file as it was at a ref, straight from git's objects: no filter, no checkout, no link is followed. */
import { createHash } from 'node:crypto';
import type { FileRead } from '../../core/model/file.ts';
import { UsageError } from '../../core/model/problem.ts';
import { decodeText, excerpt } from '../../core/model/text.ts';
import { textOf, type Checkout } from './checkout.ts';
import type { GitAnswer, RunGit } from './git-command.ts';

/** Largest file that is read. */
const MAX_BYTES = 64 * 1024 * 1024;

type Failure = Exclude<FileRead, { status: 'ok' }>['status'];

/** The commit `ref` leads to. @throws UsageError for one that is no ref or leads to no commit. */
export async function resolveCommit(git: RunGit, ref: string): Promise<string> {
  if (!isPlainRef(ref)) throw unknownRef(ref, 'Name a tag, a branch or a commit.');
  const answer = await git({ args: ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`] });
  const commit = answer.ok ? /^[0-9a-f]{40,64}$/m.exec(textOf(answer.stdout))?.[0] : undefined;
  if (commit !== undefined) return commit;
  throw unknownRef(
    ref,
    'Check its spelling, and fetch it first: CI often clones one commit only (`git fetch --tags`).',
  );
}

/** The file at `path` (posix, relative to the audited folder) in `commit`. Never rejects. */
export async function readAtCommit(git: RunGit, { prefix }: Checkout, commit: string, path: string): Promise<FileRead> {
  const fail = (status: Failure, detail: string): FileRead => ({ status, path, detail });
  if (!isRelative(path)) return fail('outside', 'the path does not stay inside the repository.');
  const listed = await git({ args: ['ls-tree', '-z', '-l', '--full-tree', commit, '--', prefix + path] });
  if (!listed.ok) return fail('unreadable', listed.detail);
  const entry = parseTreeEntry(textOf(listed.stdout), prefix + path);
  if (entry === null) return fail('missing', 'it was not there at that commit.');
  if (entry.mode !== '100644' && entry.mode !== '100755')
    return fail('not-a-file', 'it was a folder, a link or a submodule.');
  if (entry.size > MAX_BYTES) return fail('too-large', `it was larger than ${MAX_BYTES} bytes.`);
  return toFileRead(path, await git({ args: ['cat-file', 'blob', entry.object] }));
}

/** No option, no range, no path behind a colon, nothing that could end a line. */
function isPlainRef(ref: string): boolean {
  return ref !== '' && ref.length <= 256 && !/^-|\.\.|[\u0000-\u0020\u007f:]/.test(ref);
}

function isRelative(path: string): boolean {
  return (
    !path.includes('\0') && path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..')
  );
}

/** The size is not a number where the object is missing or no file; reading it then tells why. */
function parseTreeEntry(output: string, path: string): { mode: string; object: string; size: number } | null {
  const [, mode = '', object = '', size = '', name] =
    /^(\d{6}) \w+ ([0-9a-f]{40,64}) +(\S+)\t([^\0]+)\0/.exec(output) ?? [];
  return name === path ? { mode, object, size: Number(size) } : null;
}

function toFileRead(path: string, blob: GitAnswer): FileRead {
  if (!blob.ok) return { status: 'unreadable', path, detail: blob.detail };
  const sha256 = createHash('sha256').update(blob.stdout).digest('hex');
  return { status: 'ok', path, ...decodeText(blob.stdout), sha256 };
}

function unknownRef(ref: string, mend: string): UsageError {
  return new UsageError('unknown-ref', `git knows no commit called ${excerpt(ref)}.`, mend);
}
