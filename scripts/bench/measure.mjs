// What the sections share: how a process is timed, and what is said of the machine.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
export const fixby = resolve(root, 'dist/main.js');
export const scratch = resolve(root, '.cache/bench');

/**
 * Runs a process to its end: milliseconds on the wall and of the processor (with everything it waited for), its peak memory, and
 * the peak of what it does not share with files that it has mapped.
 */
export function time(command, args, { cwd = root, env = process.env } = {}) {
  return new Promise((done, fail) => {
    const before = childrenTime();
    const startedAt = performance.now();
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'ignore'] });
    let bytes = 0;
    let ownBytes = 0;
    const watch = setInterval(() => {
      bytes = Math.max(bytes, memoryOf(child.pid, 'VmHWM'));
      ownBytes = Math.max(ownBytes, memoryOf(child.pid, 'RssAnon'));
    }, 10);
    child.on('error', fail);
    child.on('exit', () => {
      clearInterval(watch);
      const ms = performance.now() - startedAt;
      done({ ms, cpuMs: childrenTime() - before, bytes, ownBytes });
    });
  });
}

/** Milliseconds of the processor that ended children have used, theirs included; 0 where /proc does not tell. */
function childrenTime() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return 0;
  }
}

/** A line of what the system says of a running process's memory; 0 where /proc does not tell. */
function memoryOf(pid, line) {
  try {
    return Number(new RegExp(`${line}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** `fixby mirror serve` with those flags, on a free port of this machine. */
export async function startMirror(flags) {
  const args = [fixby, 'mirror', 'serve', ...flags, '--port', '0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((done, fail) => {
    child.on('exit', () => fail(new Error('the mirror ended before it said where it listens')));
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const said = /https?:\/\/\S+(?=\s)/.exec(text)?.[0];
      if (said !== undefined) done(said);
    });
  });
  return { url, stop: () => child.kill('SIGTERM') };
}

/** Where npm sends the packages of a lock. */
export const BULK = '/-/npm/v1/security/advisories/bulk';

/** The median of what `of` gives of each run. */
export function median(runs, of = (run) => run.ms) {
  const sorted = runs.map(of).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Seconds with two digits. */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}

export function mebibytes(bytes) {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

/** When and where, in one sentence; the load says how far the clock on the wall is to be believed. */
export function describeMachine() {
  const [cpu] = cpus();
  const load = loadavg()[1]?.toFixed(1);
  return `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, at a load of ${load}.`;
}
