/** Writes an evidence archive: a zip whose bytes follow from its content alone, there as a whole or not at all. */
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { ArchiveEntry } from '../../core/model/evidence.ts';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import type { ArchiveWriter } from '../../ports/evidence.ts';
import { checkDestination } from '../lib/destination.ts';
import { messageOf } from '../lib/message-of.ts';

export interface ArchiveWriterOptions {
  /** The audited folder: no link in it may lead the archive astray. */
  readonly repositoryRoot: string;
  /** Tells this process from others that write the same archive. */
  readonly pid: number;
}

/** The adapter of `ArchiveWriter`. Nothing beside the name of a file and its bytes goes into the archive. */
export function createArchiveWriter({ repositoryRoot, pid }: ArchiveWriterOptions): ArchiveWriter {
  return {
    write: async (path, entries) => {
      const { isStream } = await checkDestination(path, repositoryRoot, '--evidence');
      if (isStream) throw unwritable(path, 'it is no regular file.');
      const beside = join(dirname(path), `.${basename(path)}.${pid}.part`);
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeZip(beside, entries);
        await rename(beside, path);
        return path;
      } catch (error) {
        await rm(beside, { force: true }).catch(() => undefined);
        throw unwritable(path, messageOf(error));
      }
    },
  };
}

async function writeZip(path: string, entries: readonly ArchiveEntry[]): Promise<void> {
  const zip = new ZipFile();
  const written = pipeline(zip.outputStream, createWriteStream(path, { flags: 'wx', mode: 0o644, flush: true }));
  zip.on('error', (error: Error) =>
    (zip.outputStream as NodeJS.ReadableStream & { destroy(error: Error): void }).destroy(error),
  );
  // One day for all, in local time as the format has it: the same fields in every zone.
  const plain = { mtime: new Date(1980, 0, 2), mode: 0o100644, forceDosTimestamp: true };
  for (const entry of entries) {
    if ('text' in entry) zip.addBuffer(Buffer.from(entry.text, 'utf8'), entry.path, plain);
    else zip.addFile(entry.spooled, entry.path, plain);
  }
  zip.end();
  await written;
  await syncFolder(dirname(path));
}

/** So that the name is there after a power cut, too; where the system cannot, it is left. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function unwritable(path: string, why: string): UsageError {
  const mend = 'Free space or rights there, or name another place with `--evidence`.';
  return new UsageError('evidence-unwritable', `${excerpt(path)} could not be written: ${excerpt(why)}`, mend);
}
