/** Decides which folders of the operator's PATH may give a program: never one the audited repository can fill. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, sep } from 'node:path';
import { liesInside } from './inside.ts';

/**
 * The folders of a PATH value that may be trusted, in order, each once. Left out: relative and empty entries (they mean
 * the working directory), folders inside `repositoryRoot`, and `node_modules` folders, which `npm run` puts in front.
 */
export function trustedFolders(path: string, repositoryRoot: string): readonly string[] {
  const trusted = path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !folder.split(sep).includes('node_modules'))
    .filter((folder) => !liesInside(repositoryRoot, folder));
  return [...new Set(trusted)];
}

/** Every executable file called one of `names` in `folders`, in order, whose real path lies outside the repository. */
export function findPrograms(
  names: readonly string[],
  folders: readonly string[],
  repositoryRoot: string,
): readonly string[] {
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .filter((file) => isExecutable(file) && !liesInside(repositoryRoot, file));
}

/** Whether `file` is a regular file this user may execute. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
