/** Answers npm's bulk advisory endpoint: which records affect the versions of a lock. */
import * as z from 'zod';
import type { OsvRecord } from '../core/model/advisory.ts';
import { affects } from '../core/match/affected.ts';
import { toSemverRange } from '../core/match/npm-range.ts';
import { sortedUnique } from '../core/model/order.ts';
import { excerpt } from '../core/model/text.ts';
import { parseJson } from '../core/model/json.ts';
import type { AdvisoryStore } from '../ports/advisory-store.ts';
import type { HttpResponse } from '../ports/http.ts';
import { distinctNpmIds } from './npm-id.ts';
import { cvssFor, npmSeverity } from './npm-severity.ts';
import type { NpmSeverity } from './npm-severity.ts';
import { json, refusal } from './reply.ts';
import { isWithdrawn } from './store.ts';

/** Package names with the versions a lock installs. */
export type Installed = readonly (readonly [name: string, versions: readonly string[]])[];

const TITLE_LENGTH = 256;

// Entries, not z.record: a package may be called `__proto__`, and must be answered for like any other.
const bodySchema = z
  .custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  .transform((value) => Object.entries(value))
  .pipe(z.array(z.tuple([z.string(), z.array(z.string())])));

/** What a bulk request asks about, or `null` for a body of another shape. */
export function readBulkRequest(body: string): Installed | null {
  const parsed = bodySchema.safeParse(parseJson(body));
  return parsed.success ? parsed.data : null;
}

/** The advisories of every package that has any, one entry a record. */
export function answerBulk(store: AdvisoryStore, installed: Installed): HttpResponse {
  const found = installed.map(([name, versions]) => [name, entriesFor(store, name, versions)] as const);
  return json(200, Object.fromEntries(found.filter(([, entries]) => entries.length > 0)));
}

/** The refusal of a body that is no bulk request. */
export function refuseBulk(): HttpResponse {
  return refusal(400, 'the body must be a JSON object of package names, each with a list of versions');
}

/** One advisory as npm's audit reads it. An absent severity is one nobody stated. */
export interface BulkEntry {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly severity?: NpmSeverity;
  readonly vulnerable_versions: string;
  readonly cwe: readonly string[];
  /** 0 and null when no vector is known, as npm's own registry writes it. */
  readonly cvss: { readonly score: number; readonly vectorString: string | null };
}

function entriesFor(store: AdvisoryStore, name: string, versions: readonly string[]): readonly BulkEntry[] {
  return toEntries(affecting(store, name, versions), name);
}

/** The standing records that affect any of the versions of an npm package. */
export function affecting(store: AdvisoryStore, name: string, versions: readonly string[]): readonly OsvRecord[] {
  return store
    .byPackage('npm', name)
    .map(({ record }) => record)
    .filter((record) => !isWithdrawn(record))
    .filter((record) => versions.some((version) => affects(record, 'npm', name, version).affected));
}

/** Records of one package in npm's words, in their order. */
export function toEntries(records: readonly OsvRecord[], name: string): readonly BulkEntry[] {
  const ids = distinctNpmIds(records.map(({ id }) => id));
  return records.map((record, index) => toEntry(record, name, ids[index] ?? 0));
}

function toEntry(record: OsvRecord, name: string, id: number): BulkEntry {
  const cvss = cvssFor(record, name);
  const severity = npmSeverity(record, cvss);
  return {
    id,
    url: urlOf(record.id),
    title: titleOf(record),
    ...(severity === undefined ? {} : { severity }),
    vulnerable_versions: toSemverRange(record, name),
    cwe: cweIdsOf(record),
    cvss: { score: cvss?.score ?? 0, vectorString: cvss?.vector ?? null },
  };
}

function urlOf(id: string): string {
  return id.startsWith('GHSA-')
    ? `https://github.com/advisories/${encodeURIComponent(id)}`
    : `https://osv.dev/vulnerability/${encodeURIComponent(id)}`;
}

/** npm prints titles raw, so what could move a cursor is made visible here. */
function titleOf({ id, summary, details }: OsvRecord): string {
  const said = [summary, details?.trimStart().split('\n', 1)[0]].map((text) => excerpt(text ?? '', TITLE_LENGTH));
  return said.find((text) => text !== '') ?? id;
}

function cweIdsOf({ database_specific: specific }: OsvRecord): readonly string[] {
  const ids = z.array(z.string().regex(/^CWE-\d{1,6}$/)).safeParse(specific?.['cwe_ids']);
  return ids.success ? sortedUnique(ids.data) : [];
}
