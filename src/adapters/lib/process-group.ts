/** Ends a program together with everything it started. */
import type { Host } from './host.ts';

/**
 * Sends `signal` to the group that `leader` leads. A group that is gone is no error. Windows has no process groups:
 * there only the leader is ended.
 */
export function signalGroup(leader: number, signal: NodeJS.Signals, host: Host): void {
  try {
    host.kill(host.platform === 'win32' ? leader : -leader, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // macOS answers EPERM for a group that holds only zombies.
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
