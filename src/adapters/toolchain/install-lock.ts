/** Lets one process at a time make the managed environment; the others wait for it. */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../lib/host.ts';
import { identify, isAbandoned, ownerTag, readOwnerTag } from '../lib/process-identity.ts';

const POLL_MS = 200;

/**
 * Runs `work` while holding `file`. A lock whose process is gone is taken over. Should two take one over at once, one of
 * them may fail: the environment is renamed into place in one step, so never a half-made one is used.
 */
export async function withLock<T>(file: string, host: Host, now: () => number, work: () => Promise<T>): Promise<T> {
  while (!take(file, host)) {
    if (isStale(file, host, now())) rmSync(file, { force: true });
    else await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string, host: Host): boolean {
  try {
    writeFileSync(file, ownerTag(identify(host.pid)), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isStale(file: string, host: Host, now: number): boolean {
  try {
    const age = now - statSync(file).mtimeMs;
    const owner = readOwnerTag(readFileSync(file, 'utf8'));
    // Not yet written: its maker is between two steps, unless it died there.
    return owner === undefined ? age > 10_000 : isAbandoned(owner, age, host);
  } catch {
    return false;
  }
}
