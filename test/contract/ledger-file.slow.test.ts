/** The JSON Lines ledger among accidents: killed writers, full disks, missing rights, hostile links, foreign editors. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileLedger } from '../../src/adapters/ledger-file/create-file-ledger.ts';
import type { FileLedgerOptions } from '../../src/adapters/ledger-file/create-file-ledger.ts';
import { withLock } from '../../src/adapters/lib/lock.ts';
import { GENESIS } from '../../src/core/model/ledger.ts';
import type { LedgerAppend, LedgerRead } from '../../src/ports/ledger.ts';
import { bundle } from '../support/bundle.ts';
import { AT, format, makeLines, opened, openedMany } from '../support/ledger-values.ts';
import { makeRepository } from '../support/repository.ts';

const programs = mkdtempSync(join(tmpdir(), 'fixby-ledger-'));
const WRITER = join(programs, 'writer.mjs');
const isRoot = process.getuid?.() === 0;

beforeAll(async () => {
  chmodSync(programs, 0o755);
  await bundle('test/support/ledger-writer.ts', WRITER);
});
afterAll(() => rmSync(programs, { recursive: true, force: true }));

function open(root: string, over: Partial<FileLedgerOptions> = {}) {
  return createFileLedger({ root, repository: 'acme/shop', access: 'append', format, host: process, ...over });
}

const CHAIN = makeLines([1, 3]);
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const fileIn = (dir: string): string => join(dir, '.fixby/ledger.jsonl');
const headOf = (lines: readonly string[]) => format.readChain(lines, '').head;
const names = (dir: string): readonly string[] => readdirSync(join(dir, '.fixby')).sort();

/** A repository whose ledger file holds exactly `text`. */
function withLedger(text: string): string {
  return makeRepository({ '.fixby/ledger.jsonl': text }).dir;
}

function soundLines(read: LedgerRead): readonly string[] {
  if (read.status !== 'sound') throw new Error(`the ledger is ${read.status}: ${read.problem.message}`);
  return read.lines;
}

describe('killed writers', () => {
  /** Writers on one ledger that are killed at random, each replaced by another, until `kills` are dead. */
  async function killWriters(root: string, kills: number): Promise<readonly { seq: number; hash: string }[]> {
    const acknowledged: { seq: number; hash: string }[] = [];
    let left = kills;
    const live = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const child = spawn(process.execPath, [WRITER, root, '0', '40']);
        const said = collect(child);
        await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
        await new Promise((done) => setTimeout(done, Math.random() * 40));
        child.kill('SIGKILL');
        for (const answer of await said) if (answer.status === 'appended') acknowledged.push(answer.head);
      }
    };
    await Promise.all([live(), live(), live()]);
    return acknowledged;
  }

  it('never leave a half batch, a broken chain or a stuck lock, and lose nothing they acknowledged (210 kills)', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { dir } = makeRepository();
      const acknowledged = await killWriters(dir, 70);
      const lines = soundLines(await open(dir).read());
      const again = await open(dir).append([opened('after')], AT, headOf(lines));
      expect(again.status).toBe('appended');
      expect(acknowledged.length).toBeGreaterThan(35);
      for (const { seq, hash } of acknowledged) expect(format.hash(lines[seq - 1] ?? '')).toBe(hash);
      expect(format.examineChain(lines).faults).toEqual([]);
      expect(readFileSync(fileIn(dir), 'latin1').startsWith(textOf(lines))).toBe(true);
      expect(names(dir).filter((name) => !/^ledger(\.torn-.*)?\.jsonl$/.test(name))).toEqual([]);
    }
  }, 600_000);

  it('may leave the copy of a torn end and no cut: the copy is used again', async () => {
    const torn = CHAIN[1]!.slice(0, 100);
    const dir = withLedger(`${CHAIN[0]!}\n${torn}`);
    writeFileSync(join(dir, '.fixby/ledger.torn-2.jsonl'), torn);
    await open(dir).read();
    expect(names(dir)).toEqual(['ledger.jsonl', 'ledger.torn-2.jsonl']);
    expect(readFileSync(fileIn(dir), 'utf8')).toBe(`${CHAIN[0]!}\n`);
  });
});

