/** argv → runCli → exit code; the only reader of `process`. */
import { runCli } from './cli/cli.ts';
import type { World } from './cli/world.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interrupted.abort(signal));
// A reader that closes the pipe early (`fixby audit | head`) is no error of ours.
process.stdout.on('error', () => undefined);

const world: World = {
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  pid: process.pid,
  platform: process.platform,
  execPath: process.execPath,
  entry: import.meta.url,
  interrupted: interrupted.signal,
};

process.exitCode = await runCli(world);
