/** Brings a database to the form this fixby knows: each step in a transaction of its own, any number of installers at once. */
import { sql } from 'kysely';
import type { Migration } from 'kysely';
import { MIGRATIONS } from './migrations/migrations.ts';
import type { LedgerDatabase } from './open-database.ts';

/** `newer` means that a later fixby has been here. */
export type DatabaseForm = 'absent' | 'older' | 'current' | 'newer';

/** Installers wait for one another with this advisory lock: "fixby" in ASCII. */
const LOCK = 0x66_69_78_62_79;

/** What the database was brought to so far, changing nothing. */
export async function readForm(db: LedgerDatabase, migrations = MIGRATIONS): Promise<DatabaseForm> {
  const done = await readDone(db);
  if (done === null) return 'absent';
  if (done.some((name) => !Object.hasOwn(migrations, name))) return 'newer';
  return done.length < Object.keys(migrations).length ? 'older' : 'current';
}

/** Does what is missing. Needs the right to create a schema only when something is. Never touches a newer database. */
export async function migrate(db: LedgerDatabase, migrations = MIGRATIONS): Promise<DatabaseForm> {
  const form = await readForm(db, migrations);
  if (form === 'current' || form === 'newer') return form;
  for (const [name, migration] of Object.entries(migrations)) await runOne(db, name, migration);
  return readForm(db, migrations);
}

async function runOne(db: LedgerDatabase, name: string, migration: Migration): Promise<void> {
  await db.transaction().execute(async (step) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(step);
    const done = await readDone(step);
    if (done?.includes(name) === true) return;
    if (done === null) await createFrame(step);
    await migration.up(step);
    await sql`insert into fixby.migration (name) values (${name})`.execute(step);
  });
}

async function createFrame(step: LedgerDatabase): Promise<void> {
  await sql`create schema if not exists fixby`.execute(step);
  await sql`create table fixby.migration (name text primary key, done_at timestamptz not null default now())`.execute(
    step,
  );
}

async function readDone(db: LedgerDatabase): Promise<readonly string[] | null> {
  // Asked of the tables themselves: to_regclass may answer from before the lock was waited for.
  const { rows } = await sql<{ there: boolean }>`
    select exists (
      select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'fixby' and c.relname = 'migration'
    ) as there`.execute(db);
  if (rows[0]?.there !== true) return null;
  const done = await sql<{ name: string }>`select name from fixby.migration order by name`.execute(db);
  return done.rows.map(({ name }) => name);
}
