/** Writes reports so that each is whole or not there, and so that no link in the audited repository leads one astray. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { writeFile as writeAtomically } from 'atomically';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import type { Sink } from '../../ports/sink.ts';
import { checkDestination } from '../lib/destination.ts';
import type { Destination } from '../lib/destination.ts';
import { messageOf } from '../lib/message-of.ts';

export interface SinkOptions {
  /** Folder that relative paths start from. */
  readonly base: string;
  /** The audited folder. What is written below it stays below it; any other place is the operator's choice. */
  readonly repositoryRoot: string;
  /** What chose the place, for the mend of a refusal; `null` where nobody may choose. `--output` unless given. */
  readonly flag?: string | null;
}

/**
 * Every destination is checked before the first is written.
 * @throws UsageError `output-refused` or `output-unwritable`, on writing.
 */
export function createSink({ base, repositoryRoot, flag = '--output' }: SinkOptions): Sink {
  return {
    write: async (files) => {
      const destinations = await Promise.all(
        files.map(({ path }) => checkDestination(resolve(base, path), repositoryRoot, flag)),
      );
      for (const [index, destination] of destinations.entries()) await writeOne(destination, files[index]?.text ?? '');
      return destinations.map(({ path }) => path);
    },
  };
}

async function writeOne({ path, isStream }: Destination, text: string): Promise<void> {
  try {
    if (isStream) await writeFile(path, text);
    else await writeWhole(path, text);
  } catch (error) {
    const mend = 'Free space there, or give this user the right to write it.';
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
