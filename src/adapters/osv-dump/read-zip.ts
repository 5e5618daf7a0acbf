/** Finds the record files of a zip archive. Nothing is written anywhere: an entry's name is only a name. */
import { readFile, stat } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { messageOf } from '../lib/message-of.ts';
import { MAX_DUMP_BYTES, MAX_RECORD_BYTES } from './dump.ts';
import type { DumpFile } from './dump.ts';

/** JSON of advisories shrinks five- to thirtyfold; an archive that claims more is built to do harm. */
const MAX_RATIO = 200;

const STORED = 0;
const DEFLATED = 8;

/** The `.json` entries in the order of the archive. Throws when the archive as a whole cannot be read. */
export async function* readZip(path: string): AsyncGenerator<DumpFile> {
  const archive = await readArchive(path);
  // Names are decoded here: with one bad name among thousands the library would give up on the archive.
  const zip = await yauzl.fromBufferPromise(archive, { lazyEntries: true, decodeStrings: false });
  for await (const entry of zip.eachEntry()) {
    const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
    if (name.endsWith('.json')) yield await readEntry(zip, archive, entry, name);
  }
}

/** The archive in one piece: a stream for each of its thousands of small entries takes five times as long. */
async function readArchive(path: string): Promise<Buffer> {
  const { size } = await stat(path);
  if (size > MAX_DUMP_BYTES) throw new Error(`it is larger than ${MAX_DUMP_BYTES} bytes`);
  return await readFile(path);
}

async function readEntry(zip: ZipFile, archive: Buffer, entry: Entry, name: string): Promise<DumpFile> {
  const why = objection(entry, name);
  if (why !== undefined) return { name, why };
  try {
    const { fileDataStart: start } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const bytes = unpack(entry, archive.subarray(start, start + entry.compressedSize));
    return bytes.length === entry.uncompressedSize
      ? { name, bytes }
      : { name, why: 'its size is not the one announced' };
  } catch (error) {
    return { name, why: messageOf(error) };
  }
}

function unpack({ compressionMethod, uncompressedSize }: Entry, raw: Buffer): Uint8Array {
  return compressionMethod === STORED ? raw : inflateRawSync(raw, { maxOutputLength: Math.max(1, uncompressedSize) });
}

/** What speaks against unpacking an entry; `undefined` when nothing does. */
function objection(entry: Entry, name: string): string | undefined {
  const { uncompressedSize: size, compressedSize, compressionMethod } = entry;
  if (yauzl.validateFileName(name) !== null) return 'its name leads out of the archive';
  if (isLink(entry)) return 'it is a link';
  if (entry.isEncrypted()) return 'it is encrypted';
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) return 'it is compressed in an unknown way';
  if (size > MAX_RECORD_BYTES) return `it is larger than ${MAX_RECORD_BYTES} bytes`;
  if (compressedSize > MAX_RECORD_BYTES || size > compressedSize * MAX_RATIO) return 'its sizes are not believable';
  return undefined;
}

/** Unix file modes are kept in the upper half of the attributes. */
function isLink({ externalFileAttributes }: Entry): boolean {
  return ((externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}
