/** Reads a ledger file as lines, byte for byte. */
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { LedgerPrefix } from '../../core/model/ledger-format.ts';
import { codeOf, messageOf } from '../lib/message-of.ts';

/** One character a byte. `rest` is what follows the last line end. */
export interface FileLines {
  readonly lines: readonly string[];
  readonly rest: string;
  /** Of the whole file, as it was read: its bytes, and their SHA-256 in hex. */
  readonly size: number;
  readonly sha256: string;
}

/** How a file is to begin. */
type KnownBytes = Pick<LedgerPrefix, 'bytes' | 'sha256'>;

export type LinesRead =
  | ({ readonly status: 'read' } & FileLines)
  | { readonly status: 'missing' }
  /** `detail` is one sentence. */
  | { readonly status: 'unreadable'; readonly detail: string };

/** Node cannot hold a longer text; a million events are about 400 MB. */
const MAX_BYTES = 512_000_000;

const CHUNK_BYTES = 1024 * 1024;

/** Never rejects. Links are not followed unless `followLinks` is set, and nothing but a plain file is read. */
export function readLines(path: string, followLinks = false): Promise<LinesRead> {
  return withFile(path, followLinks, async (file) => ({ status: 'read', ...(await readFileLines(file)) }));
}

/** As `readLines`, of what follows the bytes of `known`; `missing` where the file does not begin with them. */
export function readLinesAfter(path: string, known: KnownBytes): Promise<LinesRead> {
  return withFile(path, false, async (file) => {
    const found = await readFileLinesAfter(file, known);
    return found === undefined ? { status: 'missing' } : { status: 'read', ...found };
  });
}

async function withFile(
  path: string,
  followLinks: boolean,
  read: (file: FileHandle) => Promise<LinesRead>,
): Promise<LinesRead> {
  const link = followLinks ? 0 : constants.O_NOFOLLOW;
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | link);
    return await read(file);
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
  return toLines(await readFrom(file, 0), createHash('sha256'), 0);
}

/** The lines that follow the bytes of `known`; `undefined` where the file does not begin with them. */
export async function readFileLinesAfter(file: FileHandle, known: KnownBytes): Promise<FileLines | undefined> {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, known.bytes));
  for (let done = 0; done < known.bytes;) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, known.bytes - done), done);
    if (bytesRead === 0) return undefined;
    hash.update(chunk.subarray(0, bytesRead));
    done += bytesRead;
  }
  if (hash.copy().digest('hex') !== known.sha256) return undefined;
  return toLines(await readFrom(file, known.bytes), hash, known.bytes);
}

/** `hash` has taken the `before` bytes that the lines follow. */
function toLines(bytes: Buffer, hash: Hash, before: number): FileLines {
  const lines = bytes.toString('latin1').split('\n');
  const rest = lines.pop() ?? '';
  return { lines, rest, size: before + bytes.length, sha256: hash.update(bytes).digest('hex') };
}

/** What is appended meanwhile is left for the next reading. */
async function readFrom(file: FileHandle, start: number): Promise<Buffer> {
  const found = await file.stat();
  if (!found.isFile()) throw new Error('it is no regular file.');
  if (found.size > MAX_BYTES) {
    throw new Error(`it is larger than ${MAX_BYTES} bytes; a ledger of that size belongs into PostgreSQL.`);
  }
  const bytes = Buffer.alloc(Math.max(0, found.size - start));
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}
