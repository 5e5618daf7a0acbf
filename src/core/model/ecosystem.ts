/** The package worlds fixby knows, and how a package name is compared inside each. */

/** Spelled as OSV spells them, so records can be matched without a translation table. */
export const ECOSYSTEMS = ['npm', 'PyPI'] as const;

export type Ecosystem = (typeof ECOSYSTEMS)[number];

/**
 * The form of a package name in which two spellings of one package are equal.
 * PyPI folds case and runs of `-_.` (PEP 503); npm names are compared as written.
 */
export function normalizeName(ecosystem: Ecosystem, name: string): string {
  return ecosystem === 'PyPI' ? name.replace(/[-_.]+/g, '-').toLowerCase() : name;
}
