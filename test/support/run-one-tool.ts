/** A small fixby: runs the tool named by its arguments through the exec adapter and prints what became of it. */
import { createSystemClock } from '../../src/adapters/clock/system-clock.ts';
import { createExec } from '../../src/adapters/exec/create-exec.ts';
import { createChildren } from '../../src/adapters/lib/children.ts';

const [tempRoot = '', ...command] = process.argv.slice(2);
const exec = createExec({
  environment: () => ({ PATH: process.env['PATH'] ?? '' }),
  tempRoot,
  repositoryRoot: '/no/such/repository',
  mostAtOnce: 1,
  python: () => Promise.resolve(undefined),
  children: createChildren(process),
  clock: createSystemClock(),
  host: process,
  onMessage: (message) => process.stderr.write(`${message}\n`),
});
process.once('SIGTERM', () => {
  exec.disposeAll();
  process.exitCode = 143;
});
const limits = { timeoutMs: 60_000, maxOutputBytes: 1 << 20, delayMs: 0 };
const result = await exec.run(
  { tool: 'npm', args: [], files: {}, env: {}, collect: [], ...limits },
  { status: 'found', tool: 'npm', command, version: '1', origin: 'config' },
  new AbortController().signal,
);
process.stdout.write(result.status);
