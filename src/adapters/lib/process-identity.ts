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

/** Eight hex digits for this machine and process namespace: numbers of processes mean something only inside it. */
export function placeOfProcesses(): string {
  return createHash('sha256').update(`${hostname()} ${processNamespace()}`).digest('hex').slice(0, 8);
}

/** The identity of a running process; `start` is read from `/proc`, see proc_pid_stat(5), field 22. */
export function identify(pid: number): ProcessIdentity {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in parentheses and may itself hold blanks and parentheses.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return { pid, start: start ?? '0' };
  } catch {
    return { pid, start: '0' };
  }
}

/** Whether that very process still runs. Unknown starts count as equal, so a doubt reads as running. */
export function isRunning({ pid, start }: ProcessIdentity, host: Host): boolean {
  try {
    host.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = identify(pid).start;
  return start === '0' || now === '0' || now === start;
}

function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
