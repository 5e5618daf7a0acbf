/** The tables of a generation in LMDB, and how their rows are written. */
import { hash } from 'node:crypto';
import { asBinary, open } from 'lmdb';
import type { Database } from 'lmdb';
import type { Ecosystem } from '../../core/model/ecosystem.ts';
import { ECOSYSTEMS, normalizeName } from '../../core/model/ecosystem.ts';

/** Values are texts: a record as it was published, or JSON. */
type Table = Database<string, string>;

export interface Tables {
  /** Id → the text of the record. */
  readonly texts: Table;
  /** Id → `Facts`. */
  readonly facts: Table;
  /** Ecosystem and package → the ids of its records, sorted. */
  readonly packages: Table;
  /** CVE id → the day it was added to the catalog. */
  readonly exploited: Table;
  /** CVE id → score, percentile and the day of the scores. */
  readonly scores: Table;
  /** Runs `work` as one transaction. */
  transact(work: () => void): void;
  close(): Promise<void>;
}

/** What the index knows of a record without reading it. */
export interface Facts {
  readonly file: string;
  readonly text: string;
  readonly modified: string | null;
  readonly withdrawn: boolean;
  readonly unreadable: boolean;
  readonly packages: readonly string[];
  readonly sources: readonly Ecosystem[];
}

/** What was written as JSON. Throws for a row of another shape: all of them are read to close an import, so it is checked by hand. */
export function readFacts(row: string): Facts {
  const facts: unknown = JSON.parse(row);
  if (isFacts(facts)) return facts;
  throw new Error('a row of its index is not as it was written');
}

function isFacts(value: unknown): value is Facts {
  if (typeof value !== 'object' || value === null) return false;
  const { file, text, modified, withdrawn, unreadable, packages, sources } = value as Readonly<Record<string, unknown>>;
  return (
    typeof file === 'string' &&
    typeof text === 'string' &&
    (modified === null || typeof modified === 'string') &&
    typeof withdrawn === 'boolean' &&
    typeof unreadable === 'boolean' &&
    isTexts(packages) &&
    isTexts(sources) &&
    sources.every((source) => ECOSYSTEMS.some((each) => each === source))
  );
}

/** Ids of the records of a package. Throws as `readFacts` does. */
export function readIds(row: string | undefined): readonly string[] {
  const ids: unknown = row === undefined ? [] : JSON.parse(row);
  if (isTexts(ids)) return ids;
  throw new Error('a row of its index is not as it was written');
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** A folder's tables. One that is read only is never written to, and may be read by many processes. */
export function openTables(folder: string, access: 'read' | 'write'): Tables {
  // What is not flushed on each transaction is flushed once, before anybody is pointed to it.
  const how = access === 'read' ? { readOnly: true } : { noSync: true };
  const root = open<string, string>({ path: folder, encoding: 'string', maxDbs: 8, ...how });
  const table = (name: string): Table => root.openDB<string, string>({ name, encoding: 'string' });
  return {
    texts: table('texts'),
    facts: table('facts'),
    packages: table('packages'),
    exploited: table('exploited'),
    scores: table('scores'),
    transact: (work) => root.transactionSync(work),
    close: () => root.close(),
  };
}

/** No record has a longer id, and LMDB takes no key that is much longer. */
export const LONGEST_ID = 256;

/** LMDB takes keys of up to 1978 bytes; nobody reads keys back, so a longer one may be a digest. */
const LONGEST_KEY = 400;

/** The key of a package, whatever the length of its name. */
export function packageKey(ecosystem: Ecosystem, name: string): string {
  const key = `${ecosystem}:${normalizeName(ecosystem, name)}`;
  return key.length <= LONGEST_KEY ? key : `${ecosystem}#${sha256(key)}`;
}

/** The ecosystems that keys of packages are of. */
export function ecosystemsOf(keys: readonly string[]): readonly Ecosystem[] {
  return ECOSYSTEMS.filter((ecosystem) => keys.some((key) => key.startsWith(ecosystem)));
}

/** SHA-256 in hex; bytes are those of the text. */
export function sha256(text: string | Uint8Array): string {
  return hash('sha256', text);
}

/** A text as a value of a table; one that comes as bytes (UTF-8) is kept as they are. */
export function toValue(text: string | Uint8Array): string {
  // Read back it is the text; only LMDB's types do not know that a table of texts takes bytes.
  return typeof text === 'string' ? text : (asBinary(Buffer.from(text.buffer, text.byteOffset, text.length)) as never);
}
