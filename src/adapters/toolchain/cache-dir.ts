/** Decides where fixby keeps its own tools and answers, and whether that place may be trusted. */
import { mkdirSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Host, Variables } from '../lib/host.ts';
import { liesInside } from '../lib/inside.ts';
import { messageOf } from '../lib/message-of.ts';

/** `FIXBY_CACHE_DIR`, else the platform's own place for caches. A relative setting is ignored: it would follow the repository. */
export function defaultCacheDir(variables: Variables, platform: string, home: string): string {
  const chosen = variables['FIXBY_CACHE_DIR'];
  if (chosen !== undefined && isAbsolute(chosen)) return chosen;
  const xdg = variables['XDG_CACHE_HOME'];
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'fixby');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'fixby');
  if (platform === 'win32') return join(variables['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'fixby', 'Cache');
  return join(home, '.cache', 'fixby');
}

/** Why programs from `cacheDir` must not be run, in one sentence, or `undefined` when they may. Makes the folder. */
export function distrustOf(cacheDir: string, repositoryRoot: string, { uid }: Pick<Host, 'uid'>): string | undefined {
  if (liesInside(repositoryRoot, cacheDir)) return `The cache folder ${cacheDir} lies inside the audited repository.`;
  try {
    mkdirSync(cacheDir, { recursive: true, mode: 0o700 });
    return uid !== undefined && isForeign(cacheDir, uid)
      ? `The cache folder ${cacheDir} belongs to another user.`
      : undefined;
  } catch (error) {
    return `The cache folder ${cacheDir} cannot be made: ${messageOf(error)}.`;
  }
}

/** In a container, root often works on folders of the host's user; anybody else should own their cache. */
function isForeign(folder: string, uid: number): boolean {
  return uid !== 0 && statSync(folder).uid !== uid;
}
