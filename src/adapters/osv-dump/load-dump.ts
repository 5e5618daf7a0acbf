/** Loads OSV records from folders and zip archives into memory, as OSV publishes its dumps. */
import { basename } from 'node:path';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import type { StoredAdvisory } from '../../ports/advisory-store.ts';
import { MAX_DUMP_BYTES } from './dump.ts';
import type { Dump, RejectedFile } from './dump.ts';
import { readFiles } from './read-entries.ts';
import { readRecord } from './read-record.ts';

/**
 * Every record below the given folders, zip archives and single files. A file that is no record is named in `rejected` and
 * stops nothing. Throws a UsageError for a path that cannot be read at all.
 */
export async function loadDump(paths: readonly string[]): Promise<Dump> {
  const records: StoredAdvisory[] = [];
  const rejected: RejectedFile[] = [];
  let room = MAX_DUMP_BYTES;
  for (const path of paths) {
    for await (const file of readFiles(path)) {
      room -= 'bytes' in file ? file.bytes.length : 0;
      if (room < 0) throw tooLarge(path);
      const outcome =
        'bytes' in file ? readRecord(file.name, file.bytes) : { status: 'rejected' as const, why: file.why };
      if (outcome.status === 'ok') records.push(outcome.advisory);
      else rejected.push({ name: excerpt(`${basename(path)}/${file.name}`), why: excerpt(outcome.why) });
    }
  }
  return { records, rejected };
}

function tooLarge(path: string): UsageError {
  return new UsageError(
    'advisories-too-large',
    `the records up to ${excerpt(path)} hold more than ${MAX_DUMP_BYTES} bytes`,
    'load the ecosystems you audit only, or import them: `fixby mirror import`',
  );
}
