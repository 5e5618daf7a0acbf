/** Tells which version of a Python package a file of an index belongs to. */
import { normalizeName } from '../../core/model/ecosystem.ts';

const ARCHIVE = /\.(?:tar\.(?:gz|bz2|xz|Z|lzma)|tgz|tbz|zip)$/;

/**
 * The version in a file name as it is written, for a wheel, an egg or a source archive of the package `name` (normalized);
 * `undefined` for any other file. https://packaging.python.org/en/latest/specifications/binary-distribution-format/
 */
export function versionOfFile(name: string, filename: string): string | undefined {
  if (/\.(?:whl|egg)$/.test(filename)) return versionOfBuilt(name, filename);
  if (!ARCHIVE.test(filename)) return undefined;
  const stem = filename.replace(ARCHIVE, '');
  // Source archives may have hyphens in the name and in the version: the name is known, the rest is the version.
  for (let at = stem.indexOf('-'); at !== -1; at = stem.indexOf('-', at + 1)) {
    if (normalizeName('PyPI', stem.slice(0, at)) === name) return stem.slice(at + 1) || undefined;
  }
  return undefined;
}

function versionOfBuilt(name: string, filename: string): string | undefined {
  const [of = '', version] = filename.replace(/\.(?:whl|egg)$/, '').split('-');
  return normalizeName('PyPI', of) === name ? version : undefined;
}
