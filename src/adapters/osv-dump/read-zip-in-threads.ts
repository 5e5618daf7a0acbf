/** Reads a zip archive with threads: this one lists it and takes what they unpacked, in the order of the archive. */
import { closeSync, openSync } from 'node:fs';
import type { IndexedEntry, DumpEntry } from '../../ports/advisory-dump.ts';
import type { UnreadFile } from './dump.ts';
import { listZip } from './list-zip.ts';
import { toEntry, unreadableDump } from './read-entries.ts';
import { readRecord } from './read-record.ts';
import type { ZipPlace } from './unpack-entry.ts';
import { makeJob } from './unpack-job.ts';
import type { UnpackedBatch, UnpackedFile } from './unpack-job.ts';
import type { UnpackThreads } from './unpack-threads.ts';

/** Enough to keep a thread busy for a while, little enough to hold several of them. */
const JOB_FILES = 256;
const JOB_BYTES = 1024 * 1024;

/** Jobs a thread has before it while another answer is taken: memory is bounded by them. */
const AHEAD = 3;

export interface ThreadedHow {
  readonly threads: UnpackThreads;
  /** Whether most records are new, so that threads do well to index them unasked. */
  readonly indexes: boolean;
  /** Indexes what a thread did not. */
  readonly indexEntry: (entry: DumpEntry) => IndexedEntry;
}

/** Throws when the archive as a whole cannot be read. No thread has anything to do with it when this ends. */
export async function* readZipInThreads(path: string, how: ThreadedHow): AsyncGenerator<readonly IndexedEntry[]> {
  const { threads, indexes, indexEntry } = how;
  const file = openSync(path, 'r');
  const begun: Promise<readonly IndexedEntry[]>[] = [];
  try {
    for await (const files of inParts(listZip(file))) {
      const places = files.flatMap((each) => ('why' in each ? [] : [each]));
      const job = threads.unpack(makeJob(file, places, indexes)).then((batch) => entriesOf(files, batch, indexEntry));
      // A failure is told to who waits for it, who may not have come so far.
      job.catch(() => undefined);
      begun.push(job);
      if (begun.length > AHEAD * threads.count) yield await (begun.shift() ?? []);
    }
    while (begun.length > 0) yield await (begun.shift() ?? []);
  } catch (error) {
    throw unreadableDump(path, error);
  } finally {
    await Promise.allSettled(begun);
    closeSync(file);
  }
}

type Listed = ZipPlace | UnreadFile;

/** As much at once as makes a job. */
async function* inParts(listed: AsyncIterable<Listed>): AsyncGenerator<readonly Listed[]> {
  let part: Listed[] = [];
  let bytes = 0;
  for await (const file of listed) {
    part.push(file);
    bytes += 'why' in file ? 0 : file.uncompressedSize;
    if (part.length < JOB_FILES && bytes < JOB_BYTES) continue;
    yield part;
    part = [];
    bytes = 0;
  }
  if (part.length > 0) yield part;
}

/** The listed files, each with what the thread made of it: it was handed those that are to be read, in their order. */
function entriesOf(
  listed: readonly Listed[],
  { bytes, files }: UnpackedBatch,
  indexEntry: ThreadedHow['indexEntry'],
): readonly IndexedEntry[] {
  // What a thread of this program wrote.
  const unpacked = (JSON.parse(files) as readonly UnpackedFile[]).values();
  let end = 0;
  return listed.map((file): IndexedEntry => {
    if ('why' in file) return indexEntry(toEntry(file));
    const { name } = file;
    const made = unpacked.next().value ?? { why: 'the thread that unpacks passed it over' };
    if ('why' in made) return indexEntry(toEntry({ name, why: made.why }));
    const own = bytes.subarray(end, (end += made.length));
    const { digest, index } = made;
    if (index === undefined || !name.endsWith('.json'))
      return indexEntry({ name, digest, read: () => readRecord(name, own) });
    return { name, digest, index: () => ({ status: 'ok', record: { ...index, text: own, isVerbatim: true } }) };
  });
}
