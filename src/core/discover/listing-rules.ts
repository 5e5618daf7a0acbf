/** Decides which folders hold no project of the repository's own: installed packages, caches, other people's code. */
import type { ListingRules } from '../model/file.ts';
import { baseName, foldersAbove } from '../model/path.ts';
import { isManifestPath } from './source-kinds.ts';

const SKIPPED_NAMES: ReadonlySet<string> = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.pnpm-store',
  '.npm',
  '.cache',
  '.turbo',
  '.parcel-cache',
  '.next',
  '.nuxt',
  '.svelte-kit',
  'site-packages',
  'dist-packages',
  '__pycache__',
  '__pypackages__',
  '.tox',
  '.nox',
  '.eggs',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
]);

const SKIPPED_PATHS: readonly string[] = ['.yarn/cache', '.yarn/unplugged'];

const VENDORED_NAMES: ReadonlySet<string> = new Set([
  'vendor',
  'vendored',
  '_vendor',
  'third_party',
  'third-party',
  'thirdparty',
]);

/** What the files adapter must know of discovery; the composer hands it over. */
export const listingRules: ListingRules = {
  isManifestPath,
  isSkippedFolder,
  environmentNames: new Set(['.venv', 'venv', 'env', '.env', 'virtualenv', '.virtualenv']),
  vendored: [...VENDORED_NAMES].map((name) => `${name}/`),
};

/** Whether a folder is never entered and never mentioned. */
export function isSkippedFolder(path: string): boolean {
  return SKIPPED_NAMES.has(baseName(path)) || SKIPPED_PATHS.some((end) => path === end || path.endsWith(`/${end}`));
}

/** The outermost folder of other people's code that holds `path`, or `null`. */
export function vendoredAbove(path: string): string | null {
  return foldersAbove(path).findLast((folder) => VENDORED_NAMES.has(baseName(folder))) ?? null;
}
