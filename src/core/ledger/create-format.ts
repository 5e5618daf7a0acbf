/** The ledger's format over a hash, as the stores are handed it. */
import type { LedgerFormat, LineHash } from '../model/ledger-format.ts';
import { readEnvelope } from './envelope.ts';
import { examineChain } from './examine-chain.ts';
import { readChain } from './read-chain.ts';
import { writeBatch } from './write-batch.ts';

/** `hash` is SHA-256: core has no cryptography of its own. */
export function createLedgerFormat(hash: LineHash): LedgerFormat {
  return {
    hash,
    writeBatch: (bodies, place) => writeBatch(bodies, place, hash),
    readChain: (lines, rest, after) => readChain(lines, rest, hash, after),
    examineChain: (lines) => examineChain(lines, hash),
    headOf: (line) => {
      const envelope = readEnvelope(line);
      return typeof envelope === 'string' ? null : { seq: envelope.seq, hash: hash(line) };
    },
  };
}
