/** Published advisories as files: a zip archive, a folder, a checkout of an advisory database. */
import type { StoredAdvisory } from './advisory-store.ts';

/** A file as a record, or in a clause why it is none. */
export type RecordRead =
  { readonly status: 'ok'; readonly advisory: StoredAdvisory } | { readonly status: 'rejected'; readonly why: string };

/** One file that should hold a record. */
export interface DumpEntry {
  /** Posix path inside the dump; foreign text. */
  readonly name: string;
  /** SHA-256 of its bytes; empty when they could not be read. */
  readonly digest: string;
  /** Parses and validates; does so again each time it is called. */
  read(): RecordRead;
}