describe('a torn end', () => {
  it.each([
    ['an unfinished line', CHAIN[1]!.slice(0, 77)],
    ['an unfinished batch', `${CHAIN[1]!}\n${CHAIN[2]!}\n`],
    ['an unfinished line of an unfinished batch', `${CHAIN[1]!}\n${CHAIN[2]!.slice(0, 9)}`],
    ['zeros', '\0'.repeat(4096)],
  ])('is set aside and said: %s', async (_, torn) => {
    const dir = withLedger(`${CHAIN[0]!}\n${torn}`);
    const read = await open(dir).read();
    expect(soundLines(read)).toEqual(CHAIN.slice(0, 1));
    expect(read).toMatchObject({
      problems: [
        {
          code: 'ledger-torn',
          blocks: false,
          message: expect.stringContaining('.fixby/ledger.torn-2.jsonl') as string,
        },
      ],
    });
    expect(readFileSync(join(dir, '.fixby/ledger.torn-2.jsonl'), 'latin1')).toBe(torn);
    expect(readFileSync(fileIn(dir), 'utf8')).toBe(`${CHAIN[0]!}\n`);
    expect(await open(dir).read()).toMatchObject({ status: 'sound', problems: [] });
  });

  it('never overwrites an older one', async () => {
    const dir = withLedger(`${CHAIN[0]!}\n{"at":"2`);
    writeFileSync(join(dir, '.fixby/ledger.torn-2.jsonl'), 'older');
    await open(dir).read();
    expect(readFileSync(join(dir, '.fixby/ledger.torn-2.jsonl'), 'utf8')).toBe('older');
    expect(readFileSync(join(dir, '.fixby/ledger.torn-2-2.jsonl'), 'utf8')).toBe('{"at":"2');
  });

  it('is left out and said by a reader, who changes nothing', async () => {
    const text = `${CHAIN[0]!}\n{"at":"2`;
    const dir = withLedger(text);
    const read = await open(dir, { access: 'read' }).read();
    expect(soundLines(read)).toEqual(CHAIN.slice(0, 1));
    expect(read).toMatchObject({ problems: [{ code: 'ledger-torn', blocks: false }] });
    expect([readFileSync(fileIn(dir), 'utf8'), names(dir)]).toEqual([text, ['ledger.jsonl']]);
  });

  it('is set aside by an append that meets it', async () => {
    const dir = withLedger(`${CHAIN[0]!}\n{"at":"2`);
    const result = await open(dir).append([opened('x')], AT, headOf(CHAIN.slice(0, 1)));
    expect(result).toMatchObject({ status: 'appended', head: { seq: 2 }, problems: [{ code: 'ledger-torn' }] });
    expect(soundLines(await open(dir).read())).toHaveLength(2);
  });
});

describe('a file that somebody changed', () => {
  it.each<[string, string, string]>([
    ['edited', textOf([CHAIN[0]!.replace('left', 'loft'), ...CHAIN.slice(1)]), 'ledger-broken'],
    ['checked out with other line ends', textOf(CHAIN).replaceAll('\n', '\r\n'), 'ledger-broken'],
    ['saved in UTF-16', Buffer.from(textOf(CHAIN), 'utf16le').toString('latin1'), 'ledger-broken'],
    ['left with a text at the end', `${textOf(CHAIN)}see above`, 'ledger-broken'],
    ['replaced', 'hello', 'ledger-broken'],
    ['written by a later fixby', `${textOf(CHAIN)}{"schema":"fixby.ledger/v2"}\n`, 'ledger-newer'],
  ])('is neither believed nor written: %s', async (_, text, code) => {
    const dir = withLedger('');
    writeFileSync(fileIn(dir), text, 'latin1');
    const ledger = open(dir);
    const read = await ledger.read();
    expect(read).toMatchObject({ status: 'doubtful', problem: { code, blocks: true } });
    for (const after of [GENESIS, headOf(CHAIN)]) {
      expect(await ledger.append([opened('x')], AT, after)).toMatchObject({ status: 'failed', problem: { code } });
    }
    expect(await ledger.adopt(CHAIN)).toMatchObject({ status: 'failed', problem: { code } });
    expect([readFileSync(fileIn(dir), 'latin1'), names(dir)]).toEqual([text, ['ledger.jsonl']]);
  });
});

