/** A private folder for one run of one tool: makes it, lays files into it, collects files from it, removes it. */
import { constants, mkdirSync, writeFileSync } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodeText } from '../../core/model/text.ts';
import type { PrivateFolders } from '../lib/environment.ts';
import type { Host } from '../lib/host.ts';
import { isInside } from '../lib/inside.ts';
import { identify } from '../lib/process-identity.ts';
import { makeTempFolder } from '../lib/temp-folder.ts';

export interface PrivateFolder extends PrivateFolders {
  /** The whole, as it is removed. */
  readonly root: string;
  /** The tool's working folder: `{workspace}`. */
  readonly workspace: string;
}

/** Makes one below `tempRoot`. Throws when the system refuses. */
export function makePrivateFolder(tempRoot: string, host: Host): PrivateFolder {
  const root = makeTempFolder(tempRoot, host);
  const inside = (name: string) => join(root, name);
  const folder = {
    root,
    workspace: inside('work'),
    home: inside('home'),
    temp: inside('tmp'),
    cache: inside('cache'),
  };
  for (const path of [folder.workspace, folder.home, folder.temp, folder.cache]) mkdirSync(path, { mode: 0o700 });
  return folder;
}

/** Whether a path names a place below the folder it is relative to, in the posix form every platform reads alike. */
export function isPlainPath(path: string): boolean {
  if (path === '' || /[\\\0:]/.test(path)) return false;
  return path.split('/').every((step) => step !== '' && step !== '.' && step !== '..');
}

/** Lays files by posix path below the workspace. Throws on the first path that would leave it. */
export function layFiles(folder: PrivateFolder, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    if (!isPlainPath(path)) throw new RangeError(`“${path}” is not a path below the private folder`);
    const file = join(folder.workspace, path);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  }
}

/** What collecting gave: the files there are, and the paths of those too large to be taken. */
export interface Collected {
  readonly files: Readonly<Record<string, string>>;
  readonly tooLarge: readonly string[];
}

/** Reads back regular files of at most `cap` bytes. What is missing, a link or no regular file is left out. */
export async function collectFiles(folder: PrivateFolder, paths: readonly string[], cap: number): Promise<Collected> {
  const files: [string, string][] = [];
  const tooLarge: string[] = [];
  for (const path of paths.filter(isPlainPath)) {
    const bytes = await readRegularFile(folder.workspace, path, cap);
    if (bytes === 'too-large') tooLarge.push(path);
    else if (bytes !== 'absent') files.push([path, decodeText(bytes).text]);
  }
  return { files: Object.fromEntries(files), tooLarge };
}

async function readRegularFile(root: string, path: string, cap: number): Promise<Uint8Array | 'absent' | 'too-large'> {
  const file = join(root, path);
  try {
    if (!isInside(await realpath(root), await realpath(dirname(file)))) return 'absent';
    // Not through a link, and without waiting for a writer should it be a named pipe.
    await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stat = await handle.stat();
    if (!stat.isFile()) return 'absent';
    return stat.size > cap ? 'too-large' : await handle.readFile();
  } catch {
    return 'absent';
  }
}

/** Writes down which process group works in the folder, so that a later start can end it. */
export function recordGroup(folder: PrivateFolder, leader: number, host: Host): void {
  if (host.platform === 'win32') return;
  writeFileSync(join(folder.root, 'group'), `${leader} ${identify(leader).start}\n`, { mode: 0o600 });
}
