/** Reads a ledger file as lines, byte for byte. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { messageOf } from '../lib/message-of.ts';
import { codeOf } from './file-problems.ts';

/** One character a byte. `rest` is what follows the last line end. `size` is in bytes. */
export interface FileLines {
  readonly lines: readonly string[];
  readonly rest: string;
  readonly size: number;
}

export type LinesRead =
  | ({ readonly status: 'read' } & FileLines)
  | { readonly status: 'missing' }
  /** `detail` is one sentence. */
  | { readonly status: 'unreadable'; readonly detail: string };

/** Node cannot hold a longer text; a million events are about 400 MB. */
const MAX_BYTES = 512_000_000;

/** Never rejects. Links are not followed unless `followLinks` is set, and nothing but a plain file is read. */
export async function readLines(path: string, followLinks = false): Promise<LinesRead> {
  const link = followLinks ? 0 : constants.O_NOFOLLOW;
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | link);
    return { status: 'read', ...(await readFileLines(file)) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { status: 'missing' };
    const detail = codeOf(error) === 'ELOOP' ? 'it is a link, which is not followed.' : messageOf(error);
    return { status: 'unreadable', detail };
  } finally {
    await file?.close();
  }
}

/** The lines of an open file from its start. Rejects for what is no plain file or too large. */
export async function readFileLines(file: FileHandle): Promise<FileLines> {
  const found = await file.stat();
  if (!found.isFile()) throw new Error('it is no regular file.');
  if (found.size > MAX_BYTES) {
    throw new Error(`it is larger than ${MAX_BYTES} bytes; a ledger of that size belongs into PostgreSQL.`);
  }
  const bytes = Buffer.alloc(found.size);
  const size = await fill(file, bytes);
  const lines = bytes.toString('latin1', 0, size).split('\n');
  const rest = lines.pop() ?? '';
  return { lines, rest, size };
}

/** Reads from the start; what is appended meanwhile is left for the next reading. */
async function fill(file: FileHandle, bytes: Uint8Array): Promise<number> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}
