/** Tells a process apart from a later one with the same number, also across containers that share a folder. */
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Host } from './host.ts';

/** Number and start of a process. `start` is `0` where the system does not tell it (anything but Linux). */
export interface ProcessIdentity {
  readonly pid: number;
  readonly start: string;
}

/** The process that owns a file or folder, as its name or text tells. */
export interface Owner extends ProcessIdentity {
  /** Eight hex digits for the machine and process namespace in which `pid` means something. */
  readonly place: string;
}

const DAY_MS = 86_400_000;

/** The identity of a running process. */
export function identify(pid: number): ProcessIdentity {
  return { pid, start: readState(pid)?.start ?? '0' };
}

/**
 * Whether that very process still runs. Unknown starts count as equal, so a doubt reads as running. A zombie does not
 * run: in a container without an init process, the dead stay listed.
 */
export function isRunning({ pid, start }: ProcessIdentity, host: Host): boolean {
  try {
    host.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = readState(pid);
  if (now === undefined) return true;
  return now.state !== 'Z' && now.state !== 'X' && (start === '0' || now.start === start);
}

/** State and start from `/proc`, see proc_pid_stat(5), fields 3 and 22; `undefined` where it is not told. */
function readState(pid: number): { readonly state: string; readonly start: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in parentheses and may itself hold blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', start: fields[19] ?? '0' };
  } catch {
    return undefined;
  }
}

/** How a process signs what it owns: `<place>-<pid>-<start>`. */
export function ownerTag({ pid, start }: ProcessIdentity): string {
  return `${thisPlace()}-${pid}-${start}`;
}

/** Reads such a signature; `undefined` when it is none. */
export function readOwnerTag(tag: string): Owner | undefined {
  const [, place, pid, start] = /^([0-9a-f]{8})-(\d{1,10})-(\d{1,20})$/.exec(tag) ?? [];
  if (place === undefined || pid === undefined || start === undefined) return undefined;
  return { place, pid: Number(pid), start };
}

/**
 * Whether nobody can be using what `owner` signed `ageMs` ago: its process is gone. One of another container or machine
 * that shares the folder cannot be asked about, so there a day decides.
 */
export function isAbandoned(owner: Owner, ageMs: number, host: Host): boolean {
  return owner.place === thisPlace() ? !isRunning(owner, host) : ageMs > DAY_MS;
}

function thisPlace(): string {
  return createHash('sha256').update(`${hostname()} ${processNamespace()}`).digest('hex').slice(0, 8);
}

function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
