/** Loads OSV records from folders and zip archives, as OSV publishes its dumps. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import type { StoredAdvisory } from '../../ports/advisory-store.ts';
import { messageOf } from '../lib/message-of.ts';
import { MAX_DUMP_BYTES } from './dump.ts';
import type { Dump, DumpFile, RejectedFile } from './dump.ts';
import { readFile, readFolder } from './read-folder.ts';
import { readRecord } from './read-record.ts';
import { readZip } from './read-zip.ts';

/**
 * Every record below the given folders, zip archives and single `.json` files. A file that is no record is named in
 * `rejected` and stops nothing. Throws a UsageError for a path that cannot be read at all.
 */
export async function loadDump(paths: readonly string[]): Promise<Dump> {
  const records: StoredAdvisory[] = [];
  const rejected: RejectedFile[] = [];
  let room = MAX_DUMP_BYTES;
  for (const path of paths) {
    for await (const file of filesOf(path)) {
      room -= 'bytes' in file ? file.bytes.length : 0;
      if (room < 0) throw tooLarge(path);
      const outcome = 'bytes' in file ? readRecord(file.bytes) : { status: 'rejected' as const, why: file.why };
      if (outcome.status === 'ok') records.push(outcome.advisory);
      else rejected.push({ name: excerpt(`${basename(path)}/${file.name}`), why: excerpt(outcome.why) });
    }
  }
  return { records, rejected };
}

async function* filesOf(path: string): AsyncGenerator<DumpFile> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) yield* readFolder(path);
    else if (path.endsWith('.json')) yield readFile(path, basename(path));
    else yield* readZip(path);
  } catch (error) {
    throw new UsageError(
      'advisories-unreadable',
      `${excerpt(path)} cannot be read as advisories: ${excerpt(messageOf(error))}`,
      'name a folder of OSV records (.json), or a zip archive of them',
    );
  }
}

function tooLarge(path: string): UsageError {
  return new UsageError(
    'advisories-too-large',
    `the records up to ${excerpt(path)} hold more than ${MAX_DUMP_BYTES} bytes`,
    'load the ecosystems you audit only',
  );
}
