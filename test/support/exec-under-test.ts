/** An exec adapter over a temporary folder of its own, and stand-in programs for it to run. */
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createSystemClock } from '../../src/adapters/clock/system-clock.ts';
import { createExec } from '../../src/adapters/exec/create-exec.ts';
import type { DisposableExec, ExecOptions } from '../../src/adapters/exec/create-exec.ts';
import { createChildren } from '../../src/adapters/lib/children.ts';
import type { Invocation } from '../../src/core/model/program.ts';
import type { FoundTool } from '../../src/ports/toolchain.ts';

export interface ExecUnderTest {
  readonly exec: DisposableExec;
  readonly tempRoot: string;
  readonly messages: string[];
  /** What lies in the temporary folder now; empty when everything was removed. */
  leftOvers(): readonly string[];
  dispose(): void;
}

/** Makes one; `changes` replaces single options. */
export function makeExec(changes: Partial<ExecOptions> = {}): ExecUnderTest {
  const tempRoot = realpathSync(mkdtempSync(join(tmpdir(), 'exec-test-')));
  const messages: string[] = [];
  const exec = createExec({
    environment: (_tool, { home }) => ({ PATH: process.env['PATH'] ?? '', HOME: home }),
    tempRoot,
    repositoryRoot: join(tempRoot, 'no-such-repository'),
    mostAtOnce: 4,
    python: () => Promise.resolve('/usr/bin/python-of-trust'),
    children: createChildren(process),
    clock: createSystemClock(),
    host: process,
    onMessage: (message) => messages.push(message),
    ...changes,
  });
  return {
    exec,
    tempRoot,
    messages,
    leftOvers: () => readdirSync(tempRoot),
    dispose: () => rmSync(tempRoot, { recursive: true, force: true }),
  };
}

/** A stand-in program of test/fixtures/programs as a found tool. */
export function program(name: string): FoundTool {
  const file = resolve('test/fixtures/programs', `${name}.mjs`);
  return { status: 'found', tool: 'npm', command: [process.execPath, file], version: '1.2.3', origin: 'config' };
}

/** An invocation with generous limits; `changes` replaces single properties. */
export function invocation(changes: Partial<Invocation> = {}): Invocation {
  const limits = { timeoutMs: 30_000, maxOutputBytes: 1 << 20, delayMs: 0 };
  return { tool: 'npm', args: [], files: {}, env: {}, collect: [], ...limits, ...changes };
}

/** Whether a process with this number runs (a zombie nobody collects does not). */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !isZombie(pid);
  } catch {
    return false;
  }
}

function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return true;
  }
}

/** Waits until `condition` holds; fails after ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries === 1000) throw new Error('it never came true');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
