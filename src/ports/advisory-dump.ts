/** Published advisories as files: a zip archive, a folder, a checkout of an advisory database. */
import type { StoredAdvisory } from './advisory-store.ts';
import type { IndexedRecord } from './mirror.ts';

/** In a clause why a file is no record. */
export interface Rejected {
  readonly status: 'rejected';
  readonly why: string;
}

/** A file as a record, or why it is none. `isVerbatim`: its text is the file, byte for byte. */
export type RecordRead =
  { readonly status: 'ok'; readonly advisory: StoredAdvisory; readonly isVerbatim: boolean } | Rejected;

interface DumpFile {
  /** Posix path inside the dump; foreign text. */
  readonly name: string;
  /** SHA-256 of its bytes; empty when they could not be read. */
  readonly digest: string;
}

/** One file that should hold a record. */
export interface DumpEntry extends DumpFile {
  /** Parses and validates; does so again each time it is called. */
  read(): RecordRead;
}

/** A file as a record with what its index is made of, or why it is none. */
export type IndexedRead = { readonly status: 'ok'; readonly record: IndexedRecord } | Rejected;

/** One file that should hold a record, for those who keep an index of it. */
export interface IndexedEntry extends DumpFile {
  /** Parses and validates what nobody has yet. */
  index(): IndexedRead;
}
