/** The tables of a generation in LMDB, and how their rows are written. */
import { hash } from 'node:crypto';
import { open } from 'lmdb';
import type { Database } from 'lmdb';
import * as z from 'zod';
import type { Ecosystem } from '../../core/model/ecosystem.ts';
import { normalizeName } from '../../core/model/ecosystem.ts';

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

const factsSchema = z.object({
  file: z.string(),
  text: z.string(),
  modified: z.string().nullable(),
  withdrawn: z.boolean(),
  unreadable: z.boolean(),
  packages: z.array(z.string()),
  sources: z.array(z.enum(['npm', 'PyPI'])),
});

/** What the index knows of a record without reading it. */
export type Facts = z.infer<typeof factsSchema>;

/** What `writeFacts` wrote. */
export function readFacts(text: string): Facts {
  return factsSchema.parse(JSON.parse(text));
}

const idsSchema = z.array(z.string());

/** Ids of the records of a package. */
export function readIds(text: string | undefined): readonly string[] {
  return text === undefined ? [] : idsSchema.parse(JSON.parse(text));
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

/** SHA-256 in hex. */
export function sha256(text: string): string {
  return hash('sha256', text);
}
