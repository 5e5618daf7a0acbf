/** Ends a tool when fixby itself is killed without a chance to act (`kill -9`, out of memory). */
import { spawn } from 'node:child_process';
import type { Host } from './host.ts';

// Waits on a pipe only fixby holds: the kernel closes it whichever way fixby ends.
const SCRIPT = `read -r _
kill -s KILL -- "-$1"
[ -n "$2" ] || exit 0
for pause in 0 1 2; do
  sleep "$pause"
  chmod -R u+rwX "$2"
  rm -rf -- "$2" && break
done`;

/**
 * Watches over the process group of `leader` until the returned function is called. If fixby dies before, the group is
 * killed and `folder`, if given, removed. Without a POSIX shell nothing watches, and the next start sweeps.
 */
export function watchOver(leader: number, folder: string | undefined, host: Host): () => void {
  if (host.platform === 'win32') return () => undefined;
  const watchdog = spawn('/bin/sh', ['-c', SCRIPT, 'fixby-watchdog', `${leader}`, folder ?? ''], {
    cwd: '/',
    detached: true,
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.on('error', () => undefined);
  watchdog.stdin.on('error', () => undefined);
  watchdog.unref();
  return () => void watchdog.kill('SIGKILL');
}
