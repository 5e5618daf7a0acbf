/** Turns facts into lines that follow a head. */
import * as z from 'zod';
import { readInstant } from '../model/instant.ts';
import { LEDGER_SCHEMA, REPOSITORY_NAME, ledgerBodySchema } from '../model/ledger.ts';
import type { LedgerBody, LedgerHead } from '../model/ledger.ts';
import type { BatchPlace, LedgerBatch, LineHash } from '../model/ledger-format.ts';
import { canonicalJson } from '../model/canonical-json.ts';

/**
 * One line a body; none for none.
 * @throws TypeError for a body, name or time that could not be read again.
 */
export function writeBatch(bodies: readonly LedgerBody[], place: BatchPlace, hash: LineHash): LedgerBatch {
  checkPlace(place);
  const { repository, at, after } = place;
  const lines: string[] = [];
  let head: LedgerHead = after;
  for (const [index, body] of bodies.entries()) {
    const line = canonicalJson({
      schema: LEDGER_SCHEMA,
      repository,
      seq: head.seq + 1,
      at,
      prev: head.hash,
      batch: { index, size: bodies.length },
      body: checkBody(body),
    });
    lines.push(line);
    head = { seq: head.seq + 1, hash: hash(line) };
  }
  return { lines, head };
}

/** Only what the schema knows is written, so that a stray property of the caller is not recorded as a fact. */
function checkBody(body: LedgerBody): LedgerBody {
  const checked = ledgerBodySchema.safeParse(body);
  if (!checked.success) throw new TypeError(`this is no ledger event: ${z.prettifyError(checked.error)}`);
  return checked.data;
}

function checkPlace({ repository, at }: BatchPlace): void {
  if (!REPOSITORY_NAME.test(repository)) throw new TypeError(`${JSON.stringify(repository)} cannot name a repository`);
  if (readInstant(at) !== at) throw new TypeError(`${JSON.stringify(at)} is no moment of a ledger`);
}
