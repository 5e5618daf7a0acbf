/** Runs programs as process groups with a time limit and an output cap, and knows all that still run. */
import { execa } from 'execa';
import { setTimeout as sleep } from 'node:timers/promises';
import { collectOutput } from './capped-output.ts';
import type { CappedOutput } from './capped-output.ts';
import type { Environment } from './environment.ts';
import type { Host } from './host.ts';
import { signalGroup } from './process-group.ts';
import { createWatchdog } from './watchdog.ts';

/** How long a program may take to end after SIGTERM, and how long its pipes may stay open after it ended. */
const GRACE_MS = 500;

export interface ChildSpec {
  /** Program and arguments; no shell sees them. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Environment;
  readonly timeoutMs: number;
  /** Cap for stdout and stderr each. */
  readonly maxOutputBytes: number;
  readonly signal?: AbortSignal;
  /** Removed when fixby dies while the program runs. */
  readonly folder?: string;
  /** Called with the id of the process group as soon as there is one. */
  readonly onStarted?: (leader: number) => void;
}

/** What became of a program: one shape whether it went well or not. */
export interface ChildEnd {
  readonly status: 'exited' | 'signaled' | 'timed-out' | 'output-too-large' | 'not-started' | 'interrupted';
  readonly exitCode: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** What stood in the way or ended it; empty when it exited. */
  readonly detail: string;
}

export interface Children {
  run(spec: ChildSpec): Promise<ChildEnd>;
  /** Kills every group that still runs, at once. For the handler of a signal or of exit. */
  killAll(): void;
}

type Stop = 'timed-out' | 'output-too-large' | 'interrupted';
type Subprocess = ReturnType<typeof startProgram>;

/** The programs of one fixby process. */
export function createChildren(host: Host): Children {
  const leaders = new Set<number>();
  const watchdog = createWatchdog(host);
  return {
    run: async (spec) => {
      if (spec.signal?.aborted === true) return unstarted('interrupted', 'fixby was told to stop.');
      const subprocess = startProgram(spec, host);
      const leader = subprocess.pid;
      if (leader === undefined) return unstarted('not-started', (await subprocess).message ?? 'It did not start.');
      leaders.add(leader);
      const dismiss = watchdog.watch(leader, spec.folder);
      try {
        spec.onStarted?.(leader);
        return await attend(subprocess, leader, spec, host);
      } finally {
        signalGroup(leader, 'SIGKILL', host);
        dismiss();
        leaders.delete(leader);
      }
    },
    killAll: () => {
      for (const leader of leaders) signalGroup(leader, 'SIGKILL', host);
    },
  };
}

function startProgram({ command, cwd, env }: ChildSpec, host: Host) {
  const [file = '', ...args] = command;
  return execa(file, args, {
    cwd,
    env,
    extendEnv: false,
    stdin: 'ignore',
    encoding: 'buffer',
    buffer: false,
    reject: false,
    // A group of its own, so that grandchildren can be ended too; execa's own time limit reaches only the child.
    detached: host.platform !== 'win32',
    cleanup: false,
    windowsHide: true,
  });
}

async function attend(subprocess: Subprocess, leader: number, spec: ChildSpec, host: Host): Promise<ChildEnd> {
  let stopped: Stop | undefined;
  let killTimer: NodeJS.Timeout | undefined;
  const stop = (why: Stop) => {
    if (stopped !== undefined) return;
    stopped = why;
    signalGroup(leader, 'SIGTERM', host);
    killTimer = setTimeout(() => signalGroup(leader, 'SIGKILL', host), GRACE_MS);
  };
  const onAbort = () => stop('interrupted');
  spec.signal?.addEventListener('abort', onAbort, { once: true });
  const timeLimit = setTimeout(() => stop('timed-out'), spec.timeoutMs);
  const overflow = () => stop('output-too-large');
  const stdout = collectOutput(subprocess.stdout, spec.maxOutputBytes, overflow);
  const stderr = collectOutput(subprocess.stderr, spec.maxOutputBytes, overflow);
  await ended(subprocess);
  // Whoever else is in the group only holds the pipes open: what the program itself wrote is already in them.
  signalGroup(leader, 'SIGKILL', host);
  const result = await drained(subprocess);
  clearTimeout(timeLimit);
  clearTimeout(killTimer);
  spec.signal?.removeEventListener('abort', onAbort);
  return describeEnd(result, stopped, spec, stdout, stderr);
}

function ended(subprocess: Subprocess): Promise<void> {
  return new Promise((resolve) => subprocess.once('exit', () => resolve()));
}

/** Waits until both pipes are empty, but not for a process that left the group and holds them. */
async function drained(subprocess: Subprocess): Promise<Awaited<Subprocess>> {
  const over = new AbortController();
  const giveUp = sleep(GRACE_MS, undefined, { signal: over.signal }).then(
    () => {
      subprocess.stdout.destroy();
      subprocess.stderr.destroy();
    },
    () => undefined,
  );
  const result = await subprocess;
  over.abort();
  await giveUp;
  return result;
}

function describeEnd(
  result: Awaited<Subprocess>,
  stopped: Stop | undefined,
  spec: ChildSpec,
  stdout: CappedOutput,
  stderr: CappedOutput,
): ChildEnd {
  const exitCode = result.exitCode ?? null;
  const output = { exitCode, stdout: stdout.bytes(), stderr: stderr.bytes() };
  if (stopped !== undefined) return { status: stopped, ...output, detail: stopDetail(stopped, spec) };
  if (result.signal === undefined) return { status: 'exited', ...output, detail: '' };
  return { status: 'signaled', ...output, detail: `It was ended by ${result.signal}.` };
}

function stopDetail(stopped: Stop, spec: ChildSpec): string {
  if (stopped === 'timed-out') return `It was still running after ${spec.timeoutMs / 1000} s and was ended.`;
  if (stopped === 'interrupted') return 'fixby was told to stop.';
  return `It wrote more than ${spec.maxOutputBytes} bytes and was ended.`;
}

function unstarted(status: 'interrupted' | 'not-started', detail: string): ChildEnd {
  return { status, exitCode: null, stdout: new Uint8Array(), stderr: new Uint8Array(), detail };
}
