/** One JSON file of a cache: read as unknown, since anybody may have written it, and written whole or not at all. */
import { readFile, stat } from 'node:fs/promises';
import { writeFile } from 'atomically';

/** `undefined` for a file that is not there, larger than `maxBytes`, or no JSON. */
export async function readCacheFile(path: string, maxBytes: number): Promise<unknown> {
  try {
    return (await stat(path)).size > maxBytes ? undefined : JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Does nothing where it cannot write: a cache is a convenience. Folders are made. */
export async function writeCacheFile(path: string, value: unknown): Promise<void> {
  await writeFile(path, JSON.stringify(value), { timeout: 1000, fsync: false }).catch(() => undefined);
}

/** Whether a copy fetched then still counts without asking. One from the future does not: some clock was wrong. */
export function isFresh(fetchedAt: string, now: string, maxAgeMs: number): boolean {
  const age = Date.parse(now) - Date.parse(fetchedAt);
  return age >= 0 && age < maxAgeMs;
}
