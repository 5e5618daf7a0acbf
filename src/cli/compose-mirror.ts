/** Wires what makes and serves a mirror to its adapters; an audit, which only reads one, loads none of it. */
import { join, resolve } from 'node:path';
import { openConnection } from '../adapters/lib/connection.ts';
import { addressOf } from '../adapters/mirror-supply/sources.ts';
import { originOf } from '../adapters/mirror-supply/file-facts.ts';
import { locate } from '../adapters/mirror-supply/from-files.ts';
import { fetchSource } from '../adapters/mirror-supply/from-server.ts';
import { readRows } from '../adapters/mirror-supply/read-rows.ts';
export { serveMirror } from '../adapters/http-server/serve-mirror.ts';
export { createMirrorWriter } from '../adapters/mirror-store/write-mirror.ts';
export { createUpstream } from '../adapters/npm-upstream/fetch-packuments.ts';
export { loadDump } from '../adapters/osv-dump/load-dump.ts';
import { readEntries } from '../adapters/osv-dump/read-entries.ts';
import type { MirrorSource, MirrorState } from '../core/model/mirror.ts';
import { UsageError } from '../core/model/problem.ts';
import { excerpt } from '../core/model/text.ts';
import { indexEntries } from '../mirror/import/index-record.ts';
import type { DumpEntry } from '../ports/advisory-dump.ts';
import type { Origin, Supply } from '../ports/mirror-supply.ts';
import { nowOf } from './compose-mirror-store.ts';
import type { World } from './world.ts';

export interface SupplyHow {
  /** Files and folders to take the sources from; none asks the servers. */
  readonly from: readonly string[];
  /** Where a team keeps copies of what is published; absent means where it is published. */
  readonly baseUrl?: string;
  /** The mirror's folder; downloads lie below it until they are imported. */
  readonly root: string;
  readonly before: MirrorState | null;
  readonly onBytes: (source: MirrorSource, received: number, total: number | null) => void;
}

/** A source with what has to be removed once it is imported. */
export interface Obtained {
  readonly supply: Supply;
  drop(): Promise<void>;
}

const FOUR_GIB = 4 * 1024 ** 3;
const DOWNLOAD = { maxBytes: FOUR_GIB, attempts: 4, retryDelayMs: 1000 };
const CONNECTION = { timeoutMs: 30_000, retries: 0, retryDelayMs: 0, retryDelayMaxMs: 0 };

/** Gets one source. Rejects when the world is interrupted. */
export async function obtain(world: World, source: MirrorSource, how: SupplyHow): Promise<Obtained> {
  if (how.from.length > 0) {
    const places = how.from.map((path) => resolve(world.cwd, path));
    return { supply: await bring(source, places), drop: nothing };
  }
  const fetched = await fetchSource(source, addressOf(source, how.baseUrl), {
    ...how,
    folder: join(how.root, 'downloads'),
    connection: openConnection(world.env, CONNECTION),
    limits: DOWNLOAD,
    signal: world.interrupted,
    now: nowOf,
  });
  if (fetched.status !== 'fetched') return { supply: fetched, drop: nothing };
  return { supply: await read(source, [fetched.path], fetched.origin), drop: () => fetched.drop() };
}

/** What the operator brought. Throws a UsageError for a place that is not there. */
async function bring(source: MirrorSource, places: readonly string[]): Promise<Supply> {
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
    return await read(source, paths, await originOf(paths, nowOf()));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      'from-unreadable',
      `What --from names cannot be read: ${excerpt(why)}`,
      'Name a file or a folder that is there.',
    );
  }
}

async function read(source: MirrorSource, paths: readonly string[], origin: Origin): Promise<Supply> {
  const [path = ''] = paths;
  if (source === 'kev' || source === 'epss') return readRows(source, path, origin);
  return { status: 'supplied', supplied: { source, origin, entries: () => indexEntries(entriesOf(paths)) } };
}

async function* entriesOf(paths: readonly string[]): AsyncGenerator<DumpEntry> {
  for (const path of paths) yield* readEntries(path);
}

const nothing = (): Promise<void> => Promise.resolve();
