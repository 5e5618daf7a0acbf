/** The ledger port, on every store there is: one chain, whole batches, nobody overwritten, nothing lost, nothing changed on the way. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createFileLedger } from '../../src/adapters/ledger-file/create-file-ledger.ts';
import { readConnection } from '../../src/adapters/ledger-postgres/connection.ts';
import { createPostgresLedger } from '../../src/adapters/ledger-postgres/create-postgres-ledger.ts';
import { GENESIS } from '../../src/core/model/ledger.ts';
import type { LedgerHead } from '../../src/core/model/ledger.ts';
import type { Ledger, LedgerAppend, LedgerRead } from '../../src/ports/ledger.ts';
import { AT, format, makeLines, opened, openedMany } from '../support/ledger-values.ts';
import { startPostgres } from '../support/postgres.ts';
import type { TestServer } from '../support/postgres.ts';

type Access = 'append' | 'read';

/** One place where a chain can be kept; every opening is as that of another process. */
interface Place {
  open(access?: Access, repository?: string): Ledger;
  /** Puts these lines there by force, as somebody with all rights could. */
  forge(lines: readonly string[]): Promise<void>;
}

interface Store {
  readonly name: string;
  readonly makePlace: () => Promise<Place>;
  /** Why the store cannot be tested here. */
  readonly missing: () => string | undefined;
}

const nothing = (): Promise<void> => Promise.resolve();

const file: Store = {
  name: 'file',
  missing: () => undefined,
  makePlace: () => {
    const root = mkdtempSync(join(tmpdir(), 'fixby-test-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    return Promise.resolve({
      open: (access = 'append', repository = 'acme/shop') =>
        createFileLedger({ root, repository, access, format, host: process }),
      forge: (lines) => {
        writeFileSync(join(root, '.fixby/ledger.jsonl'), lines.map((line) => `${line}\n`).join(''));
        return nothing();
      },
    });
  },
};

let server: TestServer | string = 'not started';

beforeAll(async () => {
  server = await startPostgres();
  if (typeof server === 'string') return;
  await server.query('postgres', 'create database template_ledger');
  const ledger = openPostgres(server, 'template_ledger', 'append', 'acme/shop');
  await ledger.read();
  await ledger.close();
});

afterAll(async () => {
  if (typeof server !== 'string') await server.stop();
});

const postgres: Store = {
  name: 'postgres',
  missing: () => (typeof server === 'string' ? server : undefined),
  makePlace: async () => {
    const running = server as TestServer;
    const database = await running.createDatabase('template_ledger');
    return {
      open: (access = 'append', repository = 'acme/shop') => {
        const ledger = openPostgres(running, database, access, repository);
        onTestFinished(() => ledger.close());
        return ledger;
      },
      forge: async (lines) => {
        const rows = lines.map((line, at) => `('acme/shop', ${at + 1}, '${line.replaceAll("'", "''")}')`);
        await running.query(
          database,
          `set session_replication_role = replica; delete from fixby.ledger_line; insert into fixby.ledger_line values ${rows.join(',')}`,
        );
      },
    };
  },
};

function openPostgres(running: TestServer, database: string, access: Access, repository: string): Ledger {
  const request = { url: running.url(database), origin: 'environment', variables: {}, home: '/nonexistent' } as const;
  return createPostgresLedger({ ...readConnection(request), repository, access, format });
}

async function soundRead(ledger: Ledger): Promise<{ lines: readonly string[]; head: LedgerHead }> {
  const read = await ledger.read();
  if (read.status !== 'sound') throw new Error(`the ledger is ${read.status}: ${read.problem.message}`);
  expect(read.problems).toEqual([]);
  return read;
}

function sound(read: LedgerRead): Extract<LedgerRead, { status: 'sound' }> {
  if (read.status !== 'sound') throw new Error(`the ledger is ${read.status}`);
  return read;
}

function headOf(answer: LedgerAppend): LedgerHead {
  if (answer.status !== 'appended') throw new Error(`not appended: ${JSON.stringify(answer)}`);
  return answer.head;
}

