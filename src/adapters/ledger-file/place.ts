/** Where the ledger lies in a repository, and whether a link of that repository would lead a writer elsewhere. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../core/model/problem.ts';
import { isInside, realPath } from '../lib/inside.ts';
import { ledgerProblem } from './file-problems.ts';

/** Relative to the repository. */
export const LEDGER_FILE = '.fixby/ledger.jsonl';

/** Absolute paths. */
export interface LedgerPlace {
  readonly folder: string;
  readonly file: string;
  readonly lock: string;
}

export function placeIn(root: string): LedgerPlace {
  const folder = join(root, '.fixby');
  return { folder, file: join(root, LEDGER_FILE), lock: join(folder, 'ledger.lock') };
}

/** Where the torn end goes that begins where event `seq` would be; `attempt` counts from 1. */
export function tornFile({ folder }: LedgerPlace, seq: number, attempt: number): string {
  return join(folder, `ledger.torn-${seq}${attempt === 1 ? '' : `-${attempt}`}.jsonl`);
}

/** The problem with links on the way; `undefined` when there is none. */
export async function refuseLinks(root: string, { folder, file }: LedgerPlace): Promise<Problem | undefined> {
  const found = await lstat(file).catch(() => undefined);
  if (found?.isSymbolicLink() !== true && isInside(realPath(root), realPath(folder))) return undefined;
  const message = `${LEDGER_FILE}, or its folder, is a link of the audited repository. It is neither read nor written.`;
  return ledgerProblem('ledger-refused', message, 'Replace the link with a plain file or folder.');
}
