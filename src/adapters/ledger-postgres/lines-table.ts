/** The rows of one chain: reading them in pages, and adding to them in one transaction. */
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { LedgerDatabase } from './open-database.ts';
import type { LedgerTables } from './schema.ts';

const PAGE = 5_000;

/**
 * Every line after event `after`, oldest first. Rows are never changed, so pages read one after the other are one state of
 * the chain.
 */
export async function readLines(db: LedgerDatabase, repository: string, after = 0): Promise<readonly string[]> {
  const lines: string[] = [];
  let last = after;
  for (;;) {
    const page = await db
      .selectFrom('fixby.ledger_line')
      .select(['seq', 'line'])
      .where('repository', '=', repository)
      .where('seq', '>', last)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    for (const { line } of page) lines.push(line);
    last = page.at(-1)?.seq ?? last;
    if (page.length < PAGE) return lines;
  }
}

/** SHA-256 in hex of the lines up to event `last`, line ends included, as the server hashes them: they stay where they are. */
export async function hashLines(db: LedgerDatabase, repository: string, last: number): Promise<string | null> {
  const { rows } = await sql<{ readonly sha256: string | null }>`
    select encode(sha256(convert_to(string_agg(line || chr(10), '' order by seq), 'UTF8')), 'hex') as sha256
      from fixby.ledger_line
     where repository = ${repository} and seq <= ${last}`.execute(db);
  return rows[0]?.sha256 ?? null;
}

/** The last line, or `undefined` for a chain that is not begun. */
export async function readLastLine(
  db: Pick<LedgerDatabase, 'selectFrom'>,
  repository: string,
): Promise<string | undefined> {
  const last = await db
    .selectFrom('fixby.ledger_line')
    .select('line')
    .where('repository', '=', repository)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.line;
}

/** Runs `work` as the only writer of the chain, and durably whatever the server's default is. */
export function withChain<T>(
  db: LedgerDatabase,
  repository: string,
  work: (step: Transaction<LedgerTables>) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (step) => {
    await sql`set local synchronous_commit = on`.execute(step);
    await sql`set local lock_timeout = '30s'`.execute(step);
    await sql`select pg_advisory_xact_lock(hashtextextended(${`fixby ledger ${repository}`}, 0))`.execute(step);
    return work(step);
  });
}

/** Adds lines whose first is event `first`. */
export async function insertLines(
  step: Transaction<LedgerTables>,
  repository: string,
  first: number,
  lines: readonly string[],
): Promise<void> {
  for (let at = 0; at < lines.length; at += PAGE) {
    const page = lines.slice(at, at + PAGE);
    const numbers = page.map((_, index) => first + at + index);
    await sql`
      insert into fixby.ledger_line (repository, seq, line)
      select ${repository}, added.seq, added.line
        from unnest(${numbers}::integer[], ${page}::text[]) as added (seq, line)`.execute(step);
  }
}
