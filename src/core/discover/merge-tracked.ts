/** Puts manifests git tracks back into a listing an ignore rule hid them from: what is committed is deployed. */
import type { FileEntry, FileListing } from '../model/file.ts';
import { byText } from '../model/order.ts';
import { baseName, foldersAbove } from '../model/path.ts';
import type { Problem } from '../model/problem.ts';
import { visible } from '../model/text.ts';
import { isSkippedFolder, vendoredAbove } from './listing-rules.ts';
import { isManifestPath } from './source-kinds.ts';

/**
 * `listing` with every tracked manifest in it, by the same rules the walk keeps. Added entries are marked
 * `trackedOnly`: whether they lie on disk is not known yet. What is tracked in a virtual environment counts too, but for
 * its installed packages: a committed `pyvenv.cfg` hides nothing. `tracked` and `submodules` hold posix paths relative
 * to the audited folder.
 */
export function mergeTracked(
  listing: FileListing,
  tracked: readonly string[],
  submodules: readonly string[] = [],
): FileListing {
  const listed = new Set(listing.entries.map(({ path }) => path));
  const excluded = excludedFolders(listing);
  const added = [...new Set(tracked)]
    .filter((path) => isManifestPath(path) && !listed.has(path))
    .filter((path) => !foldersAbove(path).some(isSkippedFolder))
    .map((path) => trackedEntry(path, excluded));
  return {
    entries: [...listing.entries, ...added].sort((a, b) => byText(a.path, b.path)),
    problems: [...listing.problems, ...missingSubmodules(listing, submodules)],
  };
}

/** Without its files nothing of a submodule was looked at; git leaves an empty folder in its place. */
function missingSubmodules({ entries }: FileListing, submodules: readonly string[]): readonly Problem[] {
  const empty = new Map(entries.filter(({ kind }) => kind === 'directory').map((entry) => [entry.path, entry]));
  const missing = submodules.filter((path) => {
    const entry = empty.get(path);
    return entry !== undefined && entry.excludedBy === undefined && !foldersAbove(path).some(isSkippedFolder);
  });
  return missing.map((path) => ({
    target: path,
    code: 'submodule-missing',
    message: `The submodule ${visible(path)} is not checked out, so nothing in it was looked at.`,
    mend: 'Run `git submodule update --init --recursive` first (in GitHub Actions: `submodules: recursive` of the checkout), or name it under `exclude`.',
    blocks: true,
  }));
}

function excludedFolders(listing: FileListing): ReadonlyMap<string, string> {
  return new Map(
    listing.entries.flatMap(({ excludedAt, excludedBy }) =>
      excludedAt === undefined || excludedBy === undefined ? [] : [[excludedAt, excludedBy] as const],
    ),
  );
}

function trackedEntry(path: string, excluded: ReadonlyMap<string, string>): FileEntry {
  const entry: FileEntry = { path, kind: 'file', trackedOnly: true };
  const excludedAt = foldersAbove(path).find((folder) => excluded.has(folder)) ?? vendoredAbove(path);
  if (excludedAt === null) return entry;
  return { ...entry, excludedAt, excludedBy: excluded.get(excludedAt) ?? `${baseName(excludedAt)}/` };
}
