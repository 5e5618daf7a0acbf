/** A ledger that was added up before: only what is new is read, and no change of what was there goes unseen. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCheckpoints } from '../../src/adapters/ledger-checkpoints/create-checkpoints.ts';
import { createFileLedger } from '../../src/adapters/ledger-file/create-file-ledger.ts';
import { runVerify } from '../../src/cli/ledger/verify.ts';
import { openLedger } from '../../src/cli/compose-ledger.ts';
import type { LedgerBody, LedgerHead } from '../../src/core/model/ledger.ts';
import { GENESIS } from '../../src/core/model/ledger.ts';
import { storeState } from '../../src/core/reconcile/stored-state.ts';
import { recall } from '../../src/pipeline/recall.ts';
import type { Ledger, LedgerRead } from '../../src/ports/ledger.ts';
import { makeWorld, runInProcess } from '../support/in-process.ts';
import { format, opened, openedMany } from '../support/ledger-values.ts';
import { day } from '../support/observed.ts';
import { makeRepository } from '../support/repository.ts';
import { generateLedger } from '../support/synthetic-ledger.ts';

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

function batch(bodies: readonly LedgerBody[], at: string, after: LedgerHead): ReturnType<typeof format.writeBatch> {
  return format.writeBatch(bodies, { repository: 'acme/shop', at, after });
}

const [first, second] = (() => {
  const one = batch(openedMany(3), day(1), GENESIS);
  return [one, batch(openedMany(2, 'g'), day(2), one.head)] as const;
})();
const PREFIX = [...first.lines, ...second.lines];
const tail = batch([opened('new')], day(3), second.head).lines;

interface Kept {
  readonly dir: string;
  readonly ledger: Ledger;
  /** The same without its checkpoint. */
  readonly plain: Ledger;
  readonly write: (text: string) => void;
}

/** Runs a checkpoint claims and no event tells of: whoever believes it gives itself away. */
const MARK = 99;

/** A ledger of `PREFIX` and a checkpoint of it that is marked. */
async function makeKept(maker = 'this one'): Promise<Kept> {
  const { dir } = makeRepository({ '.fixby/ledger.jsonl': textOf(PREFIX) });
  const cache = makeRepository().dir;
  const plain = createFileLedger({ root: dir, repository: 'acme/shop', access: 'append', format, host: process });
  const { prefix } = sound(await plain.read());
  const { state } = await recall(plain);
  const marked = storeState({ ...state, runs: MARK });
  await createCheckpoints({ cacheDir: cache, ledger: dir, maker }).write({ prefix: prefix!, state: marked });
  const checkpoints = createCheckpoints({ cacheDir: cache, ledger: dir, maker: 'this one' });
  return {
    dir,
    plain,
    ledger: { ...plain, checkpoints },
    write: (text) => writeFileSync(join(dir, '.fixby/ledger.jsonl'), text, 'latin1'),
  };
}

function sound(read: LedgerRead): Extract<LedgerRead, { status: 'sound' }> {
  if (read.status !== 'sound') throw new Error(read.problem.message);
  return read;
}

/** What is recalled without any checkpoint. */
async function recallWhole({ plain }: Kept, asOf?: string): ReturnType<typeof recall> {
  return recall(plain, asOf);
}

describe('a ledger that begins as it did', () => {
  it.each([
    ['nothing new', []],
    ['new events', tail],
  ])('is believed up to there, and read from there on: %s', async (_, added) => {
    const kept = await makeKept();
    kept.write(textOf([...PREFIX, ...added]));
    const { state, head, problems } = await recall(kept.ledger);
    const whole = await recallWhole(kept);
    expect(state).toStrictEqual({ ...whole.state, runs: MARK });
    expect([head, problems]).toEqual([whole.head, []]);
  });

  it('is appended to after what was recalled', async () => {
    const { ledger, dir } = await makeKept();
    const { head } = await recall(ledger);
    expect(await ledger.append([opened('next')], day(3), head!)).toMatchObject({ status: 'appended' });
    const text = readFileSync(join(dir, '.fixby/ledger.jsonl'), 'latin1');
    const { lines } = batch([opened('next')], day(3), second.head);
    expect(text).toBe(textOf([...PREFIX, ...lines]));
  });
});

const changed = (line: number, from: string, to: string): string =>
  textOf(PREFIX.map((text, at) => (at === line ? text.replace(from, to) : text)));

