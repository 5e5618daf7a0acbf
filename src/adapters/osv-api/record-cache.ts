/** Keeps advisory records on disk between runs, one file an id, and believes none that does not prove to be what it says. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { osvRecordSchema } from '../../core/model/advisory.ts';
import { readCacheFile, writeCacheFile } from '../lib/cache-file.ts';

const schema = z.object({
  form: z.literal(1),
  id: z.string(),
  source: z.string(),
  /** UTC ISO-8601: when the source last vouched for it. */
  fetchedAt: z.iso.datetime(),
  etag: z.string().nullable(),
  record: osvRecordSchema,
});

/** A record as it was when the source last vouched for it. */
export type CachedRecord = Omit<z.infer<typeof schema>, 'form' | 'source'>;

export interface RecordCache {
  /** `null` for an id that is not there, or whose file is damaged or foreign. */
  read(id: string): Promise<CachedRecord | null>;
  /** Does nothing where it cannot write: a cache is a convenience. */
  write(entry: CachedRecord): Promise<void>;
}

const MAX_BYTES = 32 * 1024 * 1024;

/** `source` separates the caches of different APIs in one folder. */
export function openRecordCache(folder: string, source: string): RecordCache {
  const own = join(folder, 'osv', createHash('sha256').update(source).digest('hex').slice(0, 16));
  // A colon is no part of a file name everywhere; ids that fall together are told apart by what is inside.
  const fileOf = (id: string): string => join(own, `${id.replaceAll(':', '_')}.json`);
  return {
    read: async (id) => {
      const entry = schema.safeParse(await readCacheFile(fileOf(id), MAX_BYTES));
      return entry.success && entry.data.id === id && entry.data.source === source ? entry.data : null;
    },
    write: (entry) => writeCacheFile(fileOf(entry.id), { form: 1, source, ...entry }),
  };
}
