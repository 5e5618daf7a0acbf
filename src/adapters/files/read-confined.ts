/** Reads one file of the repository: by real path inside it, regular, of a bounded size. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileRead } from '../../core/model/file.ts';
import { decodeText } from '../../core/model/text.ts';
import { isInside } from '../lib/inside.ts';
import { codeOf, messageOf } from '../lib/message-of.ts';

/** In bytes; more is read of no file. */
export const LARGEST_FILE = 64 * 1024 * 1024;

type Failure = Exclude<FileRead, { status: 'ok' }>['status'];

/** `root` is a real path, `path` posix and relative to it. Never rejects. */
export async function readConfined(root: string, path: string, maxBytes: number): Promise<FileRead> {
  const fail = (status: Failure, detail: string): FileRead => ({ status, path, detail });
  if (!isRelative(path)) return fail('outside', 'the path does not stay inside the repository.');
  try {
    const real = await realpath(join(root, path));
    if (!isInside(root, real))
      return fail('outside', 'it is a link that leaves the repository, which is not followed.');
    const found = await stat(real);
    if (!found.isFile())
      return fail('not-a-file', found.isDirectory() ? 'it is a directory.' : 'it is no regular file.');
    const bytes = await readBytes(real, maxBytes);
    if (bytes === 'not-a-file') return fail('not-a-file', 'it is no regular file.');
    if (bytes === 'too-large') return fail('too-large', `it is larger than ${maxBytes} bytes.`);
    return { status: 'ok', path, ...decodeText(bytes), sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    return isAbsence(error) ? fail('missing', 'there is no such file.') : fail('unreadable', messageOf(error));
  }
}

function isRelative(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !path.includes('\0') && !path.split('/').includes('..');
}

async function readBytes(path: string, maxBytes: number): Promise<Uint8Array | 'not-a-file' | 'too-large'> {
  // The entry may be swapped between the look and the opening: no link is followed, no pipe waited for.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { size } = await file.stat().then((found) => (found.isFile() ? found : { size: -1 }));
    if (size === -1) return 'not-a-file';
    return size > maxBytes ? 'too-large' : await readCapped(file, size, maxBytes);
  } finally {
    await file.close();
  }
}

/** Reads to the end, however much the file grows meanwhile, up to the cap. */
async function readCapped(file: FileHandle, size: number, maxBytes: number): Promise<Uint8Array | 'too-large'> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (let room = size + 1; total <= maxBytes; room = 64 * 1024) {
    const { bytesRead, buffer } = await file.read({ buffer: new Uint8Array(room) });
    if (bytesRead === 0) return Buffer.concat(chunks);
    chunks.push(buffer.subarray(0, bytesRead));
    total += bytesRead;
  }
  return 'too-large';
}

function isAbsence(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
