/** Wires what promises are checked with: beside compose.ts, the only file that names an adapter. */
import { listingRules } from '../core/discover/listing-rules.ts';
import type { Config } from '../core/model/config.ts';
import { isPromisePath } from '../core/promises/promise-paths.ts';
import { createSystemClock } from '../adapters/clock/system-clock.ts';
import { createFiles } from '../adapters/files/create-files.ts';
export { createGithubAdvisories } from '../adapters/github/list-advisories.ts';
import type { PromisePorts } from '../pipeline/ports.ts';
import { openRepository } from './compose.ts';
import type { World } from './world.ts';

/** The repository and its history. Throws a UsageError when `dir` is no folder. */
export function openPromises(world: World, dir: string, config: Config): PromisePorts {
  return {
    git: openRepository(world, dir, config.releases.tagPattern).git,
    clock: createSystemClock(),
    files: createFiles({ root: dir, rules: listingRules, ...config.discover }),
    promiseFiles: createFiles({ root: dir, rules: { ...listingRules, isManifestPath: isPromisePath } }),
  };
}
