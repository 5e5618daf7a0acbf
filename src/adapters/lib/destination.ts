/** Checks where a file is to be written: through no link of the audited repository, and over no folder. */
import { lstat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import { isInside, realPath } from './inside.ts';

/** How a destination is written. */
export interface Destination {
  readonly path: string;
  /** A device or a pipe the operator named, such as /dev/stdout: it cannot be replaced, only written to. */
  readonly isStream: boolean;
}

/**
 * `root` is the audited folder: what is written below it stays below it. `flag` is what chose the place, `null` where nobody may.
 * @throws UsageError `output-refused`
 */
export async function checkDestination(path: string, root: string, flag: string | null): Promise<Destination> {
  const isOurs = [resolve(root), realPath(root)].some((folder) => isInside(folder, path));
  const found = await lstat(path).catch(() => undefined);
  if (isOurs && (found?.isSymbolicLink() === true || !isInside(realPath(root), realPath(dirname(path))))) {
    throw refused(path, flag, 'it, or a folder above it, is a link of the audited repository.');
  }
  if (found?.isDirectory() === true) throw refused(path, flag, 'it is a folder.');
  const isStream = found !== undefined && !found.isFile() && !found.isSymbolicLink();
  if (isOurs && isStream) throw refused(path, flag, 'it is no regular file.');
  return { path, isStream: isStream || (await leadsToStream(path)) };
}

async function leadsToStream(path: string): Promise<boolean> {
  const found = await lstat(realPath(path)).catch(() => undefined);
  return found !== undefined && !found.isFile();
}

function refused(path: string, flag: string | null, why: string): UsageError {
  const mend = flag === null ? 'Put a file of its own there.' : `Choose another place with \`${flag}\`.`;
  return new UsageError('output-refused', `Nothing was written to ${excerpt(path)}: ${why}`, mend);
}
