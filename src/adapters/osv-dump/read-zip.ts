/** Finds the record files of a zip archive, one at a time. */
import { closeSync, openSync } from 'node:fs';
import type { DumpFile } from './dump.ts';
import { listZip } from './list-zip.ts';
import { unpackEntry } from './unpack-entry.ts';
import { WindowedFile } from './windowed-file.ts';

/** The record files in the order of the archive. Throws when the archive as a whole cannot be read. */
export async function* readZip(path: string): AsyncGenerator<DumpFile> {
  const file = openSync(path, 'r');
  try {
    const bytes = new WindowedFile(file);
    for await (const place of listZip(file)) yield 'why' in place ? place : unpackEntry(bytes, place);
  } finally {
    closeSync(file);
  }
}
