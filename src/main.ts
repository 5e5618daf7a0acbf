/** argv → runCli → exit code; with launch.ts the only reader of `process`. */
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from './cli/cli.ts';
import { EXIT } from './cli/exit-codes.ts';
import type { World } from './cli/world.ts';

const uid = process.getuid?.();
const interrupted = new AbortController();
// `on`, not `once`: a library that cleans up on signals ends the process when it finds itself the only listener.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort(signal));
const disposals: (() => void)[] = [];
process.on('exit', () => disposals.forEach((dispose) => dispose()));
// A reader that closes the pipe early (`fixby audit | head`) is no error of ours; a report that is lost is never exit 0.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') return;
  process.stderr.write(`fixby: stdout could not be written: ${message}\n  → Free space there, or use \`--output\`.\n`);
  process.on('exit', () => (process.exitCode = EXIT.usage));
});
// Progress that nobody can read changes no verdict.
process.stderr.on('error', () => undefined);

// Listr redraws only where stdout is a terminal too.
const redraws = process.stdout.isTTY && process.stderr.isTTY && !process.env['CI'] && process.env['TERM'] !== 'dumb';

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  return Promise.race([lines.question(question), ended]).finally(() => lines.close());
}

/** A user the system does not know, as containers are often run, has no home folder; `HOME` alone may name one. */
function findHome(): string {
  try {
    return homedir();
  } catch {
    return join(tmpdir(), `home-of-${uid ?? 'nobody'}`);
  }
}

const world: World = {
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  ...(redraws ? { liveStderr: process.stderr } : {}),
  ...(process.stdout.isTTY && process.stdin.isTTY ? { ask } : {}),
  pid: process.pid,
  platform: process.platform,
  ...(uid === undefined ? {} : { uid }),
  home: findHome(),
  tempRoot: tmpdir(),
  execPath: process.execPath,
  entry: import.meta.url,
  kill: (pid, signal) => process.kill(pid, signal),
  interrupted: interrupted.signal,
  onEnd: (dispose) => disposals.push(dispose),
};

void runCli(world).then((code) => (process.exitCode = code));
