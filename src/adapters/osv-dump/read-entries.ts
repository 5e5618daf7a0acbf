/** Finds the record files of a folder, a zip archive or a single file. */
import { hash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import type { DumpEntry } from '../../ports/advisory-dump.ts';
import { messageOf } from '../lib/message-of.ts';
import { isRecordFile } from './dump.ts';
import type { DumpFile } from './dump.ts';
import { readFile, readFolder } from './read-folder.ts';
import { readRecord } from './read-record.ts';
import { readZip } from './read-zip.ts';

/**
 * Every file at `path` that should be a record, one at a time, none of them kept. What cannot be read is an entry that is
 * rejected. Throws a UsageError when the path cannot be read at all, or an archive not to its end.
 */
export async function* readEntries(path: string): AsyncGenerator<DumpEntry> {
  for await (const file of readFiles(path)) yield toEntry(file);
}

/** As `readEntries`, as files. */
export async function* readFiles(path: string): AsyncGenerator<DumpFile> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) yield* readFolder(path);
    else if (isRecordFile(path)) yield readFile(path, basename(path));
    else yield* readZip(path);
  } catch (error) {
    throw unreadableDump(path, error);
  }
}

/** What it means that a dump could not be read to its end. */
export function unreadableDump(path: string, error: unknown): UsageError {
  return new UsageError(
    'advisories-unreadable',
    `${excerpt(path)} cannot be read as advisories: ${excerpt(messageOf(error))}`,
    'name a folder of OSV records (.json or .yaml), or a zip archive of them',
  );
}

/** A file as what may be a record. */
export function toEntry(file: DumpFile): DumpEntry {
  const { name } = file;
  if (!('bytes' in file)) return { name, digest: '', read: () => ({ status: 'rejected', why: file.why }) };
  const { bytes } = file;
  return {
    name,
    digest: hash('sha256', bytes),
    read: () => readRecord(name, bytes),
  };
}