describe('any change of what was there is found as without a checkpoint', () => {
  it.each<[string, string]>([
    ...PREFIX.map((_, line): [string, string] => [`an edit of line ${line + 1}`, changed(line, 'left', 'lift')]),
    ...PREFIX.map((_, line): [string, string] => [
      `line ${line + 1} removed`,
      textOf(PREFIX.filter((_text, at) => at !== line)),
    ]),
    ['two lines in another order', textOf([...PREFIX.slice(0, 2).reverse(), ...PREFIX.slice(2)])],
    ['a batch cut off', textOf(first.lines)],
    ['half a batch cut off', textOf(PREFIX.slice(0, -1))],
    ['half a line cut off', textOf(PREFIX).slice(0, -9)],
    ['the last line end cut off', textOf(PREFIX).slice(0, -1)],
    ['line ends of Windows', textOf(PREFIX).replaceAll('\n', '\r\n')],
    ['nothing left', ''],
    ['another chain', textOf(batch(openedMany(5, 'x'), day(2), GENESIS).lines)],
    ['rewritten with hashes that fit', textOf(batch([...openedMany(4), opened('z')], day(1), GENESIS).lines)],
    ['a torn end after it', `${textOf(PREFIX)}${tail[0]!.slice(0, 40)}`],
    ['an unfinished batch after it', textOf([...PREFIX, batch(openedMany(2, 'h'), day(3), second.head).lines[0]!])],
    ['a line that does not follow', textOf([...PREFIX, batch([opened('h')], day(3), first.head).lines[0]!])],
    [
      'a batch that begins in its middle',
      textOf([...PREFIX, batch(openedMany(2, 'h'), day(3), second.head).lines[1]!]),
    ],
    ['what is no event', `${textOf(PREFIX)}hello\n`],
    ['facts nobody knows', textOf([...PREFIX, tail[0]!.replace('finding-opened', 'finding-dreamt')])],
    ['an event of before what was known', textOf([...PREFIX, ...batch([opened('h')], day(1), second.head).lines])],
  ])('%s', async (_, text) => {
    const kept = await makeKept();
    kept.write(text);
    const memory = await recall(kept.ledger);
    // The first reading may have set a torn end aside: what it leaves is compared from the same bytes.
    const again = await makeKept();
    again.write(text);
    const whole = await recallWhole(again);
    expect(memory.state.runs).toBe(0);
    expect(memory).toStrictEqual(whole);
  });

  it('an earlier moment is told by the events of that time', async () => {
    const kept = await makeKept();
    const then = `${day(1).slice(0, 10)}T12:00:00.000Z`;
    expect((await recall(kept.ledger, then)).state).toStrictEqual((await recallWhole(kept, then)).state);
    expect((await recall(kept.ledger, day(2))).state.runs).toBe(MARK);
  });

  it('by `ledger verify` too, whatever lies in the cache', async () => {
    const kept = await makeKept();
    kept.write(changed(2, 'left', 'lift'));
    const { code, stdout } = await runInProcess(kept.dir, (world) =>
      runVerify({ world, root: kept.dir, settings: {}, options: {} }),
    );
    expect([code, stdout]).toEqual([1, expect.stringContaining('line 3')]);
  });
});

describe('a checkpoint', () => {
  it('of another fixby is not believed', async () => {
    const kept = await makeKept('another one');
    expect((await recall(kept.ledger)).state.runs).toBe(0);
  });

  it('is written once there is much to add up, and told from one run to the next', async () => {
    const past = { runs: 1_300, hoursBetween: 1, runsToOneFinding: 8, changes: 3, standing: 20 };
    const lines = [...generateLedger({ ...past, start: '2025-01-01T00:00:00.000Z' })];
    const { dir } = makeRepository({ '.fixby/ledger.jsonl': textOf(lines) });
    const cache = makeRepository().dir;
    const open = (env = { FIXBY_CACHE_DIR: cache }): Promise<Ledger> => {
      const silent = { write: () => undefined };
      const world = makeWorld(dir, { stdout: silent, stderr: silent });
      return openLedger({ ...world, env: { ...world.env, ...env } }, dir, {}, 'read');
    };
    const whole = await recall(await open({ FIXBY_CACHE_DIR: join(dir, 'cache') }));
    expect(existsSync(join(dir, 'cache'))).toBe(false);

    expect(await recall(await open())).toStrictEqual(whole);
    const [file = ''] = readdirSync(join(cache, 'ledgers'));
    const path = join(cache, 'ledgers', file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(`"runs":${past.runs}`, `"runs":${MARK}`));
    expect((await recall(await open())).state.runs).toBe(MARK);

    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -5));
    expect(await recall(await open())).toStrictEqual(whole);
  });
});
