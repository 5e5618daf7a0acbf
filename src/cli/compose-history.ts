/** Wires what looking back needs: beside compose.ts, where fixby learns of the past from is named here. */
import type { AuditSettings } from '../core/model/auditor.ts';
import type { Config } from '../core/model/config.ts';
import { UsageError } from '../core/model/problem.ts';
import { createHistory } from '../adapters/git/create-history.ts';
import { readNpmCredentials } from '../adapters/lib/npm-credentials.ts';
import { readOperator } from '../adapters/lib/operator.ts';
import { createAdvisories } from '../adapters/osv-api/create-advisories.ts';
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
  const registry = createRegistry({
    ...openCache(world, config, choices, () => clock.now()),
    credentials: readNpmCredentials(readOperator(world.env, world.home, dir, world)),
  });
  return {
    git,
    clock,
    history: createHistory({ root: dir, variables: world.env }),
    advisories: await openAdvisories(world, config, choices, () => clock.now()),
    askReleases: (packages) => askRegistries(packages, choices.settings, { ...ports, registry }),
  };
}

async function openAdvisories(
  world: World,
  config: Config,
  choices: ReplayChoices,
  now: () => string,
): Promise<PackageAdvisories> {
  const { advisories: paths, osvUrl, onMessage } = choices;
  if (paths.length === 0) {
    const options = { ...openCache(world, config, choices, now), ...(osvUrl === undefined ? {} : { osvUrl }) };
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
