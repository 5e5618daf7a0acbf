/** Wires what makes a mirror to its adapters; an audit, which only reads one, loads none of it. */
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { originOf } from '../adapters/mirror-supply/file-facts.ts';
import { locate } from '../adapters/mirror-supply/from-files.ts';
import { readRows } from '../adapters/mirror-supply/read-rows.ts';
export { createMirrorWriter } from '../adapters/mirror-store/write-mirror.ts';
import { isRecordFile } from '../adapters/osv-dump/dump.ts';
import { readEntries } from '../adapters/osv-dump/read-entries.ts';
import { readZipInThreads } from '../adapters/osv-dump/read-zip-in-threads.ts';
import type { ThreadedHow } from '../adapters/osv-dump/read-zip-in-threads.ts';
import { createUnpackThreads } from '../adapters/osv-dump/unpack-threads.ts';
import type { UnpackThreads } from '../adapters/osv-dump/unpack-threads.ts';
import type { MirrorSource } from '../core/model/mirror.ts';
import { UsageError } from '../core/model/problem.ts';
import { excerpt } from '../core/model/text.ts';
import { indexEntries, indexEntry } from '../mirror/import/index-record.ts';
import type { IndexedEntry } from '../ports/advisory-dump.ts';
import type { Origin, Supply } from '../ports/mirror-supply.ts';
import type { DownloadHow } from './compose-mirror-download.ts';
import { nowOf } from './compose-mirror-store.ts';
import type { World } from './world.ts';

export interface SupplyHow extends DownloadHow {
  /** Files and folders to take the sources from; none asks the servers. */
  readonly from: readonly string[];
  /** See `openThreads`. */
  readonly threads: UnpackThreads | null;
}

/** A source with what has to be removed once it is imported. */
export interface Obtained {
  readonly supply: Supply;
  drop(): Promise<void>;
}

/** Gets one source. Rejects when the world is interrupted. */
export async function obtain(world: World, source: MirrorSource, how: SupplyHow): Promise<Obtained> {
  if (how.from.length > 0) {
    const places = how.from.map((path) => resolve(world.cwd, path));
    return { supply: await bring(source, places, how), drop: nothing };
  }
  // An air gap has no use for what speaks with servers.
  const { fetchDump } = await import('./compose-mirror-download.ts');
  const fetched = await fetchDump(world, source, how);
  if (fetched.status !== 'fetched') return { supply: fetched, drop: nothing };
  return { supply: await read(source, [fetched.path], fetched.origin, how), drop: () => fetched.drop() };
}

/** What the operator brought. Throws a UsageError for a place that is not there. */
async function bring(source: MirrorSource, places: readonly string[], how: SupplyHow): Promise<Supply> {
  try {
    const located = await Promise.all(places.map((place) => locate(source, place)));
    const paths = located.filter((path) => path !== undefined);
    if (paths.length === 0)
      return {
        status: 'failed',
        source,
        detail: `${places.join()}: it holds no ${source} feed`,
        mend: 'Name the file itself with --from.',
      };
    if (how.threads !== null && (await Promise.all(paths.map(isWorthThreads))).includes(true)) how.threads.start();
    return await read(source, paths, await originOf(paths, nowOf()), how);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      'from-unreadable',
      `What --from names cannot be read: ${excerpt(why)}`,
      'Name a file or a folder that is there.',
    );
  }
}

async function read(source: MirrorSource, paths: readonly string[], origin: Origin, how: SupplyHow): Promise<Supply> {
  const [path = ''] = paths;
  if (source === 'kev' || source === 'epss') return readRows(source, path, origin);
  const threaded = { threads: how.threads, indexes: how.before?.sources[source] === undefined, indexEntry };
  return { status: 'supplied', supplied: { source, origin, entries: () => entriesOf(paths, threaded) } };
}

const WORTH_A_THREAD = 1024 * 1024;

async function* entriesOf(
  paths: readonly string[],
  { threads, ...how }: Omit<ThreadedHow, 'threads'> & Pick<SupplyHow, 'threads'>,
): AsyncGenerator<readonly IndexedEntry[]> {
  for (const path of paths) {
    const isThreaded = threads !== null && (await isWorthThreads(path));
    yield* isThreaded ? readZipInThreads(path, { ...how, threads }) : indexEntries(readEntries(path));
  }
}

/** Whether a path is an archive that takes longer to read than a thread takes to start. */
async function isWorthThreads(path: string): Promise<boolean> {
  const found = isRecordFile(path) ? null : await stat(path).catch(() => null);
  return found?.isFile() === true && found.size >= WORTH_A_THREAD;
}

const MOST_THREADS = 2;

/** Threads to unpack archives with; `null` where they do not pay, or where there is no bundle that they could run. */
export function openThreads({ entry }: Pick<World, 'entry'>): UnpackThreads | null {
  const count = Math.min(MOST_THREADS, availableParallelism());
  if (count < 2 || entry.endsWith('.ts')) return null;
  return createUnpackThreads(new URL('./unpack.js', entry), count);
}

const nothing = (): Promise<void> => Promise.resolve();
