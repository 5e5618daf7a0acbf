/** Wires what gets published dumps from servers to its adapters. */
import { join } from 'node:path';
import { openConnection } from '../adapters/lib/connection.ts';
import { fetchSource } from '../adapters/mirror-supply/from-server.ts';
import type { Fetched } from '../adapters/mirror-supply/from-server.ts';
import { addressOf } from '../adapters/mirror-supply/sources.ts';
import type { MirrorSource, MirrorState } from '../core/model/mirror.ts';
import { nowOf } from './compose-mirror-store.ts';
import type { World } from './world.ts';

export interface DownloadHow {
  /** Where a team keeps copies of what is published; absent means where it is published. */
  readonly baseUrl?: string;
  /** The mirror's folder; downloads lie below it until they are imported. */
  readonly root: string;
  readonly before: MirrorState | null;
  readonly onBytes: (source: MirrorSource, received: number, total: number | null) => void;
}

const FOUR_GIB = 4 * 1024 ** 3;
const DOWNLOAD = { maxBytes: FOUR_GIB, attempts: 4, retryDelayMs: 1000 };
const CONNECTION = { timeoutMs: 30_000, retries: 0, retryDelayMs: 0, retryDelayMaxMs: 0 };

/** The dump of a source from the server that publishes it, or from the copy `how` names. Rejects when the world is interrupted. */
export function fetchDump(world: World, source: MirrorSource, how: DownloadHow): Promise<Fetched> {
  return fetchSource(source, addressOf(source, how.baseUrl), {
    ...how,
    folder: join(how.root, 'downloads'),
    connection: openConnection(world.env, CONNECTION),
    limits: DOWNLOAD,
    signal: world.interrupted,
    now: nowOf,
  });
}
