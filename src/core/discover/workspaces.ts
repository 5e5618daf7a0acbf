/** Decides which folders are workspace members of which root, so that nothing is audited twice or asked for a lock in vain. */
import { foldersAbove, relativeTo } from '../model/path.ts';
import { folderMatcher } from './globs.ts';

/** A folder whose manifest names others as members of its workspace. */
export interface WorkspaceRoot {
  readonly path: string;
  readonly patterns: readonly string[];
}

/** A lookup of the nearest root that names a folder as a member; `null` for a folder that stands alone. */
export function workspaceRootOf(roots: readonly WorkspaceRoot[]): (folder: string) => string | null {
  const matchers = new Map(
    roots.filter(({ patterns }) => patterns.length > 0).map(({ path, patterns }) => [path, folderMatcher(patterns)]),
  );
  return (folder) =>
    foldersAbove(folder).find((root) => matchers.get(root)?.(relativeTo(root, folder)) ?? false) ?? null;
}
