/** Keeps what a ledger added up to in fixby's own cache, one file a ledger. */
import { join } from 'node:path';
import * as z from 'zod';
import type { LedgerCheckpoints } from '../../ports/ledger.ts';
import { readCacheFile, writeCacheFile } from '../lib/cache-file.ts';
import { sha256OfBytes } from '../lib/sha256.ts';

export interface CheckpointsOptions {
  /** Folder of the operator's for caches; never one of the audited repository. */
  readonly cacheDir: string;
  /** Where the ledger lies: another place is another ledger. */
  readonly ledger: string;
  /** Which fixby this is: what another one added up is not believed. */
  readonly maker: string;
}

const hex = z.string().regex(/^[0-9a-f]{64}$/);

const schema = z.object({
  form: z.literal(1),
  ledger: z.string(),
  maker: z.string(),
  prefix: z.object({
    repository: z.string(),
    head: z.object({ seq: z.number().int().positive(), hash: hex }),
    bytes: z.number().int().positive(),
    sha256: hex,
  }),
  state: z.unknown(),
});

const MAX_BYTES = 128 * 1024 * 1024;

export function createCheckpoints({ cacheDir, ledger, maker }: CheckpointsOptions): LedgerCheckpoints {
  const name = sha256OfBytes(Buffer.from(ledger, 'utf8')).slice(0, 32);
  const file = join(cacheDir, 'ledgers', `${name}.json`);
  return {
    read: async () => {
      const { data } = schema.safeParse(await readCacheFile(file, MAX_BYTES));
      return data?.ledger === ledger && data.maker === maker ? { prefix: data.prefix, state: data.state } : undefined;
    },
    write: (checkpoint) => writeCacheFile(file, { form: 1, ledger, maker, ...checkpoint }),
  };
}
