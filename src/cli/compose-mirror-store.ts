/** Wires an imported mirror to its adapter: apart from compose.ts, so that only who has one loads the store, and nothing else. */
import { join, resolve } from 'node:path';
import { createSystemClock } from '../adapters/clock/system-clock.ts';
import { defaultCacheDir } from '../adapters/toolchain/cache-dir.ts';
import type { World } from './world.ts';
export { openMirror } from '../adapters/mirror-store/open-mirror.ts';
export { verifyMirror } from '../adapters/mirror-store/verify-mirror.ts';

/** Where a mirror lies: the folder that is named, else one beside fixby's caches. */
export function mirrorFolder(world: World, named: string | undefined): string {
  if (named !== undefined) return resolve(world.cwd, named);
  return join(defaultCacheDir(world.env, world.platform, world.home), 'mirror');
}

/** Now in UTC ISO-8601. */
export function nowOf(): string {
  return createSystemClock().now();
}
