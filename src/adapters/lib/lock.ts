/**
 * The right to write to a folder, held by one process at a time and by no dead one.
 *
 * The lock is a folder that holds one file, named after its owner. It is taken by renaming a prepared folder onto it, which
 * succeeds only where there is none or an empty one. The lock of a dead owner is broken by removing exactly that owner's
 * file, so nobody can take away a lock that somebody else has taken meanwhile.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Host } from './host.ts';
import { codeOf } from './message-of.ts';
import { identify, isAbandoned, ownerTag, readOwnerTag } from './process-identity.ts';

export interface LockOptions {
  /** Absolute path of the lock; its folder exists. */
  readonly path: string;
  readonly host: Host;
  /** How long to wait for another process. */
  readonly waitMs: number;
}

/** The process that kept the lock for too long, as it signed itself. */
export class LockHeldError extends Error {
  readonly pid: number | undefined;
  constructor(owner: string | undefined) {
    super('another process holds the lock');
    this.name = 'LockHeldError';
    this.pid = owner === undefined ? undefined : ownerOf(owner)?.pid;
  }
}

const PAUSE_MS = 20;

/** Runs `work` while holding the lock. Throws a LockHeldError, or what the file system says. */
export async function withLock<T>(options: LockOptions, work: () => Promise<T>): Promise<T> {
  const name = `${ownerTag(identify(options.host.pid))}-${randomBytes(4).toString('hex')}`;
  await acquire(options, name);
  try {
    return await work();
  } finally {
    await release(options.path, name);
  }
}

async function acquire({ path, host, waitMs }: LockOptions, name: string): Promise<void> {
  const prepared = `${path}.${name}`;
  await sweep(path, host);
  await mkdir(prepared);
  try {
    await writeFile(join(prepared, name), '');
    const start = performance.now();
    while (!(await take(prepared, path))) {
      const holder = await breakAbandoned(path, host);
      if (performance.now() - start > waitMs) throw new LockHeldError(holder);
      await wait(holder === undefined ? 0 : PAUSE_MS);
    }
  } catch (error) {
    await rm(prepared, { recursive: true, force: true });
    throw error;
  }
}

async function take(prepared: string, path: string): Promise<boolean> {
  try {
    await rename(prepared, path);
    return true;
  } catch (error) {
    // It may be gone again by now; Windows answers EPERM for a folder that is there.
    if (hasCode(error, 'ENOTEMPTY', 'EEXIST') || (hasCode(error, 'EPERM') && (await isThere(path)))) return false;
    throw error;
  }
}

/** The owner who still holds the lock; `undefined` when nobody does any more. */
async function breakAbandoned(path: string, host: Host): Promise<string | undefined> {
  const names = await readdir(path).catch(() => []);
  for (const name of names) {
    if (!(await isDead(join(path, name), name, host))) return name;
    await unlink(join(path, name)).catch(() => undefined);
  }
  // Empty, it can be renamed over, but not on Windows. Whoever took it meanwhile keeps it: it is not empty then.
  await rmdir(path).catch(() => undefined);
  return undefined;
}

async function isDead(path: string, name: string, host: Host): Promise<boolean> {
  const owner = ownerOf(name);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return true;
  return owner !== undefined && isAbandoned(owner, Date.now() - found.mtimeMs, host);
}

/** Removes what processes left that died while they prepared a lock. */
async function sweep(path: string, host: Host): Promise<void> {
  const prefix = `${basename(path)}.`;
  for (const entry of await readdir(dirname(path))) {
    if (!entry.startsWith(prefix)) continue;
    const left = join(dirname(path), entry);
    if (await isDead(left, entry.slice(prefix.length), host)) await rm(left, { recursive: true, force: true });
  }
}

async function release(path: string, name: string): Promise<void> {
  await unlink(join(path, name)).catch(() => undefined);
  await rmdir(path).catch(() => undefined);
}

function ownerOf(name: string): ReturnType<typeof readOwnerTag> {
  return readOwnerTag(name.replace(/-[0-9a-f]{8}$/, ''));
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(codeOf(error));
}
