/** Makes the next generation of a mirror: one process at a time, beside the one in force, and swapped in by one rename. */
import { constants } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFile as writeAtomically } from 'atomically';
import type { KnownExploited, ScoredCve } from '../../core/model/exploitation.ts';
import type { MirrorState } from '../../core/model/mirror.ts';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import type { MirrorDraft, MirrorWriter } from '../../ports/mirror.ts';
import { makeFolder, syncFolder } from '../lib/durable.ts';
import type { Host } from '../lib/host.ts';
import { LockHeldError, withLock } from '../lib/lock.ts';
import { messageOf } from '../lib/message-of.ts';
import { draftRecords } from './draft.ts';
import { writeScore } from './feed-rows.ts';
import { DATA, layoutOf, listGenerations, MANIFEST, pointTo, readPointer, readState, UNFINISHED } from './layout.ts';
import type { Layout } from './layout.ts';
import { storageProblem } from './storage-problem.ts';
import { summarize } from './summarize.ts';
import { openTables } from './tables.ts';
import type { Tables } from './tables.ts';

/** Long enough to take over from an import that died; one that runs takes longer than anybody should wait for. */
const LOCK_WAIT_MS = 500;

/** `path` is absolute; its folder is made with the first draft. */
export function createMirrorWriter(path: string, host: Host): MirrorWriter {
  const layout = layoutOf(path);
  return {
    draft: async (work) => {
      await makeFolder(layout.generations).catch((error: unknown) => {
        throw unwritable(layout, error);
      });
      return withLock({ path: layout.lock, host, waitMs: LOCK_WAIT_MS }, () => workOnDraft(layout, work)).catch(
        (error: unknown) => {
          throw error instanceof LockHeldError ? busy(layout, error) : error;
        },
      );
    },
  };
}

async function workOnDraft<T>(layout: Layout, work: (draft: MirrorDraft) => Promise<T>): Promise<T> {
  // What an import left that did not come to its end.
  const { rest } = await listGenerations(layout);
  for (const name of rest) await rm(join(layout.generations, name), { recursive: true, force: true });
  const folder = join(layout.generations, UNFINISHED);
  await mkdir(folder);
  try {
    return await workIn(folder, layout, work);
  } catch (error) {
    throw storageProblem(layout.root, error) ?? error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function workIn<T>(folder: string, layout: Layout, work: (draft: MirrorDraft) => Promise<T>): Promise<T> {
  const before = currentState(layout);
  if (before !== null) {
    const data = join(layout.generation(before.generation), DATA);
    await copyFile(data, join(folder, DATA), constants.COPYFILE_FICLONE);
  }
  const tables = openTables(folder, 'write');
  try {
    return await work(openDraft(layout, folder, before, tables));
  } finally {
    await tables.close();
  }
}

/** A mirror whose generation in force cannot be read begins anew: everything in it can be imported again. */
function currentState(layout: Layout): MirrorState | null {
  try {
    const number = readPointer(layout);
    return number === null ? null : readState(layout.generation(number));
  } catch {
    return null;
  }
}

function openDraft(layout: Layout, folder: string, before: MirrorState | null, tables: Tables): MirrorDraft {
  const { flush, ...records } = draftRecords(tables);
  return {
    before,
    ...records,
    replaceExploited: (entries: readonly KnownExploited[]) =>
      tables.transact(() => {
        tables.exploited.clearSync();
        for (const { cve, dateAdded } of entries) tables.exploited.putSync(cve, dateAdded);
      }),
    replaceScores: (entries: readonly ScoredCve[]) =>
      tables.transact(() => {
        tables.scores.clearSync();
        for (const entry of entries) tables.scores.putSync(entry.cve, writeScore(entry));
      }),
    commit: async (sources, now) => {
      flush();
      const contents = summarize(tables);
      await tables.close();
      const { size: bytes } = await stat(join(folder, DATA));
      const state: MirrorState = {
        form: 1,
        generation: await nextNumber(layout),
        createdAt: now,
        bytes,
        ...contents,
        sources: { ...before?.sources, ...sources },
      };
      await publish(layout, folder, state);
      await removeOlder(layout, [state.generation, before?.generation ?? 0]);
      return state;
    },
  };
}

/** Above every number in use, also those of generations that were never pointed to. */
async function nextNumber(layout: Layout): Promise<number> {
  const { finished } = await listGenerations(layout);
  return 1 + Math.max(0, ...finished);
}

async function publish(layout: Layout, folder: string, state: MirrorState): Promise<void> {
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(state, null, 2)}\n`);
  for (const name of [DATA, MANIFEST]) await syncFile(join(folder, name));
  await syncFolder(folder);
  await rename(folder, layout.generation(state.generation));
  await syncFolder(layout.generations);
  // Replaced in one step: readers see the generation before or this one, never neither.
  await writeAtomically(layout.pointer, pointTo(state.generation));
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The one before stays for those who were pointed to it a moment ago. */
async function removeOlder(layout: Layout, kept: readonly number[]): Promise<void> {
  const { finished } = await listGenerations(layout);
  for (const number of finished) {
    if (!kept.includes(number)) await rm(layout.generation(number), { recursive: true, force: true });
  }
}

function busy({ root }: Layout, { pid }: LockHeldError): UsageError {
  return new UsageError(
    'mirror-busy',
    `Another import${pid === undefined ? '' : ` (process ${pid})`} is writing the mirror in ${excerpt(root)}.`,
    'Wait until it ends; an import that died is no hindrance.',
  );
}

function unwritable({ root }: Layout, error: unknown): UsageError {
  return new UsageError(
    'mirror-not-writable',
    `The mirror in ${excerpt(root)} cannot be written: ${excerpt(messageOf(error))}`,
    'Name a folder with --mirror that this user may write to.',
  );
}
