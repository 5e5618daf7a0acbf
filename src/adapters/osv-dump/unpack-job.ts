/**
 * What is handed to a thread that unpacks, and what it hands back: many files at once, and little to copy from thread to thread.
 * Numbers, bytes and one text take a tenth of the time that as many objects would.
 */
import { hash } from 'node:crypto';
import type { OsvRecord } from '../../core/model/advisory.ts';
import type { RecordIndex } from '../../ports/mirror.ts';
import type { UnreadFile } from './dump.ts';
import { recogniseRecord } from './recognise-record.ts';
import { unpackEntry } from './unpack-entry.ts';
import type { ZipPlace } from './unpack-entry.ts';
import { WindowedFile } from './windowed-file.ts';

/** `file` is a descriptor of this process, open until the answer is there. */
export interface UnpackJob {
  readonly file: number;
  /** Start, packed size, size and whether it is stored (1) of each file; they lie next to each other in the archive. */
  readonly places: Float64Array;
  /** Whether records are worth looking at before anybody asks for them. */
  readonly indexes: boolean;
}

export interface UnpackedBatch {
  /** Of one file after the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `UnpackedFile[]` as JSON, in the order of the job. */
  readonly files: string;
}

/** A file of a batch; `index` is there for what was plainly a record. Or why it could not be unpacked. */
export type UnpackedFile =
  { readonly digest: string; readonly length: number; readonly index?: RecordIndex } | Pick<UnreadFile, 'why'>;

const NUMBERS = 4;

/** The job of unpacking `places`. */
export function makeJob(file: number, places: readonly ZipPlace[], indexes: boolean): UnpackJob {
  const numbers = places.flatMap(({ start, compressedSize, uncompressedSize, isStored }) => [
    start,
    compressedSize,
    uncompressedSize,
    Number(isStored),
  ]);
  return { file, places: Float64Array.from(numbers), indexes };
}

/** Does a job; `index` says what an index keeps of a record. */
export function unpackAll(
  { file, places: numbers, indexes }: UnpackJob,
  index: (record: OsvRecord) => RecordIndex,
): UnpackedBatch {
  const places = readPlaces(numbers);
  const window = new WindowedFile(file, spanOf(places));
  const bytes = new Uint8Array(places.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0));
  let end = 0;
  const files = places.map((place): UnpackedFile => {
    const unpacked = unpackEntry(window, place);
    if ('why' in unpacked) return { why: unpacked.why };
    bytes.set(unpacked.bytes, end);
    end += unpacked.bytes.length;
    const advisory = indexes ? recogniseRecord(unpacked.bytes) : null;
    return {
      digest: hash('sha256', unpacked.bytes),
      length: unpacked.bytes.length,
      ...(advisory === null ? {} : { index: index(advisory.record) }),
    };
  });
  return { bytes, files: JSON.stringify(files) };
}

function readPlaces(numbers: Float64Array): readonly ZipPlace[] {
  return Array.from({ length: numbers.length / NUMBERS }, (_, at): ZipPlace => {
    const [start = 0, compressedSize = 0, uncompressedSize = 0, stored] = numbers.subarray(at * NUMBERS);
    return { name: '', start, compressedSize, uncompressedSize, isStored: stored === 1 };
  });
}

/** Bytes of the archive from the first to behind the last, so that as a rule one read brings all of them. */
function spanOf(places: readonly ZipPlace[]): number {
  const first = Math.min(...places.map(({ start }) => start));
  const end = Math.max(first, ...places.map(({ start, compressedSize }) => start + compressedSize));
  return Math.min(MOST_AT_ONCE, end - first + LONGEST_HEADER);
}

const LONGEST_HEADER = 1024;

/** In an archive out of order they may lie anywhere. */
const MOST_AT_ONCE = 1024 * 1024;
