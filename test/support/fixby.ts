/** Runs the built `fixby` as a shell would: argv in; exit code, stdout and stderr out. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const FIXBY = resolve(ROOT, 'dist/main.js');
/** Shared by all tests, so that the managed Python environment is made once. */
export const CACHE = resolve(ROOT, '.cache/fixby');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunHow {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Called with the process once it runs, for tests that end it. */
  readonly onStart?: (child: { readonly pid: number; kill(signal: NodeJS.Signals): void }) => void;
}

export function runFixby(args: readonly string[], how: RunHow = {}): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [FIXBY, ...args], {
      cwd: how.cwd ?? ROOT,
      env: { ...process.env, FIXBY_CACHE_DIR: CACHE, NO_COLOR: '1', GITHUB_ACTIONS: undefined, ...how.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.on('error', fail);
    child.on('spawn', () => how.onStart?.({ pid: child.pid ?? 0, kill: (signal) => void child.kill(signal) }));
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
}
