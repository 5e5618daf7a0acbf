/** Nothing survives fixby: not when it is asked to end, not when it is killed, not when its watchdog is killed too. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../src/adapters/clock/system-clock.ts';
import { sweepStale } from '../../src/adapters/exec/sweep.ts';
import type { Host } from '../../src/adapters/lib/host.ts';
import { makeTempFolder } from '../../src/adapters/lib/temp-folder.ts';
import { bundle } from '../support/bundle.ts';
import { runs, until } from '../support/exec-under-test.ts';

const clock = createSystemClock();
const hang = [process.execPath, resolve('test/fixtures/programs/hang.mjs'), 'deaf'];
const away = realpathSync(mkdtempSync(join(tmpdir(), 'survivors-')));
const program = join(away, 'run-one-tool.mjs');
const watching = join(away, 'watch-over.mjs');
let tempRoot: string;

beforeAll(async () => {
  chmodSync(away, 0o755);
  await bundle('test/support/run-one-tool.ts', program);
  await bundle('test/support/watch-over.ts', watching);
  return () => rmSync(away, { recursive: true, force: true });
});
beforeEach(() => {
  tempRoot = realpathSync(mkdtempSync(join(tmpdir(), 'survivors-temp-')));
});
afterEach(() => rmSync(tempRoot, { recursive: true, force: true }));

describe.skipIf(process.platform === 'win32')('when fixby ends (skipped on Windows: no process groups)', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('by %s, the tool is killed and its folder removed', async (signal) => {
    const { fixby, leader } = await startFixby();
    fixby.kill(signal);
    await until(() => !runs(leader) && readdirSync(tempRoot).length === 0);
    expect(sweepStale(tempRoot, process, clock)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')(
    'by SIGKILL and its watchdog too, the next start sweeps (skipped but on Linux: needs /proc)',
    async () => {
      const { fixby, leader, folder } = await startFixby();
      for (const watchdog of watchdogsOf(fixby.pid!)) process.kill(watchdog, 'SIGKILL');
      fixby.kill('SIGKILL');
      await until(() => !runs(fixby.pid!));
      expect(runs(leader)).toBe(true);
      expect(sweepStale(tempRoot, process, clock)).toEqual([folder]);
      expect(readdirSync(tempRoot)).toEqual([]);
      await until(() => !runs(leader));
    },
  );

  it.skipIf(process.getuid?.() !== 0)(
    'an ordinary user can remove a read-only folder a tool left (skipped unless root: becomes another user)',
    async () => {
      chmodSync(tempRoot, 0o777);
      const litter = [process.execPath, resolve('test/fixtures/programs/litter.mjs'), '/nowhere', '/nowhere'];
      const fixby = spawn(process.execPath, [program, tempRoot, ...litter], { uid: 65534, gid: 65534 });
      const said = await saidUntilEnd(fixby);
      expect(said).toBe('exited');
      expect(readdirSync(tempRoot)).toEqual([]);
    },
  );
});

describe.skipIf(process.platform !== 'linux')('the watchdog (skipped but on Linux: needs /proc)', () => {
  it('is one for all, leaves alone what is over, and takes folders of any name with it', async () => {
    const folder = join(tempRoot, 'a folder; touch $HOME');
    mkdirSync(join(folder, 'sealed'), { recursive: true });
    chmodSync(join(folder, 'sealed'), 0o555);
    const fixby = spawn(process.execPath, [watching, folder], { stdio: ['pipe', 'pipe', 'ignore'] });
    const [over = 0, ...watched] = await nextNumbers(fixby);
    await until(() => watchdogsOf(fixby.pid!).length === 1);
    fixby.kill('SIGKILL');
    await until(() => watched.every((leader) => !runs(leader)) && !existsSync(folder));
    expect(watched).toHaveLength(2);
    expect(runs(over)).toBe(true);
    process.kill(over, 'SIGKILL');
  });

  it('that was ended is replaced when the next tool starts, by one that knows of all', async () => {
    const folders = ['first', 'second'].map((name) => join(tempRoot, name));
    folders.forEach((folder) => mkdirSync(folder));
    const fixby = spawn(process.execPath, [watching, ...folders], { stdio: ['pipe', 'pipe', 'ignore'] });
    const [over = 0, ...watched] = await nextNumbers(fixby);
    await until(() => watchdogsOf(fixby.pid!).length === 1);
    const [first = 0] = watchdogsOf(fixby.pid!);
    process.kill(first, 'SIGKILL');
    // Gone for good, not only dead: its parent has heard of it.
    await until(() => !existsSync(`/proc/${first}`));
    fixby.stdin.write('\n');
    const [late = 0] = await nextNumbers(fixby);
    await until(() => watchdogsOf(fixby.pid!).length === 1);
    fixby.kill('SIGKILL');
    await until(() => [...watched, late].every((leader) => !runs(leader)) && readdirSync(tempRoot).length === 0);
    expect(runs(over)).toBe(true);
    process.kill(over, 'SIGKILL');
  });
});

/** The next line a program prints, as the numbers it holds. */
async function nextNumbers({ stdout }: { readonly stdout: Readable }): Promise<readonly number[]> {
  const [line] = (await once(stdout, 'data')) as [Buffer];
  return JSON.parse(line.toString()) as readonly number[];
}

