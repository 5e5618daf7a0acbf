/** Wires what asks a mirror about locks to its adapters: two readers of files and the store, for it has to start fast. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { LARGEST_FILE, readConfined } from '../adapters/files/read-confined.ts';
import type { Files } from '../ports/files.ts';
export { mirrorFolder, nowOf, openMirror } from './compose-mirror-store.ts';

/** The files of a folder, links out of it not followed; one that is not there has none. `folder` is absolute. */
export async function filesIn(folder: string): Promise<Pick<Files, 'read'>> {
  const root = await realpath(folder).catch(() => folder);
  return { read: (path) => readConfined(root, path, LARGEST_FILE) };
}

/** The names in a folder; `null` for what is none, or cannot be looked into. */
export async function namesIn(path: string): Promise<readonly string[] | null> {
  return (await kindOfPath(path)) === 'folder' ? readdir(path).catch(() => null) : null;
}

/** What lies at a path, links followed. */
export async function kindOfPath(path: string): Promise<'folder' | 'file' | 'unreachable'> {
  const found = await stat(path).catch(() => null);
  if (found === null) return 'unreachable';
  return found.isDirectory() ? 'folder' : 'file';
}
