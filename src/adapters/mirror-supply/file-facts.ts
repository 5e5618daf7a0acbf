/** What is recorded of a file that is imported. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Origin } from '../../ports/mirror-supply.ts';

/** In hex; the file is streamed. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** `now` limits the moment a file claims to be of. Rejects for what is not there. */
export async function originOf(paths: readonly string[], now: string): Promise<Origin> {
  const facts = await Promise.all(paths.map(async (path) => ({ path, found: await stat(path) })));
  const files = facts.filter(({ found }) => found.isFile());
  const times = await Promise.all(
    facts.map(async ({ path, found }) => (found.isFile() ? found.mtimeMs : await lastChange(path))),
  );
  return {
    from: [...paths],
    sha256: await Promise.all(files.map(({ path }) => sha256OfFile(path))),
    etag: null,
    // The oldest of several: what they say together is known no better than the worst of them.
    asOf: new Date(Math.min(Date.parse(now), ...times)).toISOString(),
  };
}

/** When a folder was last changed, as far as it shows: a pull into a checkout changes its `.git`. */
async function lastChange(folder: string): Promise<number> {
  const names = ['', '.git', ...(await readdir(folder))];
  const times = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(...times);
}
