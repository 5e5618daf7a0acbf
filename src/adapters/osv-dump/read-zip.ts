/** Finds the record files of a zip archive, one at a time. Nothing is written anywhere: an entry's name is only a name. */
import { closeSync, fstatSync, openSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import yauzl from 'yauzl';
import type { Entry } from 'yauzl';
import { messageOf } from '../lib/message-of.ts';
import { isRecordFile, MAX_RECORD_BYTES } from './dump.ts';
import type { DumpFile } from './dump.ts';
import { WindowedFile } from './windowed-file.ts';

/** JSON of advisories shrinks five- to thirtyfold; an archive that claims more is built to do harm. */
const MAX_RATIO = 200;

const STORED = 0;
const DEFLATED = 8;

/** The record files in the order of the archive. Throws when the archive as a whole cannot be read. */
export async function* readZip(path: string): AsyncGenerator<DumpFile> {
  const file = openSync(path, 'r');
  try {
    const bytes = new WindowedFile(file);
    const entryBytes = new WindowedFile(file);
    // Names are decoded here: with one bad name among thousands the library would give up on the archive.
    const options = { lazyEntries: true, decodeStrings: false, autoClose: false };
    const zip = await yauzl.fromRandomAccessReaderPromise(bytes, fstatSync(file).size, options);
    for await (const entry of zip.eachEntry()) {
      const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
      if (isRecordFile(name)) yield readEntry(entryBytes, entry, name);
    }
  } finally {
    closeSync(file);
  }
}

function readEntry(file: WindowedFile, entry: Entry, name: string): DumpFile {
  const why = objection(entry, name);
  if (why !== undefined) return { name, why };
  try {
    const bytes = unpack(entry, file.take(dataStart(file, entry), entry.compressedSize));
    return bytes.length === entry.uncompressedSize
      ? { name, bytes }
      : { name, why: 'its size is not the one announced' };
  } catch (error) {
    return { name, why: messageOf(error) };
  }
}

/** Behind the entry's own header, whose name and extra field need not be as long as those in the directory. */
function dataStart(file: WindowedFile, { relativeOffsetOfLocalHeader: start }: Entry): number {
  const header = file.take(start, HEADER_BYTES);
  if (header.length < HEADER_BYTES || header.readUInt32LE(0) !== HEADER_MARK)
    throw new Error('its header is not there');
  return start + HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7 */
const HEADER_BYTES = 30;
const HEADER_MARK = 0x04034b50;

function unpack({ compressionMethod, uncompressedSize }: Entry, raw: Buffer): Uint8Array {
  if (compressionMethod === STORED) return Uint8Array.from(raw);
  // One piece of the announced size: the default would take 16 KiB for a record of one.
  const size = Math.max(64, uncompressedSize);
  return inflateRawSync(raw, { chunkSize: size, maxOutputLength: size });
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
