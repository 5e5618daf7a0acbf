/** Finds the record files of a folder, at any depth. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { byText } from '../../core/model/order.ts';
import { messageOf } from '../lib/message-of.ts';
import { isRecordFile, MAX_RECORD_BYTES } from './dump.ts';
import type { DumpFile } from './dump.ts';

/**
 * The record files below `root` in the order of their names; names are posix and relative to it. Links are named and not
 * followed; other files, and folders that begin with a dot, are passed over.
 */
export async function* readFolder(root: string, folder = root): AsyncGenerator<DumpFile> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => byText(a.name, b.name))) {
    const path = join(folder, entry.name);
    const name = relative(root, path).split(sep).join('/');
    if (entry.isDirectory() && !entry.name.startsWith('.')) yield* readFolder(root, path);
    else if (entry.isSymbolicLink()) yield { name, why: 'it is a link' };
    else if (entry.isFile() && isRecordFile(entry.name)) yield readFile(path, name);
  }
}

/** One file, read whole when it is a regular one within the limit. Synchronous: for thousands of small files it is five times as fast. */
export function readFile(path: string, name: string): DumpFile {
  try {
    // O_NOFOLLOW: what was a file when listed may be a link by now. O_NONBLOCK: or a pipe.
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return readOpen(file, name);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return { name, why: messageOf(error) };
  }
}

function readOpen(file: number, name: string): DumpFile {
  const found = fstatSync(file);
  if (!found.isFile()) return { name, why: 'it is no regular file' };
  if (found.size > MAX_RECORD_BYTES) return { name, why: `it is larger than ${MAX_RECORD_BYTES} bytes` };
  return { name, bytes: readFileSync(file) };
}
