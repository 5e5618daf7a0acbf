/** `fixby ledger`: shows that the record was not changed, prints its head to keep elsewhere, and carries it from store to store. */
import { resolve } from 'node:path';
import { loadConfig } from '../../pipeline/setup.ts';
import { openRepository, readOperatorFile } from '../compose.ts';
import { runAnchor } from '../ledger/anchor.ts';
import { textOf } from '../ledger/asked.ts';
import type { Asked } from '../ledger/asked.ts';
import { runExport, runImport } from '../ledger/transfer.ts';
import { runVerify } from '../ledger/verify.ts';
import type { World } from '../world.ts';

export type LedgerAction = 'verify' | 'anchor' | 'export' | 'import';

/**
 * - `verify`: 0 when the chain and every `anchor` (files or texts) hold, 1 when one does not, 3 when there is nothing that
 *   could be looked at. `publicKey` is a file: then every anchor must be signed. `format` is `table` or `json`.
 * - `anchor`: prints the head as one JSON line, signed with the key in the file `key` if there is one.
 * - `export`: prints every line as it lies in the store, or writes it to the file `output`.
 * - `import`: takes the lines of the file `from` into an empty ledger.
 */
export async function runLedger(
  world: World,
  action: LedgerAction,
  dir: string,
  options: Asked['options'],
): Promise<number> {
  const root = resolve(world.cwd, dir);
  const { files } = openRepository(world, root);
  const named = textOf(options['config']);
  const request = named === undefined ? {} : { config: await readOperatorFile(resolve(world.cwd, named)) };
  const { ledger: settings } = await loadConfig(request, (path) => files.read(path));
  return ACTIONS[action]({ world, root, settings, options });
}

const ACTIONS: Readonly<Record<LedgerAction, (asked: Asked) => Promise<number>>> = {
  verify: runVerify,
  anchor: runAnchor,
  export: runExport,
  import: runImport,
};
