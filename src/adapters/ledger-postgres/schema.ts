/** The tables of a PostgreSQL ledger as kysely sees them. */

export interface LedgerTables {
  /** One row an event. Nothing but INSERT and SELECT is granted or possible. */
  'fixby.ledger_line': {
    repository: string;
    seq: number;
    /** The event as its one line of JSON. */
    line: string;
  };
}
