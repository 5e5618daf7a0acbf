/** Wires what makes a mirror to its adapters; an audit, which only reads one, loads none of it. */
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { messageOf } from '../adapters/lib/message-of.ts';
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
import { groupBy } from '../core/model/group-by.ts';
import { isEcosystem } from '../core/model/mirror.ts';
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

/** Gets what is asked for, what one dump holds at once. Rejects when the world is interrupted. */
export async function obtain(
  world: World,
  sources: readonly MirrorSource[],
  how: SupplyHow,
): Promise<readonly Obtained[]> {
  if (how.from.length > 0) {
    const places = how.from.map((path) => resolve(world.cwd, path));
    return (await bring(sources, places, how)).map((supply) => ({ supply, drop: nothing }));
  }
  // An air gap has no use for what speaks with servers.
  const { fetchDump } = await import('./compose-mirror-download.ts');
  const obtained: Obtained[] = [];
  for (const source of sources) {
    const fetched = await fetchDump(world, source, how);
    obtained.push(
      fetched.status === 'fetched'
        ? { supply: await read([source], [fetched.path], fetched.origin, how), drop: () => fetched.drop() }
        : { supply: fetched, drop: nothing },
    );
  }
  return obtained;
}

/** What the operator brought. Throws a UsageError for a place that is not there. */
async function bring(
  sources: readonly MirrorSource[],
  places: readonly string[],
  how: SupplyHow,
): Promise<readonly Supply[]> {
  try {
    const located = await Promise.all(sources.map((source) => locateAll(source, places)));
    const groups = groupBy(located, ({ source, paths }) => (isEcosystem(source) ? paths.join('\0') : source));
    return await Promise.all([...groups.values()].map((group) => supplyOf(group, how)));
  } catch (error) {
    throw new UsageError(
      'from-unreadable',
      `What --from names cannot be read: ${excerpt(messageOf(error))}`,
      'Name a file or a folder that is there.',
    );
  }
}

interface Located {
  readonly source: MirrorSource;
  readonly paths: readonly string[];
}

async function locateAll(source: MirrorSource, places: readonly string[]): Promise<Located> {
  const paths = await Promise.all(places.map((place) => locate(source, place)));
  return { source, paths: paths.filter((path) => path !== undefined) };
}

/** What lies in the same places, as one supply. */
async function supplyOf(group: readonly [Located, ...Located[]], how: SupplyHow): Promise<Supply> {
  const [{ source, paths }] = group;
  if (paths.length === 0)
    return {
      status: 'failed',
      source,
      detail: `${how.from.join()}: it holds no ${source} feed`,
      mend: 'Name the file itself with --from.',
    };
  if (how.threads !== null && (await Promise.all(paths.map(isWorthThreads))).includes(true)) how.threads.start();
  const sources = group.map((each) => each.source);
  return read(sources, paths, await originOf(paths, nowOf()), how);
}

async function read(
  sources: readonly MirrorSource[],
  paths: readonly string[],
  origin: Origin,
  how: SupplyHow,
): Promise<Supply> {
  const [source] = sources;
  const [path = ''] = paths;
  if (source !== undefined && !isEcosystem(source)) return readRows(source, path, origin);
  const ecosystems = sources.filter(isEcosystem);
  const indexes = ecosystems.some((each) => how.before?.sources[each] === undefined);
  const entries = (): AsyncIterable<readonly IndexedEntry[]> =>
    entriesOf(paths, { threads: how.threads, indexes, indexEntry });
  return { status: 'supplied', supplied: { ecosystems, origin, entries } };
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
