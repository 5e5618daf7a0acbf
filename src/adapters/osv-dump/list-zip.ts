/** Lists the record files of a zip archive without unpacking any. Nothing is written anywhere: an entry's name is only a name. */
import { fstatSync } from 'node:fs';
import yauzl from 'yauzl';
import type { Entry } from 'yauzl';
import { isRecordFile, MAX_RECORD_BYTES } from './dump.ts';
import type { UnreadFile } from './dump.ts';
import { DEFLATED, STORED } from './unpack-entry.ts';
import type { ZipPlace } from './unpack-entry.ts';
import { WindowedFile } from './windowed-file.ts';

/** JSON of advisories shrinks five- to thirtyfold; an archive that claims more is built to do harm. */
const MAX_RATIO = 200;

/** In the order of the archive, which is open as `file`. Throws when the archive as a whole cannot be read. */
export async function* listZip(file: number): AsyncGenerator<ZipPlace | UnreadFile> {
  // Names are decoded here: with one bad name among thousands the library would give up on the archive.
  const options = { lazyEntries: true, decodeStrings: false, autoClose: false };
  const zip = await yauzl.fromRandomAccessReaderPromise(new WindowedFile(file), fstatSync(file).size, options);
  for await (const entry of zip.eachEntry()) {
    const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
    if (isRecordFile(name)) yield placeOf(entry, name);
  }
}

function placeOf(entry: Entry, name: string): ZipPlace | UnreadFile {
  const why = objection(entry, name);
  if (why !== undefined) return { name, why };
  const { relativeOffsetOfLocalHeader: start, compressedSize, uncompressedSize, compressionMethod } = entry;
  return { name, start, compressedSize, uncompressedSize, isStored: compressionMethod === STORED };
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
