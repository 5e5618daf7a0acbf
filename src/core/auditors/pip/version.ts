/** The one spelling of a Python version, so that pip-audit's answers can be counted against what it was asked. */
import pep440 from '@renovatebot/pep440';

const LONGEST_VERSION = 128;
// Numbers beyond 2^53 would be rounded by the library, and then name another version.
const UNSAFE_NUMBER = /\d{16}/;

/**
 * The normal form of a PEP 440 version, as Python's `packaging` writes it: `v1.0-Rc.01` is `1.0rc1`. Undefined for
 * what is no PEP 440 version. https://packaging.python.org/en/latest/specifications/version-specifiers/#normalization
 */
export function canonicalVersion(text: string): string | undefined {
  const version = text.trim();
  if (version.length > LONGEST_VERSION || UNSAFE_NUMBER.test(version)) return undefined;
  const parts = pep440.explain(version);
  if (parts === null) return undefined;
  const local = version.split('+')[1];
  return local === undefined ? parts.public : `${parts.public}+${canonicalLocal(local)}`;
}

/**
 * The version an advisory source knows: without the local label (`+cpu`), which no published advisory names.
 * https://packaging.python.org/en/latest/specifications/version-specifiers/#local-version-identifiers
 */
export function publicVersion(canonical: string): string {
  return canonical.split('+')[0] ?? canonical;
}

function canonicalLocal(local: string): string {
  return local
    .toLowerCase()
    .split(/[-_.]/)
    .map((part) => (/^\d+$/.test(part) ? part.replace(/^0+(?=\d)/, '') : part))
    .join('.');
}
