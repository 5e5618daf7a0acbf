/** What is loaded at once when a PostgreSQL ledger is configured, and never otherwise. */
export { readConnection } from './connection.ts';
export { createPostgresLedger } from './create-postgres-ledger.ts';
