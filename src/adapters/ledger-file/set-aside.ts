/** Moves what a killed writer left behind out of the ledger into a file of its own. */
import { readFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ChainReading } from '../../core/model/ledger-format.ts';
import type { Problem } from '../../core/model/problem.ts';
import { createDurably } from '../lib/durable.ts';
import { codeOf } from '../lib/message-of.ts';
import { tornFile } from './place.ts';
import type { LedgerPlace } from './place.ts';

/** Under the lock. The copy is on the disk before the ledger is cut. `size` is that of the whole ledger. */
export async function setAside(
  file: FileHandle,
  size: number,
  chain: ChainReading,
  place: LedgerPlace,
): Promise<Problem> {
  const kept = await keepCopy(place, chain.head.seq + 1, chain.torn);
  await file.truncate(size - chain.torn.length);
  await file.sync();
  return tornProblem(chain, `They were moved to .fixby/${basename(kept)}.`);
}

/** An end that cannot be moved now; it is left out of what is read. */
export function leftInPlace(chain: ChainReading): Problem {
  return tornProblem(chain, 'They do not count, and the next run that may write will set them aside.');
}

function tornProblem({ torn, head }: ChainReading, what: string): Problem {
  return {
    target: null,
    code: 'ledger-torn',
    message: `The last ${torn.length} bytes of the ledger, after event ${head.seq}, are not a whole record: a run was ended while it wrote. ${what}`,
    mend: 'Nothing has to be done: that run never reported them as recorded. Look into the file if no run was ended.',
    blocks: false,
  };
}

/** A process that died between the copy and the cut left the same copy: it is used again. */
async function keepCopy(place: LedgerPlace, seq: number, torn: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const path = tornFile(place, seq, attempt);
    try {
      await createDurably(path, torn);
      return path;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      if ((await readFile(path, 'latin1').catch(() => undefined)) === torn) return path;
    }
  }
}
