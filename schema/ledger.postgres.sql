CREATE SCHEMA fixby;

CREATE FUNCTION fixby.refuse_broken_chain() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
   $$;

CREATE FUNCTION fixby.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
   begin
     raise exception 'the ledger is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
   end
   $$;

CREATE TABLE fixby.ledger_line (
    repository text NOT NULL COLLATE pg_catalog."C",
    seq integer NOT NULL,
    line text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT ledger_line_line_check CHECK ((line ~ '^[ -~]+$'::text)),
    CONSTRAINT ledger_line_repository_check CHECK ((repository ~ '^[!#-\[\]-~]{1,200}$'::text)),
    CONSTRAINT ledger_line_seq_check CHECK ((seq > 0))
);

COMMENT ON TABLE fixby.ledger_line IS 'Hash-chained events of fixby, one JSON line a row; append-only.';

CREATE TABLE fixby.migration (
    name text NOT NULL,
    done_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY fixby.ledger_line
    ADD CONSTRAINT ledger_line_pkey PRIMARY KEY (repository, seq);

ALTER TABLE ONLY fixby.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (name);

CREATE TRIGGER refuse_broken_chain AFTER INSERT ON fixby.ledger_line REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION fixby.refuse_broken_chain();

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON fixby.ledger_line FOR EACH STATEMENT EXECUTE FUNCTION fixby.refuse_change();

REVOKE ALL ON TABLE fixby.ledger_line FROM fixby;
GRANT SELECT,INSERT,REFERENCES,TRIGGER ON TABLE fixby.ledger_line TO fixby;
