/** Removes what fixby processes that were killed have left behind. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import type { Host } from '../lib/host.ts';
import { signalGroup } from '../lib/process-group.ts';
import { isAbandoned, isRunning } from '../lib/process-identity.ts';
import { removeFolder } from '../lib/remove-folder.ts';
import { ownerOfFolder } from '../lib/temp-folder.ts';

/**
 * Removes this user's stale private folders below `tempRoot`, after killing the tools that still work in them, and
 * returns their names, sorted. A folder is stale when the process it is named after is gone; one of another container
 * that shares `tempRoot` cannot be asked about, so it is stale after a day. What cannot be removed is left.
 */
export function sweepStale(tempRoot: string, host: Host, clock: Clock): readonly string[] {
  const now = Date.parse(clock.now());
  return readNames(tempRoot).filter((name) => isStale(tempRoot, name, host, now) && sweep(join(tempRoot, name), host));
}

function readNames(tempRoot: string): readonly string[] {
  try {
    return readdirSync(tempRoot).sort();
  } catch {
    return [];
  }
}

function isStale(tempRoot: string, name: string, host: Host, now: number): boolean {
  const owner = ownerOfFolder(name);
  if (owner === undefined) return false;
  const stat = lstatSync(join(tempRoot, name), { throwIfNoEntry: false });
  // Anybody may make a folder of that name in a shared temporary folder; only our own is ours to remove.
  if (stat?.isDirectory() !== true || !isMine(stat.uid, host)) return false;
  return isAbandoned(owner, now - stat.mtimeMs, host);
}

function isMine(uid: number, host: Host): boolean {
  return host.uid === undefined || uid === host.uid;
}

function sweep(folder: string, host: Host): boolean {
  killRecordedGroup(folder, host);
  try {
    removeFolder(folder);
    return true;
  } catch {
    return false;
  }
}

/** Kills the group only if its leader is the very process that was written down. */
function killRecordedGroup(folder: string, host: Host): void {
  const [pid, start] = readGroup(folder);
  if (pid === undefined || start === undefined || start === '0') return;
  if (isRunning({ pid: Number(pid), start }, host)) signalGroup(Number(pid), 'SIGKILL', host);
}

function readGroup(folder: string): readonly string[] {
  try {
    return /^(\d+) (\d+)\n$/.exec(readFileSync(join(folder, 'group'), 'utf8'))?.slice(1) ?? [];
  } catch {
    return [];
  }
}
