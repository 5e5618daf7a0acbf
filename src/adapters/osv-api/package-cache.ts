/** Keeps which advisories a source has for each package between runs: one file an ecosystem, so that a lookup costs one read. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import type { Ecosystem } from '../../core/model/ecosystem.ts';
import { readCacheFile, writeCacheFile } from '../lib/cache-file.ts';

const listSchema = z.object({ name: z.string(), fetchedAt: z.iso.datetime(), ids: z.array(z.string()) });

const schema = z.object({
  form: z.literal(1),
  source: z.string(),
  ecosystem: z.string(),
  packages: z.array(listSchema),
});

/** `fetchedAt` is UTC ISO-8601: when the source listed them. */
export type CachedList = z.infer<typeof listSchema>;

export interface PackageCache {
  /** By package name; empty when there is no such file, or it is damaged or foreign. */
  read(ecosystem: Ecosystem): Promise<ReadonlyMap<string, CachedList>>;
  /** Does nothing where it cannot write: a cache is a convenience. */
  write(ecosystem: Ecosystem, lists: Iterable<CachedList>): Promise<void>;
}

const MAX_BYTES = 64 * 1024 * 1024;

/** `source` separates the caches of different APIs in one folder. */
export function openPackageCache(folder: string, source: string): PackageCache {
  const own = join(folder, 'osv', createHash('sha256').update(source).digest('hex').slice(0, 16));
  const fileOf = (ecosystem: Ecosystem): string => join(own, 'packages', `${ecosystem}.json`);
  return {
    read: async (ecosystem) => {
      const entry = schema.safeParse(await readCacheFile(fileOf(ecosystem), MAX_BYTES));
      const isOurs = entry.success && entry.data.source === source && entry.data.ecosystem === ecosystem;
      return new Map(isOurs ? entry.data.packages.map((list) => [list.name, list]) : []);
    },
    write: (ecosystem, lists) =>
      writeCacheFile(fileOf(ecosystem), { form: 1, source, ecosystem, packages: [...lists] }),
  };
}
