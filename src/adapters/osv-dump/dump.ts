/** The shape of a loaded advisory dump, and its limits. */
import type { StoredAdvisory } from '../../ports/advisory-store.ts';

/** A file that should have been a record. `name` and `why` are safe to show. */
export interface RejectedFile {
  readonly name: string;
  readonly why: string;
}

export interface Dump {
  readonly records: readonly StoredAdvisory[];
  readonly rejected: readonly RejectedFile[];
}

/** The largest real record has some 300 kB. */
export const MAX_RECORD_BYTES = 8 * 1024 * 1024;

/** All records together; beyond this a store in memory is the wrong tool. */
export const MAX_DUMP_BYTES = 1024 * 1024 * 1024;

/** A file found in a dump that was not read, and why. */
export interface UnreadFile {
  readonly name: string;
  readonly why: string;
}

/** A file found in a dump: its bytes, or why they were not read. */
export type DumpFile = { readonly name: string; readonly bytes: Uint8Array } | UnreadFile;

/** JSON as OSV and the GitHub Advisory Database publish, YAML as PyPA does. */
export function isRecordFile(name: string): boolean {
  return /\.(?:json|ya?ml)$/.test(name);
}