const CHAIN = makeLines([1, 3, 2]);

describe.each([file, postgres])('$name', ({ makePlace, missing }) => {
  function holds(what: string, test: (place: Place) => Promise<void>): void {
    it(what, async ({ skip }) => {
      const why = missing();
      if (why !== undefined) skip(why);
      await test(await makePlace());
    });
  }

  holds('is sound and empty before anything was recorded', async (place) => {
    expect(await place.open('read').read()).toEqual({
      ...{ status: 'sound', lines: [], after: GENESIS, head: GENESIS, problems: [] },
    });
  });

  holds('gives back what was appended, to itself and to others', async (place) => {
    const ledger = place.open();
    const first = headOf(await ledger.append([opened('a')], AT, GENESIS));
    const second = headOf(await ledger.append([opened('b'), opened('c')], AT, first));
    const expected = format.writeBatch([opened('a')], { repository: 'acme/shop', at: AT, after: GENESIS });
    for (const reader of [ledger, place.open(), place.open('read')]) {
      const { lines, head } = await soundRead(reader);
      expect([lines.length, lines[0], head]).toEqual([3, expected.lines[0], second]);
    }
  });

  holds('says how the appended lines lie there', async (place) => {
    const answer = await place.open().append([opened('a'), opened('b')], AT, GENESIS);
    expect(answer).toMatchObject({ status: 'appended', lines: (await soundRead(place.open())).lines });
  });

  holds('is the same ledger to who knows how it begins', async (place) => {
    const ledger = place.open();
    const first = headOf(await ledger.append(openedMany(3), AT, GENESIS));
    const { prefix } = sound(await place.open().read());
    headOf(await ledger.append([opened('b')], AT, first));
    const { lines, head } = await soundRead(place.open());
    const told = sound(await place.open().read(prefix));
    expect([told.head, told.lines]).toEqual([head, lines.slice(told.after.seq)]);
    expect(told.after.seq).toBe(prefix === undefined ? 0 : 3);
    const forged = [lines[0]!.replace('left', 'lift'), ...lines.slice(1)];
    await place.forge(forged);
    expect(await place.open().read(prefix)).toEqual(await place.open().read());
  });

  holds('appends nothing when there is nothing', async (place) => {
    expect(await place.open().append([], AT, GENESIS)).toEqual({
      ...{ status: 'appended', head: GENESIS, lines: [], problems: [] },
    });
    expect((await soundRead(place.open())).lines).toEqual([]);
  });

  holds('refuses bodies that are no events, and records none of the batch', async (place) => {
    const bodies = [opened('a'), { type: 'finding-closed', id: 'a', by: 'magic' } as never];
    await expect(place.open().append(bodies, AT, GENESIS)).rejects.toThrow(TypeError);
    expect((await soundRead(place.open())).lines).toEqual([]);
  });

  holds('answers a writer whose head is old with the new one, and appends nothing', async (place) => {
    const head = headOf(await place.open().append([opened('a')], AT, GENESIS));
    const late = place.open();
    for (const old of [GENESIS, { seq: 1, hash: 'f'.repeat(64) }, { seq: 7, hash: head.hash }]) {
      expect(await late.append([opened('b')], AT, old)).toEqual({ status: 'conflict', head });
    }
    expect((await soundRead(late)).lines).toHaveLength(1);
    expect(headOf(await late.append([opened('b')], AT, head)).seq).toBe(2);
  });

  holds('lets many write at once, each batch whole and none lost', async (place) => {
    const write = async (writer: number): Promise<void> => {
      const ledger = place.open();
      for (let batch = 0; batch < 5;) {
        const { head } = await soundRead(ledger);
        const answer = await ledger.append(openedMany(3, `${writer}-${batch}-`), AT, head);
        if (answer.status === 'failed') throw new Error(answer.problem.message);
        if (answer.status === 'appended') batch += 1;
      }
    };
    await Promise.all([1, 2, 3, 4].map(write));
    const { lines } = await soundRead(place.open());
    expect(lines).toHaveLength(4 * 5 * 3);
    expect(format.examineChain(lines).faults).toEqual([]);
  });

  holds('takes a chain from elsewhere, byte for byte, and goes on from there', async (place) => {
    const { lines: text } = format.writeBatch(
      [
        {
          type: 'policy-changed',
          file: 'S',
          sha256: '',
          text: "ä\0'\ud800\\u0000 \u2028",
          policy: { $: ['%', ';--'] },
        },
      ],
      { repository: 'acme/shop', at: AT, after: format.readChain(CHAIN, '').head },
    );
    const all = [...CHAIN, ...text];
    const head = headOf(await place.open().adopt(all));
    expect((await soundRead(place.open())).lines).toEqual(all);
    expect(headOf(await place.open().append([opened('later')], AT, head)).seq).toBe(8);
  });

  holds('takes an empty chain', async (place) => {
    expect(await place.open().adopt([])).toEqual({ status: 'appended', lines: [], head: GENESIS, problems: [] });
  });

  holds('takes none that is broken, half, or in other bytes, and none beside another', async (place) => {
    const spaced = JSON.stringify(JSON.parse(CHAIN[0]!), null, 1).replaceAll('\n', '');
    for (const lines of [CHAIN.slice(1), CHAIN.slice(0, 2), [spaced], ['hello'], [CHAIN[0]!, CHAIN[0]!]]) {
      expect(await place.open().adopt(lines)).toMatchObject({ status: 'failed', problem: { blocks: true } });
    }
    expect((await soundRead(place.open())).lines).toEqual([]);
    headOf(await place.open().adopt(CHAIN));
    expect(await place.open().adopt(CHAIN)).toMatchObject({ status: 'failed', problem: { code: 'ledger-not-empty' } });
  });

  holds('shows a forged chain to whoever looks, and appends nothing to it', async (place) => {
    const head = headOf(await place.open().adopt(CHAIN));
    await place.forge(CHAIN.map((line, at) => (at === 2 ? line.replace('left', 'loft') : line)));
    const ledger = place.open();
    const read = await ledger.read();
    expect(read).toMatchObject({ status: 'doubtful', problem: { code: 'ledger-broken', blocks: true } });
    expect(read.status === 'doubtful' && read.faults.map(({ line }) => line)).toEqual([4]);
    expect(await ledger.append([opened('x')], AT, head)).toMatchObject({
      status: 'failed',
      problem: { code: 'ledger-broken' },
    });
  });

  holds('leaves events of a later fixby alone', async (place) => {
    const head = headOf(await place.open().adopt(CHAIN));
    const later = '{"schema":"fixby.ledger/v2"}';
    await place.forge([...CHAIN, later]);
    const ledger = place.open();
    expect(await ledger.read()).toMatchObject({
      status: 'doubtful',
      lines: [...CHAIN, later],
      problem: { code: 'ledger-newer' },
    });
    expect(await place.open().append([opened('x')], AT, head)).toMatchObject({
      status: 'failed',
      problem: { code: 'ledger-newer' },
    });
  });

  holds('holds a year of a large repository', async (place) => {
    let head = GENESIS;
    const ledger = place.open();
    for (let night = 0; night < 20; night += 1)
      head = headOf(await ledger.append(openedMany(300, `${night}-`), AT, head));
    const { lines } = await soundRead(place.open('read'));
    expect([lines.length, format.readChain(lines, '').head]).toEqual([6000, head]);
  });
});

it('goes from the file to PostgreSQL and back with the same bytes', async ({ skip }) => {
  const why = postgres.missing();
  if (why !== undefined) skip(why);
  const [from, database, to] = [await file.makePlace(), await postgres.makePlace(), await file.makePlace()];
  headOf(await from.open().append(openedMany(200), AT, GENESIS));
  const { lines } = await soundRead(from.open());
  headOf(await database.open().adopt(lines));
  headOf(await to.open().adopt((await soundRead(database.open())).lines));
  expect((await soundRead(to.open('read'))).lines).toEqual(lines);
});
