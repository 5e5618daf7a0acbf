/** Decides what may be asked for as an advisory id: it becomes part of an address and of a file name. */

/** Letters, digits and `._:-`, as every OSV database writes its ids. https://ossf.github.io/osv-schema/#id-modified-fields */
export function isAdvisoryId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/.test(id);
}
