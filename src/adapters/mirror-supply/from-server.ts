/** Gets one source from the server that publishes it. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isEcosystem } from '../../core/model/mirror.ts';
import type { MirrorSource, MirrorState } from '../../core/model/mirror.ts';
import type { Origin, Supply } from '../../ports/mirror-supply.ts';
import { plainAddress } from '../lib/address.ts';
import type { Connection } from '../lib/connection.ts';
import { whyNoArchive } from './check-archive.ts';
import { download } from './download.ts';
import type { DownloadLimits } from './download.ts';
import { sha256OfFile } from './file-facts.ts';

export interface ServerHow {
  readonly connection: Connection;
  readonly limits: DownloadLimits;
  /** Folder for downloads; what is unfinished stays there. */
  readonly folder: string;
  readonly before: MirrorState | null;
  readonly signal: AbortSignal;
  readonly now: () => string;
  readonly onBytes: (source: MirrorSource, received: number, total: number | null) => void;
}

/** The downloaded file, or that nothing changed since the last import. */
export type Fetched =
  | { readonly status: 'fetched'; readonly path: string; readonly origin: Origin; drop(): Promise<void> }
  | Extract<Supply, { status: 'unchanged' | 'failed' }>;

/** Rejects only when it is told to stop. */
export async function fetchSource(source: MirrorSource, address: string, how: ServerHow): Promise<Fetched> {
  const from = [plainAddress(new URL(address))];
  const target = join(how.folder, source);
  const known = how.before?.sources[source];
  const done = await download({
    ...how,
    address,
    target,
    etag: known !== undefined && known.from.join() === from.join() ? known.etag : null,
    onBytes: (received, total) => how.onBytes(source, received, total),
  });
  const asOf = how.now();
  if (done.status === 'failed') {
    return { status: 'failed', source, detail: `${from.join()}: ${done.detail}`, mend: MEND };
  }
  if (done.status === 'unchanged') {
    const { sha256 = [], etag = null } = known ?? {};
    return { status: 'unchanged', source, origin: { from, sha256, etag, asOf } };
  }
  const why = isEcosystem(source) ? await whyNoArchive(target) : undefined;
  if (why !== undefined) {
    await rm(target, { force: true });
    return { status: 'failed', source, detail: `${from.join()}: ${why}`, mend: OTHER };
  }
  const origin = { from, sha256: [await sha256OfFile(target)], etag: done.etag, asOf };
  return { status: 'fetched', path: target, origin, drop: () => rm(target, { force: true }) };
}

const MEND =
  'Run the import again: it goes on where it stopped. Behind a firewall, name your own copy with --base-url, or bring the file and name it with --from.';

const OTHER =
  'Look at what answers there: a page to sign in, a proxy, half a copy. Or name your own copy with --base-url, or bring the file and name it with --from.';
