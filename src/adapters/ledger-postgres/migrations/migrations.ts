/** The migrations of the ledger, in order. A published one is never changed. */
import type { Migration } from 'kysely';
import { up as addLedgerLine } from './0001-ledger-line.ts';

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-ledger-line': { up: addLedgerLine },
};