describe('what lies in the way', () => {
  it.each<[string, (dir: string, outside: string) => void]>([
    ['the file is a link', (dir, outside) => symlinkSync(join(outside, 'victim'), fileIn(dir))],
    ['the file is a link to nothing', (dir, outside) => symlinkSync(join(outside, 'new'), fileIn(dir))],
    [
      'the folder is a link',
      (dir, outside) => {
        rmSync(join(dir, '.fixby'), { recursive: true });
        symlinkSync(outside, join(dir, '.fixby'));
      },
    ],
    ['the file is a folder', (dir) => mkdirSync(fileIn(dir))],
    ['the file is a pipe', (dir) => void execFileSync('mkfifo', [fileIn(dir)])],
  ])('is refused, and never taken for an empty ledger: %s', async (_, lay) => {
    const [{ dir }, outside] = [makeRepository({ '.fixby/x': '' }), makeRepository({ victim: 'precious' })];
    lay(dir, outside.dir);
    expect(await open(dir).read()).toMatchObject({ status: 'unreadable', problem: { blocks: true } });
    expect(await open(dir).append([opened('x')], AT, GENESIS)).toMatchObject({ status: 'failed' });
    expect([readdirSync(outside.dir), readFileSync(join(outside.dir, 'victim'), 'utf8')]).toEqual([
      ['victim'],
      'precious',
    ]);
  });

  it('is a full disk: nothing is half written, and all of it is there once there is room', async () => {
    const dir = withLedger(textOf(CHAIN));
    const limited = spawnSync(
      'bash',
      [
        '-c',
        `ulimit -f ${Math.ceil(textOf(CHAIN).length / 1024) + 40}; exec "$0" "$@"`,
        process.execPath,
        WRITER,
        dir,
        '3',
        '1',
      ],
      { encoding: 'utf8' },
    );
    const answers = limited.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LedgerAppend);
    expect(answers.map(({ status }) => status)).toEqual(['appended', 'appended', 'failed']);
    expect(answers[2]).toMatchObject({ problem: { code: 'ledger-disk-full', blocks: true } });
    const lines = soundLines(await open(dir).read());
    expect([lines.length, names(dir)]).toEqual([8, ['ledger.jsonl']]);
    expect(await open(dir).append([opened('later')], AT, headOf(lines))).toMatchObject({ status: 'appended' });
  });

  it('is a full disk of its own', async ({ skip }) => {
    const { dir } = makeRepository();
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', dir], { encoding: 'utf8' });
    if (mounted.status !== 0) skip(`no file system can be mounted here: ${mounted.stderr.trim()}`);
    try {
      const ledger = open(dir);
      const first = await ledger.append(openedMany(10), AT, GENESIS);
      const head = first.status === 'appended' ? first.head : GENESIS;
      expect(await ledger.append(openedMany(2000), AT, head)).toMatchObject({
        status: 'failed',
        problem: { code: 'ledger-disk-full' },
      });
      expect(await ledger.read()).toMatchObject({ status: 'sound', head, problems: [] });
    } finally {
      spawnSync('umount', [dir]);
    }
  });

  it.each([
    ['a file that may not be written', 0o444, 0o777],
    ['a folder that may not be written', 0o666, 0o555],
  ])('is %s', (_, fileMode, folderMode) => {
    const dir = withLedger(textOf(CHAIN));
    chmodSync(dir, 0o755);
    chmodSync(fileIn(dir), fileMode);
    chmodSync(join(dir, '.fixby'), folderMode);
    const command = isRoot
      ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', process.execPath]
      : [process.execPath];
    const { stdout } = spawnSync(command[0]!, [...command.slice(1), WRITER, dir, '1', '1'], { encoding: 'utf8' });
    chmodSync(join(dir, '.fixby'), 0o755);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'failed', problem: { code: 'ledger-read-only', blocks: true } });
    expect([readFileSync(fileIn(dir), 'utf8'), names(dir)]).toEqual([textOf(CHAIN), ['ledger.jsonl']]);
  });

  it.runIf(isRoot)('is a file that may not be read', () => {
    const dir = withLedger(textOf(CHAIN));
    chmodSync(dir, 0o755);
    chownSync(fileIn(dir), 0, 0);
    chmodSync(fileIn(dir), 0o600);
    const { stdout } = spawnSync(
      'setpriv',
      ['--reuid', '65534', '--regid', '65534', '--clear-groups', process.execPath, WRITER, dir, '1', '1'],
      { encoding: 'utf8' },
    );
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'unreadable',
      problem: { code: 'ledger-unreadable', blocks: true },
    });
  });
});

