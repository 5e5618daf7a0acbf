/** Decides what a symbolic link of the repository is to discovery: by where it really leads. */
import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileEntry } from '../../core/model/file.ts';
import { isInside } from '../lib/inside.ts';

/** `null` for a link nobody needs to hear of. `root` is a real path. Opens nothing. */
export async function classifyLink(root: string, path: string, isManifest: boolean): Promise<FileEntry['kind'] | null> {
  const link = join(root, path);
  try {
    const target = await stat(link);
    const leavesRoot = !isInside(root, await realpath(link));
    if (leavesRoot) return isManifest || target.isDirectory() ? 'link-outside' : null;
    return target.isFile() ? 'file' : target.isDirectory() ? 'directory' : 'other';
  } catch {
    // It leads nowhere, or around in circles.
    return isManifest ? 'other' : null;
  }
}
