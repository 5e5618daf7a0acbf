/** The PostgreSQL ledger: what the database itself refuses, who may do what, and what is said when it cannot be used. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { readConnection } from '../../src/adapters/ledger-postgres/connection.ts';
import { createPostgresLedger } from '../../src/adapters/ledger-postgres/create-postgres-ledger.ts';
import { migrate, readForm } from '../../src/adapters/ledger-postgres/migrate.ts';
import { MIGRATIONS } from '../../src/adapters/ledger-postgres/migrations/migrations.ts';
import { openDatabase } from '../../src/adapters/ledger-postgres/open-database.ts';
import type { LedgerDatabase } from '../../src/adapters/ledger-postgres/open-database.ts';
import { GENESIS } from '../../src/core/model/ledger.ts';
import type { Ledger } from '../../src/ports/ledger.ts';
import { AT, format, makeLines, opened } from '../support/ledger-values.ts';
import { startPostgres } from '../support/postgres.ts';
import type { TestServer } from '../support/postgres.ts';

let found: TestServer | string = 'not started';
let server: TestServer;

beforeAll(async () => {
  found = await startPostgres();
  if (typeof found !== 'string')
    await found.query(
      'postgres',
      "create role fixby login; create role writer login; create role stranger login; create role keyed login password 'Gehe1m'",
    );
});
afterAll(async () => {
  if (typeof found !== 'string') await found.stop();
});
beforeEach(({ skip }) => {
  if (typeof found === 'string') skip(found);
  else server = found;
});

interface How {
  readonly user?: string;
  readonly access?: 'append' | 'read';
  readonly repository?: string;
}

function open(url: string, { access = 'append', repository = 'acme/shop' }: How = {}): Ledger {
  const request = { url, origin: 'environment', variables: {}, home: '/nonexistent' } as const;
  const ledger = createPostgresLedger({ ...readConnection(request), repository, access, format });
  onTestFinished(() => ledger.close());
  return ledger;
}

function connect(database: string, user?: string): LedgerDatabase {
  const request = {
    url: server.url(database, user),
    origin: 'environment',
    variables: {},
    home: '/nonexistent',
  } as const;
  const db = openDatabase(readConnection(request).config);
  onTestFinished(() => db.destroy());
  return db;
}

/** A database of `owner`, with a chain of two events. */
async function makeChain(): Promise<string> {
  const database = await server.createDatabase();
  await server.query('postgres', `alter database ${database} owner to fixby`);
  const answer = await open(server.url(database, 'fixby')).append([opened('a'), opened('b')], AT, GENESIS);
  expect(answer.status).toBe('appended');
  return database;
}

async function countLines(database: string): Promise<unknown> {
  return (await server.query(database, 'select count(*)::int as lines from fixby.ledger_line'))[0]?.['lines'];
}

it('is installed once by twenty at a time', async () => {
  const database = await server.createDatabase();
  const forms = await Promise.all(Array.from({ length: 20 }, () => migrate(connect(database))));
  expect(new Set(forms)).toEqual(new Set(['current']));
  expect(await server.query(database, 'select name from fixby.migration')).toEqual(
    Object.keys(MIGRATIONS).map((name) => ({ name })),
  );
});

it('keeps the steps that succeeded when a later one fails', async () => {
  const db = connect(await server.createDatabase());
  const more = { ...MIGRATIONS, '9999-fails': { up: () => Promise.reject(new Error('a step that fails')) } };
  await expect(migrate(db, more)).rejects.toThrow('a step that fails');
  expect([await readForm(db), await readForm(db, more)]).toEqual(['current', 'older']);
});

/** Run with FIXBY_WRITE_SCHEMA=1 after a new migration. */
it('has the form that is committed as schema/ledger.postgres.sql', async ({ skip }) => {
  if (server.major !== 15) skip(`pg_dump of ${server.major} spells the form differently from that of 15`);
  const form = dumpForm(await makeChain());
  if (process.env['FIXBY_WRITE_SCHEMA'] === '1') writeFileSync(FORM, form);
  expect(form).toBe(readFileSync(FORM, 'utf8'));
});

