/**
 * A program that appends to the ledger of a folder, for tests that kill it or stand in its way.
 * Arguments: the folder, how many batches (0: until it is ended), the largest batch. Prints one JSON line an answer.
 */
import { writeSync } from 'node:fs';
import { createFileLedger } from '../../src/adapters/ledger-file/create-file-ledger.ts';
import type { LedgerBody } from '../../src/core/model/ledger.ts';
import { AT, format, opened } from './ledger-values.ts';

const [root = '.', count = '0', largest = '1'] = process.argv.slice(2);
const ledger = createFileLedger({ root, repository: 'acme/shop', access: 'append', format, host: process });

for (let batch = 1; count === '0' || batch <= Number(count);) {
  const before = await ledger.read();
  const answer = before.status === 'sound' ? await ledger.append(makeBodies(batch), AT, before.head) : before;
  // Synchronous: what was acknowledged is said before anything else is begun.
  if (answer.status !== 'conflict') writeSync(1, `${JSON.stringify(answer)}\n`);
  if (answer.status !== 'conflict') batch += 1;
}

/** Batches from one line to many pages, so that a write can be stopped in the middle. */
function makeBodies(batch: number): readonly LedgerBody[] {
  const size = 1 + Math.floor(Math.random() * Number(largest));
  const text = 'x'.repeat(batch % 3 === 0 ? 300_000 : 10);
  const bodies = Array.from({ length: size }, (_, index) => opened(`${process.pid}-${batch}-${index}`));
  return [{ type: 'policy-changed', file: 'SECURITY.md', sha256: '', text, policy: {} }, ...bodies];
}
