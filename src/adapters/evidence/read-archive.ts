/** Reads an evidence archive that anybody may have made: nothing is unpacked, every entry is hashed as it streams by. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import type { ArchiveRead, FoundEntry } from '../../core/model/evidence.ts';
import { excerpt } from '../../core/model/text.ts';
import type { ArchiveReader } from '../../ports/evidence.ts';
import { messageOf } from '../lib/message-of.ts';

/** What an archive may hold at most: several times what the evidence of a large repository takes. */
export interface ArchiveLimits {
  readonly archiveBytes: number;
  readonly entries: number;
  /** Bytes of one text that is held. */
  readonly textBytes: number;
  /** Bytes of all entries together, unpacked. */
  readonly unpackedBytes: number;
}

const MIB = 1024 * 1024;

const LIMITS: ArchiveLimits = {
  archiveBytes: 512 * MIB,
  entries: 20_000,
  textBytes: 128 * MIB,
  unpackedBytes: 2048 * MIB,
};

/** The adapter of `ArchiveReader`. */
export function createArchiveReader(limits: ArchiveLimits = LIMITS): ArchiveReader {
  return {
    read: async (path, wanted) => {
      try {
        return await readArchive(path, new Set(wanted), limits);
      } catch (error) {
        return { status: 'unusable', detail: excerpt(messageOf(error).replace(/\.$/, '')) };
      }
    },
  };
}

async function readArchive(path: string, wanted: ReadonlySet<string>, limits: ArchiveLimits): Promise<ArchiveRead> {
  const found = await stat(path);
  if (!found.isFile()) throw new Error('it is no regular file');
  if (found.size > limits.archiveBytes) throw new Error(`it is larger than ${limits.archiveBytes} bytes`);
  const zip = await yauzl.openPromise(path, { strictFileNames: true });
  try {
    return await readEntries(zip, wanted, limits);
  } finally {
    zip.close();
  }
}

async function readEntries(zip: ZipFile, wanted: ReadonlySet<string>, limits: ArchiveLimits): Promise<ArchiveRead> {
  if (zip.entryCount > limits.entries) throw new Error(`it holds more than ${limits.entries} files`);
  const entries: FoundEntry[] = [];
  const texts = new Map<string, string>();
  let room = limits.unpackedBytes;
  for await (const entry of zip.eachEntry()) {
    refuseOdd(entry);
    const holds = wanted.has(entry.fileName) && !texts.has(entry.fileName);
    const most = holds ? Math.min(room, limits.textBytes) : room;
    const read = await readEntry(await zip.openReadStreamPromise(entry), holds, most);
    room -= read.bytes;
    entries.push({ path: entry.fileName, bytes: read.bytes, sha256: read.sha256 });
    if (read.text !== undefined) texts.set(entry.fileName, read.text);
  }
  return { status: 'read', entries, texts };
}

/** Unix file modes are kept in the upper half of the attributes. */
function refuseOdd(entry: Entry): void {
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (type !== 0 && type !== 0o100000) throw new Error(`"${excerpt(entry.fileName, 80)}" in it is no plain file`);
  if (entry.isEncrypted()) throw new Error(`"${excerpt(entry.fileName, 80)}" in it is encrypted`);
}

interface EntryRead {
  readonly bytes: number;
  readonly sha256: string;
  readonly text?: string;
}

/** The library ends the stream of an entry that is longer or shorter than it claims. */
async function readEntry(stream: Readable, holds: boolean, most: number): Promise<EntryRead> {
  const hash = createHash('sha256');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) throw new Error(`what is in it unpacks to more than ${most} bytes`);
    hash.update(chunk);
    if (holds) chunks.push(chunk);
  }
  const text = holds ? { text: Buffer.concat(chunks).toString('utf8') } : {};
  return { bytes, sha256: hash.digest('hex'), ...text };
}
