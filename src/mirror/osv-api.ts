/** Answers the OSV API from a store, records unchanged. https://google.github.io/osv.dev/api/ */
import * as z from 'zod';
import { affects } from '../core/match/affected.ts';
import { parseJson } from '../core/model/json.ts';
import type { AdvisoryStore, StoredAdvisory } from '../ports/advisory-store.ts';
import type { HttpResponse } from '../ports/http.ts';
import { readQuery } from './osv-query.ts';
import type { OsvQuery } from './osv-query.ts';
import { json, jsonText, osvRefusal } from './reply.ts';
import { isWithdrawn } from './store.ts';

/** The most queries the OSV API takes in one batch. */
const BATCH_LIMIT = 1000;

const batchSchema = z.object({ queries: z.array(z.unknown()) });

interface Page {
  readonly advisories: readonly StoredAdvisory[];
  readonly next?: string;
}

/** `POST /v1/query`: the records that affect a package; `{}` when none does. */
export function answerQuery(store: AdvisoryStore, body: string, pageSize: number): HttpResponse {
  const read = readQuery(parseJson(body));
  if (read.status === 'refused') return osvRefusal(400, 3, read.message);
  if (!store.holds(read.query.ecosystem)) return refuseEcosystem(read.query);
  const page = findPage(store, read.query, pageSize);
  if (page === undefined) return osvRefusal(400, 3, BAD_TOKEN);
  const { advisories, next } = page;
  if (advisories.length === 0) return json(200, {});
  const token = next === undefined ? '' : `,"next_page_token":${JSON.stringify(next)}`;
  return jsonText(200, `{"vulns":[${advisories.map(({ text }) => text).join(',')}]${token}}`);
}

/** `POST /v1/querybatch`: for each query the ids and dates of its records, in the order of the queries. */
export function answerBatch(store: AdvisoryStore, body: string, pageSize: number): HttpResponse {
  const batch = batchSchema.safeParse(parseJson(body));
  if (!batch.success) return osvRefusal(400, 3, 'Invalid query.');
  if (batch.data.queries.length > BATCH_LIMIT) return osvRefusal(400, 3, 'Too many queries.');
  const results: unknown[] = [];
  for (const value of batch.data.queries) {
    const read = readQuery(value);
    if (read.status === 'refused') return osvRefusal(400, 3, read.message);
    if (!store.holds(read.query.ecosystem)) return refuseEcosystem(read.query);
    const page = findPage(store, read.query, pageSize);
    if (page === undefined) return osvRefusal(400, 3, BAD_TOKEN);
    results.push(toBatchResult(page));
  }
  return json(200, { results });
}

/** `GET /v1/vulns/{id}`: the record, a withdrawn one too. */
export function answerVulnerability(store: AdvisoryStore, id: string): HttpResponse {
  const found = store.byId(id);
  return found === undefined ? osvRefusal(404, 5, 'Bug not found.') : jsonText(200, found.text);
}

/** An empty answer would read as "nothing known" where it means "nothing loaded". */
function refuseEcosystem({ ecosystem }: OsvQuery): HttpResponse {
  return osvRefusal(400, 3, `This mirror holds no advisories of ${ecosystem}.`);
}

const BAD_TOKEN =
  'Invalid page token: it is none of this package, or the mirror was renewed. Ask for the first page again.';

/** `undefined` for a token that names no record of the package: a page after it would be empty and read as "nothing known". */
function findPage(
  store: AdvisoryStore,
  { ecosystem, name, version, after }: OsvQuery,
  pageSize: number,
): Page | undefined {
  const all = store.byPackage(ecosystem, name);
  if (after !== undefined && !all.some(({ record }) => record.id === after)) return undefined;
  const matching = all
    .filter(({ record }) => !isWithdrawn(record) && (after === undefined || record.id > after))
    .filter(({ record }) => version === undefined || affects(record, ecosystem, name, version).affected);
  const advisories = matching.slice(0, pageSize);
  const last = advisories.at(-1)?.record.id;
  return last === undefined || matching.length <= pageSize ? { advisories } : { advisories, next: last };
}

function toBatchResult({ advisories, next }: Page): unknown {
  if (advisories.length === 0) return {};
  const vulns = advisories.map(({ record: { id, modified } }) => ({ id, modified }));
  return { vulns, ...(next === undefined ? {} : { next_page_token: next }) };
}