/** This process, as another user would run it. */
function hostOf(uid: number): Host {
  const { pid, execPath, platform } = process;
  return { pid, execPath, platform, uid, kill: (id, signal) => process.kill(id, signal) };
}

describe('the sweep', () => {
  it('leaves alone what belongs to a running process, to nobody and to other programs', () => {
    const mine = makeTempFolder(tempRoot, process);
    for (const name of ['fixby-notes', 'npm-cache', 'fixby-0badf00d-1-1-abc']) mkdirSync(join(tempRoot, name));
    expect(sweepStale(tempRoot, process, clock)).toEqual([]);
    expect(existsSync(mine)).toBe(true);
    expect(readdirSync(tempRoot)).toHaveLength(4);
  });

  it('takes a number that now belongs to a later process for a gone one', () => {
    const name = makeTempFolder(tempRoot, process).slice(tempRoot.length + 1);
    const earlier = name.replace(/-\d+-(\w{6})$/, '-1-$1');
    mkdirSync(join(tempRoot, earlier));
    expect(sweepStale(tempRoot, process, clock)).toEqual(process.platform === 'linux' ? [earlier] : []);
    expect(existsSync(join(tempRoot, name))).toBe(true);
  });

  it('takes a folder of another container after a day, not before', () => {
    const name = 'fixby-0badf00d-1-1-abcdef';
    mkdirSync(join(tempRoot, name));
    const inHours = (hours: number) => ({
      ...clock,
      now: () => new Date(Date.parse(clock.now()) + hours * 3_600_000).toISOString(),
    });
    expect(sweepStale(tempRoot, process, inHours(23))).toEqual([]);
    expect(sweepStale(tempRoot, hostOf(54_321), inHours(25))).toEqual([]);
    expect(sweepStale(tempRoot, process, inHours(25))).toEqual([name]);
  });

  it('of a folder that is not there is nothing', () => {
    expect(sweepStale(join(tempRoot, 'none'), process, clock)).toEqual([]);
  });
});

async function startFixby() {
  const fixby = spawn(process.execPath, [program, tempRoot, ...hang], { stdio: 'ignore' });
  const groupFile = () => join(tempRoot, readdirSync(tempRoot)[0] ?? '', 'group');
  // A tool killed while it still starts would prove little: it may die of its folder's removal alone.
  await until(() => existsSync(groupFile()) && existsSync(join(dirname(groupFile()), 'work', 'ready')));
  const folder = readdirSync(tempRoot)[0]!;
  const leader = Number.parseInt(readFileSync(groupFile(), 'utf8'), 10);
  await until(() => process.platform !== 'linux' || watchdogsOf(fixby.pid!).length === 1);
  return { fixby, folder, leader };
}

function watchdogsOf(fixby: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => commandLine(pid).endsWith(`fixby-watchdog\0${fixby}\0`));
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

async function saidUntilEnd(program: ReturnType<typeof spawn>): Promise<string> {
  const said: Buffer[] = [];
  program.stdout?.on('data', (chunk: Buffer) => said.push(chunk));
  program.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  await new Promise((resolve) => program.on('close', resolve));
  return Buffer.concat(said).toString();
}
