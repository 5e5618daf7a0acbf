/** Ends tools when fixby itself is killed without a chance to act (`kill -9`, out of memory). */
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Writable } from 'node:stream';
import type { Host } from './host.ts';

// Reads from a pipe only fixby holds: the kernel closes it whichever way fixby ends. A line `+ID FOLDER` is to be watched, a
// line `-ID` is over.
const SCRIPT = `IFS='
'
set -f
watched=
while read -r line; do
  case $line in
    +*) watched=$watched\${line#+}$IFS ;;
    -*)
      left=
      for one in $watched; do
        [ "\${one%% *}" = "\${line#-}" ] || left=$left$one$IFS
      done
      watched=$left
      ;;
  esac
done
for one in $watched; do
  kill -s KILL -- "-\${one%% *}"
done
for pause in 0 1 2; do
  [ -n "$watched" ] || exit 0
  sleep "$pause"
  left=
  for one in $watched; do
    folder=\${one#* }
    [ -n "$folder" ] || continue
    chmod -R u+rwX "$folder"
    rm -rf -- "$folder" || left=$left$one$IFS
  done
  watched=$left
done`;

/** One process beside fixby for as long as there is anything to watch. */
export interface Watchdog {
  /**
   * Watches over the process group of `leader` until the returned function is called. If fixby dies before, the group is
   * killed and `folder`, if given, removed.
   */
  watch(leader: number, folder: string | undefined): () => void;
}

type Dog = ChildProcessByStdio<Writable, null, null>;

/** Without a POSIX shell nothing watches, and the next start sweeps. */
export function createWatchdog(host: Host): Watchdog {
  if (host.platform === 'win32') return { watch: () => () => undefined };
  const watched = new Map<number, string>();
  let dog: Dog | undefined;
  const start = (): Dog => {
    const fresh = startDog(host);
    // Somebody may have ended it: whoever comes next gets another, which is told of all.
    fresh.on('exit', () => (dog = dog === fresh ? undefined : dog));
    for (const line of watched.values()) fresh.stdin.write(line);
    return fresh;
  };
  return {
    watch: (leader, folder) => {
      // A line is a line: a folder whose name holds several is left to the sweep.
      const line = `+${leader} ${folder?.includes('\n') === false ? folder : ''}\n`;
      if (dog === undefined) dog = start();
      dog.stdin.write(line);
      watched.set(leader, line);
      return () => {
        watched.delete(leader);
        dog?.stdin.write(`-${leader}\n`);
        if (watched.size > 0) return;
        dog?.stdin.end();
        dog = undefined;
      };
    },
  };
}

function startDog({ pid }: Host): Dog {
  const dog = spawn('/bin/sh', ['-c', SCRIPT, 'fixby-watchdog', `${pid}`], {
    cwd: '/',
    detached: true,
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  dog.on('error', () => undefined);
  dog.stdin.on('error', () => undefined);
  dog.unref();
  return dog;
}
