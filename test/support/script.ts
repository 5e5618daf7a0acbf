/** Runs a shell script as cron or a CI runner would: with an environment of its own, and output that is kept. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { CACHE, FIXBY, ROOT } from './fixby.ts';
import type { Ran } from './fixby.ts';
import { makeRepository } from './repository.ts';

export interface ScriptRun {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
}

/** What this machine needs to reach package indexes is handed on; nothing that a CI system or fixby itself would read. */
export function startScript(
  argv: readonly [string, ...string[]],
  cwd: string,
  env: Readonly<Record<string, string>>,
): ScriptRun {
  const [program, ...args] = argv;
  const child = spawn(program, args, {
    cwd,
    env: { ...ownEnvironment(), FIXBY_CACHE_DIR: CACHE, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const ended = new Promise<Ran>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
  return { child, ended };
}

function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:FIXBY|GITHUB|CI|INPUT|RUNNER)_?/.test(name)),
  );
}

export function runScript(...how: Parameters<typeof startScript>): Promise<Ran> {
  return startScript(...how).ended;
}

/** A folder that is gone when the test ends. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'fixby-script-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A program of a few lines of shell, ready to run. */
export function makeProgram(folder: string, name: string, lines: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Stands on PATH for a released fixby: `npx --yes fixby@VERSION …` runs the one that was built. */
export function makeNpx(folder: string): string {
  return makeProgram(folder, 'npx', `[ "$1" = --yes ] || exit 99\nshift 2\nexec "${process.execPath}" "${FIXBY}" "$@"`);
}

/** The example as a git repository of its own, with a configuration that asks `source`. */
export function makeShop(source: string): string {
  const shop = makeRepository();
  cpSync(join(ROOT, 'examples/shop'), shop.dir, { recursive: true });
  shop.write({
    '.fixby/config.yaml': `npm: { registry: "${source}" }\nosv: { url: "${source}" }\nschedule: { every: 24 hours }\n`,
  });
  shop.git(['init', '-q', '-b', 'main']);
  shop.commit('Open the shop', '2026-01-10T10:00:00Z');
  return shop.dir;
}
