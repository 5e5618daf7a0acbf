/** Takes one listed file out of a zip archive. */
import { inflateRawSync } from 'node:zlib';
import { messageOf } from '../lib/message-of.ts';
import type { DumpFile } from './dump.ts';
import type { WindowedFile } from './windowed-file.ts';

/** The ways of keeping a file that are understood, as the archive numbers them. */
export const STORED = 0;
export const DEFLATED = 8;

/** Where a file lies in an archive and how large it claims to be. */
export interface ZipPlace {
  readonly name: string;
  /** Of its own header. */
  readonly start: number;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly isStored: boolean;
}

/** Its bytes, which nobody else holds, or why they cannot be had. */
export function unpackEntry(file: WindowedFile, place: ZipPlace): DumpFile {
  const { name } = place;
  try {
    const bytes = unpack(place, file.take(dataStart(file, place), place.compressedSize));
    return bytes.length === place.uncompressedSize
      ? { name, bytes }
      : { name, why: 'its size is not the one announced' };
  } catch (error) {
    return { name, why: messageOf(error) };
  }
}

/** Behind the entry's own header, whose name and extra field need not be as long as those in the directory. */
function dataStart(file: WindowedFile, { start }: ZipPlace): number {
  const header = file.take(start, HEADER_BYTES);
  if (header.length < HEADER_BYTES || header.readUInt32LE(0) !== HEADER_MARK)
    throw new Error('its header is not there');
  return start + HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7 */
const HEADER_BYTES = 30;
const HEADER_MARK = 0x04034b50;

function unpack({ isStored, uncompressedSize }: ZipPlace, raw: Buffer): Uint8Array {
  if (isStored) return Uint8Array.from(raw);
  // One piece of the announced size: the default would take 16 KiB for a record of one.
  const size = Math.max(64, uncompressedSize);
  return inflateRawSync(raw, { chunkSize: size, maxOutputLength: size });
}
