/** One connection to the database of a ledger. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { ClientConfig } from 'pg';
import type { LedgerTables } from './schema.ts';

export type LedgerDatabase = Kysely<LedgerTables>;

/** Connects when it is first used. */
export function openDatabase(config: ClientConfig): LedgerDatabase {
  const pool = new pg.Pool({ ...config, max: 1, idleTimeoutMillis: 0 });
  // A connection that breaks, idle or at work, fails the query it is needed for; as an event it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<LedgerTables>({ dialect: new PostgresDialect({ pool }) });
}