const FORM = 'schema/ledger.postgres.sql';

/** The schema as pg_dump writes it, without its session settings and comments. */
function dumpForm(database: string): string {
  const where = ['-h', server.socket, '-p', String(server.port), '-U', 'postgres'];
  const dump = execFileSync(join(server.bin, 'pg_dump'), [...where, '-s', '-n', 'fixby', '--no-owner', database], {
    encoding: 'utf8',
  });
  const statements = dump.split('\n').filter((line) => !/^(--|SET |SELECT pg_catalog|\\)/.test(line));
  return `${statements
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

it.each(['update fixby.ledger_line set seq = seq', 'delete from fixby.ledger_line', 'truncate fixby.ledger_line'])(
  'refuses everyone: %s',
  async (statement) => {
    const database = await makeChain();
    const asOwner = (text: string) =>
      connect(database, 'fixby').executeQuery({ sql: text, parameters: [], query: {} as never, queryId: {} as never });
    await expect(asOwner(statement)).rejects.toMatchObject({
      code: '42501',
      message: expect.stringContaining('permission denied') as string,
    });
    await asOwner('grant all on fixby.ledger_line to fixby');
    await expect(asOwner(statement)).rejects.toThrow(/append-only/);
    await expect(server.query(database, statement)).rejects.toThrow(/append-only/);
    expect(await countLines(database)).toBe(2);
  },
);

it.each<[string, (chain: readonly string[]) => readonly (readonly [string, number, string])[]]>([
  ['a gap', (chain) => [['acme/shop', 4, chain[3]!]]],
  ['a fork', () => [['acme/shop', 3, makeLines([1], 'acme/shop', { seq: 2, hash: 'a'.repeat(64) })[0]!]]],
  ['a number that is not in the line', (chain) => [['acme/shop', 3, chain[3]!]]],
  ['a line of another repository', (chain) => [['acme/other', 1, chain[0]!]]],
  ['a chain that does not begin', (chain) => [['acme/other', 2, chain[1]!]]],
  [
    'a break within one statement',
    (chain) => [
      ['acme/shop', 3, chain[2]!],
      ['acme/shop', 4, chain[3]!.replace('left', 'loft')],
      ['acme/shop', 5, chain[4]!],
    ],
  ],
  ['no event at all', () => [['acme/shop', 3, 'hello']]],
  ['a line in two', (chain) => [['acme/shop', 3, chain[2]!.replace('left', 'le\nft')]]],
])('refuses by itself %s', async (_, forge) => {
  const database = await server.createDatabase();
  const chain = makeLines([2, 1, 1, 1]);
  expect((await open(server.url(database)).adopt(chain.slice(0, 2))).status).toBe('appended');
  const rows = forge(chain).map(([name, seq, line]) => `('${name}', ${seq}, '${line}')`);
  await expect(server.query(database, `insert into fixby.ledger_line values ${rows.join(', ')}`)).rejects.toMatchObject(
    { code: expect.stringMatching(/^23/) as string },
  );
  expect(await countLines(database)).toBe(2);
});

it('is read and appended to with the documented rights and no others', async () => {
  const database = await makeChain();
  await server.query(
    database,
    'grant usage on schema fixby to writer; grant select on fixby.migration to writer; grant select, insert on fixby.ledger_line to writer',
  );
  const ledger = open(server.url(database, 'writer'));
  const read = await ledger.read();
  const head = read.status === 'sound' ? read.head : GENESIS;
  expect(await ledger.append([opened('c')], AT, head)).toMatchObject({ status: 'appended', head: { seq: 3 } });
  await server.query(database, 'revoke insert on fixby.ledger_line from writer');
  expect(await ledger.append([opened('d')], AT, { seq: 3, hash: '' })).toMatchObject({ status: 'conflict' });
  const now = await ledger.read();
  expect(await ledger.append([opened('d')], AT, now.status === 'sound' ? now.head : GENESIS)).toMatchObject({
    status: 'failed',
    problem: { code: 'ledger-read-only' },
  });
});

it('is no empty ledger for who may not see it', async () => {
  const database = await makeChain();
  expect(await open(server.url(database, 'stranger')).read()).toMatchObject({
    status: 'unreadable',
    problem: { code: 'ledger-read-only', blocks: true },
  });
  const bare = await server.createDatabase();
  expect(await open(server.url(bare, 'stranger')).append([opened('a')], AT, GENESIS)).toMatchObject({
    status: 'failed',
    problem: { code: 'ledger-read-only' },
  });
});

it('is left without tables by a reader', async () => {
  const database = await server.createDatabase();
  expect(await open(server.url(database), { access: 'read' }).read()).toMatchObject({ status: 'sound', head: GENESIS });
  expect(await readForm(connect(database))).toBe('absent');
});

it('is left alone when a later fixby was there', async () => {
  const database = await makeChain();
  await server.query(database, "insert into fixby.migration values ('9999-later')");
  for (const access of ['append', 'read'] as const) {
    const ledger = open(server.url(database), { access });
    expect(await ledger.read()).toMatchObject({ status: 'unreadable', problem: { code: 'ledger-newer' } });
    expect(await ledger.append([opened('c')], AT, GENESIS)).toMatchObject({
      status: 'failed',
      problem: { code: 'ledger-newer' },
    });
  }
});

it('keeps the chains of repositories apart', async () => {
  const database = await makeChain();
  const other = open(server.url(database), { repository: 'acme/other' });
  expect(await other.read()).toMatchObject({ status: 'sound', lines: [] });
  expect(await other.append([opened('z')], AT, GENESIS)).toMatchObject({ status: 'appended', head: { seq: 1 } });
  expect(await open(server.url(database)).read()).toMatchObject({ head: { seq: 2 } });
  expect(await open(server.url(database), { repository: 'acme/third' }).adopt(makeLines([1]))).toMatchObject({
    status: 'failed',
    problem: { code: 'ledger-other-repository', mend: expect.stringContaining('acme/shop') as string },
  });
});

it('says that a lost connection recorded nothing, and works again after', async () => {
  const database = await makeChain();
  const ledger = open(server.url(database));
  const read = await ledger.read();
  const head = read.status === 'sound' ? read.head : GENESIS;
  // A writer who sits on the chain keeps the append waiting until its connection is cut.
  const cut = server.query(
    database,
    `begin; select pg_advisory_xact_lock(hashtextextended('fixby ledger acme/shop', 0)); select pg_sleep(1);
     select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fixby' and datname = '${database}'; commit`,
  );
  await new Promise((done) => setTimeout(done, 300));
  expect(await ledger.append([opened('c')], AT, head)).toMatchObject({
    status: 'failed',
    problem: { code: 'ledger-unreachable', blocks: true },
  });
  await cut;
  expect(await ledger.append([opened('c')], AT, head)).toMatchObject({ status: 'appended', head: { seq: 3 } });
});

it('says where it could not be reached, and never with what password', async () => {
  const ledger = open(`postgresql://me:Gehe1m@127.0.0.1:1/ledger`);
  const told = JSON.stringify([await ledger.read(), await ledger.append([opened('a')], AT, GENESIS), ledger.place]);
  expect(told).toContain('PostgreSQL 127.0.0.1:1/ledger');
  expect(told).toContain('ledger-unreachable');
  expect(told).not.toContain('Gehe1m');
});

it.each([
  ['the right password', 'Gehe1m', 'sound'],
  ['a wrong one', 'Geheim', 'unreadable'],
  ['none', '', 'unreadable'],
])('asks for a password where the server does: %s', async (_, password, status) => {
  const database = await server.createDatabase();
  const read = await open(`postgresql://keyed:${password}@127.0.0.1:${server.port}/${database}`, {
    access: 'read',
  }).read();
  expect(read.status).toBe(status);
  if (read.status === 'unreadable') expect(read.problem.message).not.toContain(password === '' ? 'keyed:' : password);
});
