/** Wires the ledger port to its stores: beside compose.ts, the only file that names an adapter. */
import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import { createLedgerFormat } from '../core/ledger/create-format.ts';
import type { Config } from '../core/model/config.ts';
import { REPOSITORY_NAME } from '../core/model/ledger.ts';
import { UsageError } from '../core/model/problem.ts';
import { excerpt } from '../core/model/text.ts';
import { createCheckpoints } from '../adapters/ledger-checkpoints/create-checkpoints.ts';
import { createFileLedger } from '../adapters/ledger-file/create-file-ledger.ts';
export { readLines } from '../adapters/ledger-file/read-lines.ts';
export { createVerifier, signText } from '../adapters/signature/ed25519.ts';
import { realPath } from '../adapters/lib/inside.ts';
import { sha256OfLine } from '../adapters/lib/sha256.ts';
import { defaultCacheDir, distrustOf } from '../adapters/toolchain/cache-dir.ts';
import type { Ledger } from '../ports/ledger.ts';
import { VERSION } from './version.ts';
import type { World } from './world.ts';

export const ledgerFormat = createLedgerFormat(sha256OfLine);

/** SHA-256 in hex of any text. */
export function digestText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * The ledger of the repository in `root`: PostgreSQL where FIXBY_LEDGER_URL or the configuration names one, else the file in
 * the repository. `read` access writes nothing at all. Throws a UsageError for an address or a name that cannot be used.
 */
export async function openLedger(
  world: World,
  root: string,
  settings: Config['ledger'],
  access: 'append' | 'read',
): Promise<Ledger> {
  const given = world.env['FIXBY_LEDGER_URL'] ?? '';
  const url = given === '' ? settings.url : given;
  if (url === undefined) {
    const repository = settings.repository ?? nameOfFolder(root);
    const ledger = createFileLedger({ root, repository, access, format: ledgerFormat, host: world });
    return { ...ledger, ...checkpointsOf(join(realPath(root), ledger.place), root, world) };
  }
  const repository = nameForDatabase(settings.repository);
  // Loaded only where one is configured: a quarter of a second that no other run should pay.
  const { createPostgresLedger, readConnection } = await import('../adapters/ledger-postgres/index.ts');
  const origin = given === '' ? 'configuration' : 'environment';
  const connection = readConnection({ url, origin, variables: world.env, home: world.home });
  const ledger = createPostgresLedger({ ...connection, repository, access, format: ledgerFormat });
  return { ...ledger, ...checkpointsOf(`${ledger.place} ${repository}`, root, world) };
}

/** Kept in fixby's own cache, where that may be trusted: what an audited repository could plant decides nothing. */
function checkpointsOf(place: string, root: string, world: World): Pick<Ledger, 'checkpoints'> {
  const cacheDir = defaultCacheDir(world.env, world.platform, world.home);
  if (distrustOf(cacheDir, root, world) !== undefined) return {};
  return { checkpoints: createCheckpoints({ cacheDir, ledger: place, maker: VERSION }) };
}

function nameForDatabase(name: string | undefined): string {
  if (name !== undefined && REPOSITORY_NAME.test(name)) return name;
  throw new UsageError(
    'ledger-without-name',
    name === undefined
      ? 'A PostgreSQL ledger holds many repositories, and this one has no name.'
      : `"${excerpt(name)}" cannot name a repository in a ledger.`,
    'Set `ledger.repository` in .fixby/config.yaml, such as `acme/shop`.',
  );
}

/** What the file's first event calls a repository that has no name of its own. */
function nameOfFolder(root: string): string {
  const name = basename(resolve(root))
    .replace(/[^!#-[\]-~]/g, '-')
    .slice(0, 200);
  return name === '' ? 'repository' : name;
}
