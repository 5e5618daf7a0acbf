/** The lines of every chain, and what keeps them as they were written: rights, and triggers for whoever has all rights. */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table fixby.ledger_line (
     repository text collate "C" not null check (repository ~ '^[!#-\\[\\]-~]{1,200}$'),
     seq integer not null check (seq > 0),
     line text collate "C" not null check (line ~ '^[ -~]+$'),
     primary key (repository, seq)
   )`,
  `comment on table fixby.ledger_line is 'Hash-chained events of fixby, one JSON line a row; append-only.'`,

  // The database itself refuses a row that does not follow: whoever may insert cannot fork a chain or leave a gap.
  `create function fixby.refuse_broken_chain() returns trigger
   language plpgsql set search_path = pg_catalog, pg_temp as $$
   declare
     bad record;
   begin
     select added.repository, added.seq into bad
       from added
       left join fixby.ledger_line before on before.repository = added.repository and before.seq = added.seq - 1
      where (before.seq is null and added.seq > 1)
         or not starts_with(added.line, '{"at":"')
         or right(added.line, 125 + length(added.repository) + length(added.seq::text)) is distinct from
            ',"prev":"' || coalesce(encode(sha256(convert_to(before.line, 'UTF8')), 'hex'), repeat('0', 64)) ||
            '","repository":"' || added.repository || '","schema":"fixby.ledger/v1","seq":' || added.seq || '}'
      order by added.repository, added.seq
      limit 1;
     if found then
       raise exception 'event % of % does not follow the event before it', bad.seq, bad.repository
         using errcode = 'integrity_constraint_violation';
     end if;
     return null;
   end
   $$`,
  `create trigger refuse_broken_chain after insert on fixby.ledger_line
   referencing new table as added for each statement execute function fixby.refuse_broken_chain()`,

  `create function fixby.refuse_change() returns trigger
   language plpgsql set search_path = pg_catalog, pg_temp as $$
   begin
     raise exception 'the ledger is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
   end
   $$`,
  `create trigger refuse_change before update or delete or truncate on fixby.ledger_line
   for each statement execute function fixby.refuse_change()`,

  `revoke all on fixby.ledger_line from public`,
  // The owner too: what it would need to rewrite history must be granted back first, which shows.
  `revoke update, delete, truncate on fixby.ledger_line from current_user`,
];
