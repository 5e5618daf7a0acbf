/** Says what it means for a mirror that the disk below it would not take what was written. */
import { statfsSync } from 'node:fs';
import { constants } from 'node:os';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import { messageOf } from '../lib/message-of.ts';

/** LMDB reports a full disk as bad input or output on some file systems. */
const REFUSALS = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS']);

const NAMES: ReadonlyMap<unknown, string> = new Map(
  Object.entries(constants.errno).map(([name, number]) => [number, name]),
);

/** The disk's refusal as what the operator can mend; `undefined` when `error` is none. */
export function storageProblem(root: string, error: unknown): UsageError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  // LMDB gives the system's number, Node its name.
  const name = NAMES.get(code) ?? String(code);
  if (!REFUSALS.has(name)) return undefined;
  return new UsageError(
    'mirror-disk-full',
    `The disk below ${excerpt(root)} did not take the new generation (${name}: ${excerpt(messageOf(error))}; ${describeSpace(root)}). The mirror is as it was.`,
    'Free space there: an import needs room for a second copy of the mirror beside the one in force, and for the downloads.',
  );
}

function describeSpace(root: string): string {
  const { bavail, bsize } = statfsSync(root);
  return `${Math.floor((bavail * bsize) / 2 ** 20)} MiB are free`;
}
