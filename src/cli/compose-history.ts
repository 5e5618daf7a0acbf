/** Wires what looking back needs: beside compose.ts, where fixby learns of the past from is named here. */
import type { AuditSettings } from '../core/model/auditor.ts';
import type { Config } from '../core/model/config.ts';
import { UsageError } from '../core/model/problem.ts';
import { createHistory } from '../adapters/git/create-history.ts';
import { readNpmCredentials } from '../adapters/lib/npm-credentials.ts';
import { readOperator } from '../adapters/lib/operator.ts';
import { createAdvisories, type AdvisoriesOptions } from '../adapters/osv-api/create-advisories.ts';
import { createPackageAdvisories } from '../adapters/osv-api/create-package-advisories.ts';
import { loadDump } from '../adapters/osv-dump/load-dump.ts';
import { createRegistry } from '../adapters/registry/create-registry.ts';
import { defaultCacheDir } from '../adapters/toolchain/cache-dir.ts';
import { packagesInStore } from '../mirror/packages-in-store.ts';
import { createStore } from '../mirror/store.ts';
import { askRegistries } from '../pipeline/ask-registries.ts';
import type { ReplayPorts } from '../pipeline/replay-history.ts';
import type { PackageAdvisories } from '../ports/advisories.ts';
import { openRun } from './compose.ts';
import type { World } from './world.ts';

export interface ReplayChoices {
  /** Folders and archives of OSV records that stand in for an API; none means the API. */
  readonly advisories: readonly string[];
  readonly osvUrl?: string;
  readonly offline: boolean;
  readonly settings: AuditSettings;
  readonly onMessage: (message: string) => void;
}

/** Throws a UsageError for advisories that cannot be read, and for an address that is none. */
export async function openReplay(
  world: World,
  dir: string,
  config: Config,
  choices: ReplayChoices,
): Promise<ReplayPorts> {
  const { ports } = openRun(world, dir, config, { ...choices, install: false });
  const { clock, git } = ports;
  const credentials = readNpmCredentials(readOperator(world.env, world.home, dir, world));
  const asking = { ...openCache(world, config, choices, () => clock.now()), credentials };
  const registry = createRegistry(asking);
  return {
    git,
    clock,
    history: createHistory({ root: dir, variables: world.env }),
    advisories: await openAdvisories(asking, choices),
    askReleases: (packages) => askRegistries(packages, choices.settings, { ...ports, registry }),
  };
}

async function openAdvisories(
  asking: AdvisoriesOptions,
  { advisories: paths, osvUrl, onMessage }: ReplayChoices,
): Promise<PackageAdvisories> {
  if (paths.length === 0) {
    const { credentials, ...anybody } = asking;
    const options = osvUrl === undefined || credentials === undefined ? anybody : { ...anybody, osvUrl, credentials };
    return createPackageAdvisories(options, createAdvisories(options));
  }
  const { records, rejected } = await loadDump(paths);
  if (records.length === 0) {
    throw new UsageError(
      'advisories-empty',
      'What --advisories names holds no OSV record.',
      'Name a folder or an archive of OSV records.',
    );
  }
  if (rejected.length > 0)
    onMessage(`${rejected.length} files were left out of the advisories: they are no OSV records`);
  return packagesInStore(createStore(records), `${records.length} records of --advisories`);
}

function openCache(world: World, config: Config, { offline }: ReplayChoices, now: () => string) {
  return {
    cacheDir: defaultCacheDir(world.env, world.platform, world.home),
    offline,
    maxAgeMs: config.osv.maxAgeMs,
    variables: world.env,
    now,
  };
}
