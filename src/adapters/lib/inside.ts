/** Decides whether a path lies inside a folder, by its spelling or by where it really leads. */
import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, basename, relative, resolve, sep } from 'node:path';

/** Whether `path` is `root` or below it, by spelling alone. Both are absolute. */
export function isInside(root: string, path: string): boolean {
  const steps = relative(root, path);
  return steps !== '..' && !steps.startsWith(`..${sep}`) && !isAbsolute(steps);
}

/** The real path of `path`; what does not exist yet is appended to the real path of its nearest existing folder. */
export function realPath(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    const parent = dirname(whole);
    return parent === whole ? whole : join(realPath(parent), basename(whole));
  }
}

/** Whether `path` lies inside `root`, as spelled or after following every link. */
export function liesInside(root: string, path: string): boolean {
  return isInside(resolve(root), resolve(path)) || isInside(realPath(root), realPath(path));
}
