/** The units a mirror is run with: taken by systemd, and letting through what the server asks of the system. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIXBY, ROOT } from '../support/fixby.ts';
import { temporaryFolder } from '../support/mirror.ts';
import { isInstalled } from '../support/shell-check.ts';

const UNITS = join(ROOT, 'examples/mirror');

/** What `systemd-analyze` prints; empty where it fails. */
function analyze(...args: readonly string[]): string {
  return spawnSync('systemd-analyze', args, { encoding: 'utf8' }).stdout;
}

/** Every system call of a set, those of the sets inside it too. */
function callsOf(name: string): readonly string[] {
  const lines = analyze('syscall-filter', name).split('\n').slice(1);
  const names = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  return names.flatMap((each) => (each.startsWith('@') ? callsOf(each) : [each]));
}

/** What a server over a mirror of the examples asks of the system from its start until it has answered once. */
async function callsOfServer(folder: string): Promise<readonly string[]> {
  const mirror = join(folder, 'mirror');
  const made = spawnSync(process.execPath, [FIXBY, 'mirror', 'import', 'npm', '--quiet', '--mirror', mirror, '--from', join(ROOT, 'examples/advisories')]); // prettier-ignore
  expect(made.status).toBe(0);
  const trace = join(folder, 'trace');
  const serve = [process.execPath, FIXBY, 'mirror', 'serve', '--mirror', mirror, '--port', '0'];
  const server = spawn('strace', ['-f', '-qq', '-o', trace, ...serve], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((done) => server.once('close', done));
  const url = await new Promise<string>((found, fail) => {
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const [address] = /http:\/\/[^\s]+/.exec(said) ?? [];
      if (address !== undefined) found(address);
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.once('close', () => fail(new Error(said)));
  });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  // The tracer itself is deaf to signals while it traces.
  process.kill(-(server.pid ?? 0), 'SIGTERM');
  await ended;
  const calls = readFileSync(trace, 'utf8').matchAll(/^\d+ +([a-z_0-9]+)\(/gm);
  return [...new Set([...calls].map(([, name = '']) => name))];
}

describe('the units of the mirror', () => {
  it('are taken by systemd', ({ skip }) => {
    if (!isInstalled('systemd-analyze', 'systemd')) return skip('skipped: systemd-analyze is not installed here');
    const folder = temporaryFolder();
    cpSync(UNITS, folder, { recursive: true });
    const units = readdirSync(folder).filter((name) => /\.(?:service|timer)$/.test(name));
    expect(units).toHaveLength(3);
    const paths = units.map((name) => join(folder, name));
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...paths], { encoding: 'utf8' });
    expect([status, stderr.split('\n').filter((line) => line.includes('fixby-mirror'))]).toEqual([0, []]);
  });

  it('let through every system call of the server', async ({ skip }) => {
    if (!isInstalled('systemd-analyze', 'systemd')) return skip('skipped: systemd-analyze is not installed here');
    if (!isInstalled('strace', 'strace')) return skip('skipped: strace is not installed here');
    const [, sets = ''] =
      /^SystemCallFilter=(.*)$/m.exec(readFileSync(join(UNITS, 'fixby-mirror.service'), 'utf8')) ?? [];
    const allowed = new Set(['@default', ...sets.split(' ')].flatMap(callsOf));
    expect(allowed.size).toBeGreaterThan(100);
    const used = await callsOfServer(temporaryFolder());
    expect(used).toContain('epoll_ctl');
    expect(used.filter((name) => !allowed.has(name))).toEqual([]);
  });
});