describe('the lock', () => {
  it('makes a writer wait, and say who kept it waiting', async () => {
    const dir = withLedger(textOf(CHAIN));
    const path = join(dir, '.fixby/ledger.lock');
    const result = await withLock({ path, host: process, waitMs: 0 }, () =>
      open(dir, { lockWaitMs: 50 }).append([opened('x')], AT, headOf(CHAIN)),
    );
    expect(result).toMatchObject({
      status: 'failed',
      problem: { code: 'ledger-locked', message: expect.stringContaining(`Process ${process.pid}`) as string },
    });
    expect(await open(dir).append([opened('x')], AT, headOf(CHAIN))).toMatchObject({ status: 'appended' });
    expect(names(dir)).toEqual(['ledger.jsonl']);
  });

  it('of the dead is taken over, and only theirs', async () => {
    const dir = withLedger(textOf(CHAIN));
    const path = join(dir, '.fixby/ledger.lock');
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const tag = await withLock({ path, host: process, waitMs: 0 }, () => Promise.resolve(readdirSync(path)[0]!));
    mkdirSync(path);
    writeFileSync(join(path, tag.replace(/-\d+-\d+-/, `-${dead}-1-`)), '');
    expect(await open(dir).append([opened('x')], AT, headOf(CHAIN))).toMatchObject({ status: 'appended' });
    expect(names(dir)).toEqual(['ledger.jsonl']);
  });

  it('is held by one at a time', async () => {
    const { dir } = makeRepository({ '.fixby/x': '' });
    const path = join(dir, '.fixby/ledger.lock');
    let inside = 0;
    const most: number[] = [];
    await Promise.all(
      Array.from({ length: 8 }, () =>
        withLock({ path, host: process, waitMs: 10_000 }, async () => {
          inside += 1;
          most.push(inside);
          await new Promise((done) => setTimeout(done, 2));
          inside -= 1;
        }),
      ),
    );
    expect(most).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });
});

it('is made with its folder, readable, one line an event', async () => {
  const { dir } = makeRepository();
  const result = await open(dir).append([opened('a'), opened('b')], AT, GENESIS);
  expect(readFileSync(fileIn(dir), 'utf8').split('\n')).toHaveLength(3);
  expect([result.status, statSync(fileIn(dir)).mode & 0o400, names(dir)]).toEqual([
    'appended',
    0o400,
    ['ledger.jsonl'],
  ]);
});

it('keeps the name its first event gave', async () => {
  const dir = withLedger(textOf(CHAIN));
  await open(dir, { repository: 'fork/shop' }).append([opened('x')], AT, headOf(CHAIN));
  expect(JSON.parse(soundLines(await open(dir).read()).at(-1)!)).toMatchObject({ repository: 'acme/shop' });
});

it('shows a reader only whole batches while others write', async () => {
  const { dir } = makeRepository();
  const writers = [1, 2].map(() => spawn(process.execPath, [WRITER, dir, '15', '40']));
  const done = Promise.all(writers.map(collect));
  const reader = open(dir, { access: 'read' });
  while (writers.some(({ exitCode }) => exitCode === null))
    expect(await reader.read()).toMatchObject({ status: 'sound' });
  expect((await done).flat().map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 'appended'));
  expect(names(dir)).toEqual(['ledger.jsonl']);
});

/** What a writer said until it ended; an unfinished line was not said. */
function collect(child: ChildProcessWithoutNullStreams): Promise<readonly LedgerAppend[]> {
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return new Promise((done) =>
    child.on('close', () =>
      done(
        text
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line) as LedgerAppend),
      ),
    ),
  );
}

function once(emitter: { once(event: string, done: () => void): unknown }, event: string): Promise<void> {
  return new Promise((done) => emitter.once(event, () => done()));
}

it('takes an empty file for an empty ledger', async () => {
  expect(await open(withLedger('')).read()).toMatchObject({ status: 'sound', lines: [], head: GENESIS, problems: [] });
});
