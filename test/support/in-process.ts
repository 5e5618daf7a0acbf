/** Runs a command in this process, against real folders: for commands that start no tool. */
import { tmpdir } from 'node:os';
import { openLedger } from '../../src/cli/compose-ledger.ts';
import { runCli } from '../../src/cli/cli.ts';
import type { World } from '../../src/cli/world.ts';
import { UsageError } from '../../src/core/model/problem.ts';
import type { Observation } from '../../src/core/reconcile/observation.ts';
import { recall } from '../../src/pipeline/recall.ts';
import { record } from '../../src/pipeline/remember.ts';
import { digest } from './observed.ts';

export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process in `cwd` that writes where it is told. */
export function makeWorld(cwd: string, write: Pick<World, 'stdout' | 'stderr'>): World {
  return {
    argv: [],
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
    cwd,
    ...write,
    pid: process.pid,
    platform: process.platform,
    home: cwd,
    tempRoot: tmpdir(),
    execPath: process.execPath,
    entry: import.meta.url,
    kill: (pid, signal) => process.kill(pid, signal),
    interrupted: new AbortController().signal,
    onEnd: () => undefined,
  };
}

/** What the command gives back; a UsageError is code 2 with its message and every problem on stderr. */
export async function runInProcess(cwd: string, command: (world: World) => Promise<number>): Promise<CommandRun> {
  let stdout = '';
  let stderr = '';
  const world = makeWorld(cwd, {
    stdout: { write: (text) => (stdout += text), columns: 100 },
    stderr: { write: (text) => (stderr += text) },
  });
  try {
    return { code: await command(world), stdout, stderr };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const problems = error.problems.map(({ message, mend }) => `${message} ${mend}\n`).join('');
    return { code: 2, stdout, stderr: `${stderr}${error.message}\n${problems}${error.mend}\n` };
  }
}

/** Records `observation` at `at` in the ledger of the folder `root`. */
export async function recordRun(root: string, observation: Observation, at: string): Promise<void> {
  const silent = { write: () => undefined };
  const ledger = await openLedger(makeWorld(root, { stdout: silent, stderr: silent }), root, {}, 'append');
  try {
    const { problems } = await record(
      ledger,
      await recall(ledger),
      observation,
      { began: at, clock: { now: () => at } },
      digest,
    );
    if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  } finally {
    await ledger.close();
  }
}

/** How it is started. */
export interface Manner {
  readonly cwd?: string;
  readonly columns?: number;
  readonly isTTY?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** The whole program in this process, as a shell would start it: what it writes, and its code. */
export async function runProgram(
  argv: readonly string[],
  { cwd = '/', columns = 100, isTTY = false, env = {} }: Manner = {},
): Promise<CommandRun> {
  let stdout = '';
  let stderr = '';
  const world = makeWorld(cwd, {
    stdout: { write: (text) => (stdout += text), columns, isTTY },
    stderr: { write: (text) => (stderr += text), columns, isTTY },
  });
  const plain = { ...world.env };
  delete plain['NO_COLOR'];
  const code = await runCli({ ...world, argv, env: { ...plain, TERM: 'xterm-256color', ...env } });
  return { code, stdout, stderr };
}
