/** Files of a dump, out of texts and records. */
import { createHash } from 'node:crypto';
import { readRecord } from '../../src/adapters/osv-dump/read-record.ts';
import type { DumpEntry } from '../../src/ports/advisory-dump.ts';
import type { StoredAdvisory } from '../../src/ports/advisory-store.ts';

/** A file of a dump that holds this text. */
export function dumpEntry(name: string, text: string): DumpEntry {
  const bytes = Buffer.from(text);
  return {
    name,
    digest: createHash('sha256').update(bytes).digest('hex'),
    read: () => readRecord(name, bytes),
  };
}

/** A dump of these records, each in a file of its id. */
export function dumpOf(records: readonly StoredAdvisory[]): readonly DumpEntry[] {
  return records.map(({ record, text }) => dumpEntry(`${record.id.replaceAll('/', '_')}.json`, text));
}
