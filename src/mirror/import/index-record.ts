/** Says of records what the index of a mirror is made of. */
import { hasUnreadableRange } from '../../core/match/affected.ts';
import type { OsvRecord } from '../../core/model/advisory.ts';
import type { DumpEntry, IndexedEntry, IndexedRead, RecordRead } from '../../ports/advisory-dump.ts';
import type { RecordIndex } from '../../ports/mirror.ts';
import { isWithdrawn, packagesOf } from '../store.ts';

/** What an index keeps of a record. */
export function indexRecord(record: OsvRecord): RecordIndex {
  return {
    id: record.id,
    modified: record.modified ?? null,
    packages: packagesOf(record),
    withdrawn: isWithdrawn(record),
    unreadable: hasUnreadableRange(record),
  };
}

/** The files of a dump, one by one, each read when it is asked for. */
export async function* indexEntries(dump: AsyncIterable<DumpEntry>): AsyncGenerator<readonly IndexedEntry[]> {
  for await (const entry of dump) yield [indexEntry(entry)];
}

/** A file whose index is made when it is asked for. */
export function indexEntry(entry: DumpEntry): IndexedEntry {
  return { name: entry.name, digest: entry.digest, index: () => indexRead(entry.read()) };
}

function indexRead(read: RecordRead): IndexedRead {
  if (read.status === 'rejected') return read;
  const { advisory, isVerbatim } = read;
  return { status: 'ok', record: { ...indexRecord(advisory.record), text: advisory.text, isVerbatim } };
}
