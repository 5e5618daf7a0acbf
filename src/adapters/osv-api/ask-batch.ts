/** Asks an OSV API which advisories packages have, many packages at once and page by page. */
import type { Connection } from '../lib/connection.ts';
import * as z from 'zod';
import type { Ecosystem } from '../../core/model/ecosystem.ts';
import { describeBody, describeFailure, httpGet, readBytes } from '../lib/http-get.ts';
import type { OsvSource } from './osv-source.ts';
import { parseJson } from '../../core/model/json.ts';

export interface BatchAsking {
  readonly source: OsvSource;
  readonly connection: Connection;
  readonly maxBytes: number;
  readonly totalMs: number;
}

/** The ids a source has for a package, or why it did not say. */
export type IdsAnswer =
  | { readonly status: 'listed'; readonly ids: readonly string[] }
  | { readonly status: 'refused'; readonly detail: string };

/** The most queries the API takes at once. https://google.github.io/osv.dev/post-v1-querybatch/ */
const BATCH = 1000;

/** Pages of one package; a source that never ends is not believed. */
const MOST_PAGES = 100;

const pageSchema = z.object({
  vulns: z.array(z.object({ id: z.string() })).nullish(),
  next_page_token: z.string().nullish(),
});
const batchSchema = z.object({ results: z.array(pageSchema) });

interface Query {
  readonly name: string;
  readonly token?: string;
}

type Page = z.infer<typeof pageSchema>;
type BatchAnswer = readonly Page[] | { readonly detail: string };

/** One answer a name; `names` are distinct. Never rejects. */
export async function askBatch(
  ecosystem: Ecosystem,
  names: readonly string[],
  asking: BatchAsking,
): Promise<ReadonlyMap<string, IdsAnswer>> {
  const answers = new Map<string, IdsAnswer>();
  let open: readonly Query[] = names.map((name) => ({ name }));
  for (let page = 0; open.length > 0; page += 1) {
    const next: Query[] = [];
    for (let at = 0; at < open.length; at += BATCH) {
      const batch = open.slice(at, at + BATCH);
      const pages = page < MOST_PAGES ? await post(ecosystem, batch, asking) : { detail: 'it gave page after page' };
      batch.forEach((query, index) => next.push(...take(query, 'detail' in pages ? pages : pages[index], answers)));
    }
    open = next;
  }
  return answers;
}

/** Adds a page to a package's answer; the query for the next page, where there is one. */
function take(
  { name }: Query,
  page: Page | { readonly detail: string } | undefined,
  answers: Map<string, IdsAnswer>,
): readonly Query[] {
  if (page === undefined || 'detail' in page) {
    answers.set(name, { status: 'refused', detail: page?.detail ?? 'it did not answer every query' });
    return [];
  }
  const known = answers.get(name);
  const before = known?.status === 'listed' ? known.ids : [];
  answers.set(name, { status: 'listed', ids: [...before, ...(page.vulns ?? []).map(({ id }) => id)] });
  const token = page.next_page_token;
  return token === undefined || token === null || token === '' ? [] : [{ name, token }];
}

async function post(ecosystem: Ecosystem, queries: readonly Query[], asking: BatchAsking): Promise<BatchAnswer> {
  const { source, maxBytes } = asking;
  const query = JSON.stringify({
    queries: queries.map(({ name, token }) => ({
      package: { name, ecosystem },
      ...(token === undefined ? {} : { page_token: token }),
    })),
  });
  try {
    const { status, type, body } = await httpGet({
      ...asking,
      address: source.batchAddress,
      headers: source.headers,
      etag: null,
      query,
    });
    const bytes = await readBytes(body, maxBytes);
    return bytes === null
      ? { detail: 'its answer is larger than is taken' }
      : interpret(status, type, bytes.toString('utf8'), queries.length);
  } catch (error) {
    return { detail: describeFailure(error) };
  }
}

function interpret(status: number, type: string, body: string, expected: number): BatchAnswer {
  if (status !== 200) return { detail: `it answered ${status} (${describeBody(type, body)})` };
  const batch = batchSchema.safeParse(parseJson(body));
  if (!batch.success)
    return { detail: `it answered something that is no list of advisories (${describeBody(type, body)})` };
  const { results } = batch.data;
  return results.length === expected ? results : { detail: `it answered ${results.length} of ${expected} queries` };
}
