/** Writes reports so that each is whole or not there, and so that no link in the audited repository leads one astray. */
import { lstat, mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { writeFile as writeAtomically } from 'atomically';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import type { Sink } from '../../ports/sink.ts';
import { isInside, realPath } from '../lib/inside.ts';
import { messageOf } from '../lib/message-of.ts';

export interface SinkOptions {
  /** Folder that relative paths start from. */
  readonly base: string;
  /** The audited folder. What is written below it stays below it; any other place is the operator's choice. */
  readonly repositoryRoot: string;
}

/** How a destination is written. */
interface Destination {
  readonly path: string;
  /** A device or a pipe the operator named, such as /dev/stdout: it cannot be replaced, only written to. */
  readonly isStream: boolean;
}

/**
 * Every destination is checked before the first is written.
 * @throws UsageError `output-refused` or `output-unwritable`, on writing.
 */
export function createSink({ base, repositoryRoot }: SinkOptions): Sink {
  return {
    write: async (files) => {
      const destinations = await Promise.all(
        files.map(({ path }) => checkDestination(resolve(base, path), repositoryRoot)),
      );
      for (const [index, destination] of destinations.entries()) await writeOne(destination, files[index]?.text ?? '');
      return destinations.map(({ path }) => path);
    },
  };
}

async function checkDestination(path: string, root: string): Promise<Destination> {
  const isOurs = [resolve(root), realPath(root)].some((folder) => isInside(folder, path));
  const found = await lstat(path).catch(() => undefined);
  if (isOurs && (found?.isSymbolicLink() === true || !isInside(realPath(root), realPath(dirname(path))))) {
    throw refused(path, 'it, or a folder above it, is a link of the audited repository.');
  }
  if (found?.isDirectory() === true) throw refused(path, 'it is a folder.');
  const isStream = found !== undefined && !found.isFile() && !found.isSymbolicLink();
  if (isOurs && isStream) throw refused(path, 'it is no regular file.');
  return { path, isStream: isStream || (await leadsToStream(path)) };
}

async function leadsToStream(path: string): Promise<boolean> {
  const found = await lstat(realPath(path)).catch(() => undefined);
  return found !== undefined && !found.isFile();
}

async function writeOne({ path, isStream }: Destination, text: string): Promise<void> {
  try {
    if (isStream) await writeFile(path, text);
    else await writeWhole(path, text);
  } catch (error) {
    const mend = 'Free space or rights there, or choose another place with `--output`.';
    throw new UsageError(
      'output-unwritable',
      `${excerpt(path)} could not be written: ${excerpt(messageOf(error))}`,
      mend,
    );
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeAtomically(path, text, { timeout: 1000 });
}

function refused(path: string, why: string): UsageError {
  const mend = 'Choose another place with `--output`.';
  return new UsageError('output-refused', `Nothing was written to ${excerpt(path)}: ${why}`, mend);
}
