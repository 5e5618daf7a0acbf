/** Reads a whole feed about exploited flaws out of a file. */
import { readFile, stat } from 'node:fs/promises';
import { excerpt } from '../../core/model/text.ts';
import { epssFeed } from '../lib/feeds/epss-feed.ts';
import { kevFeed } from '../lib/feeds/kev-feed.ts';
import { unpack } from '../lib/feeds/unpack.ts';
import { messageOf } from '../lib/message-of.ts';
import type { Origin, Supply } from '../../ports/mirror-supply.ts';

/** The scores of all CVEs are 10 MB, the catalog is 2 MB. */
const MAX_BYTES = 128 * 1024 * 1024;

/** Every id is asked about. */
const ALL = { has: (): boolean => true };

const MEND = 'Name the feed as it is published: the catalog as JSON, the scores as CSV, plain or gzip.';

/** A feed without a row is none. */
export async function readRows(source: 'kev' | 'epss', path: string, origin: Origin): Promise<Supply> {
  const failed = (why: string): Supply => ({
    status: 'failed',
    source,
    detail: `${origin.from.join()}: ${why}`,
    mend: MEND,
  });
  try {
    if ((await stat(path)).size > MAX_BYTES) return failed('it is larger than is taken');
    const text = await unpack(await readFile(path), MAX_BYTES);
    const content = source === 'kev' ? kevFeed.read(text, ALL) : epssFeed.read(text, ALL);
    if (content.status === 'invalid') return failed(content.detail);
    if (content.entries.length === 0) return failed('it holds no row');
    return {
      status: 'supplied',
      supplied: { source, origin, rows: content.entries } as Extract<Supply, { status: 'supplied' }>['supplied'],
    };
  } catch (error) {
    return failed(excerpt(messageOf(error)));
  }
}
