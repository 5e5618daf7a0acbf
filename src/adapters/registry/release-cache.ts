/** Keeps publication dates on disk between runs, one small file a package, and believes none that does not prove what it is. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { ECOSYSTEMS, type Ecosystem } from '../../core/model/ecosystem.ts';
import { readCacheFile, writeCacheFile } from '../lib/cache-file.ts';

const schema = z.object({
  form: z.literal(1),
  ecosystem: z.enum(ECOSYSTEMS),
  source: z.string(),
  name: z.string(),
  /** UTC ISO-8601: when the registry last vouched for it. */
  fetchedAt: z.iso.datetime(),
  etag: z.string().nullable(),
  published: z.array(z.object({ version: z.string(), at: z.iso.datetime() })),
  withdrawn: z.array(z.string()),
});

/** What a registry said of a package when it last vouched for it. */
export type CachedReleases = Omit<z.infer<typeof schema>, 'form' | 'ecosystem' | 'source'>;

export interface ReleaseCache {
  /** `null` for a package that is not there, or whose file is damaged or foreign. */
  read(name: string): Promise<CachedReleases | null>;
  /** Does nothing where it cannot write. */
  write(entry: CachedReleases): Promise<void>;
}

const MAX_BYTES = 32 * 1024 * 1024;

/** `source` is the registry's address without credentials; each has a folder of its own below `folder`. */
export function openReleaseCache(folder: string, ecosystem: Ecosystem, source: string): ReleaseCache {
  const own = join(folder, 'releases', digest(`${ecosystem} ${source}`));
  // Names differ in capitals and slashes, and file systems in what they make of those.
  const fileOf = (name: string): string => join(own, `${digest(name)}.json`);
  return {
    read: async (name) => {
      const entry = schema.safeParse(await readCacheFile(fileOf(name), MAX_BYTES));
      if (!entry.success) return null;
      const isOurs = entry.data.name === name && entry.data.source === source && entry.data.ecosystem === ecosystem;
      return isOurs ? entry.data : null;
    },
    write: (entry) => writeCacheFile(fileOf(entry.name), { form: 1, ecosystem, source, ...entry }),
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
