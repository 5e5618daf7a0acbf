/** Asks an OSV API for one record, and decides what its answer is worth. */
import type { Connection } from '../lib/connection.ts';
import { osvRecordSchema, type OsvRecord } from '../../core/model/advisory.ts';
import { excerpt } from '../../core/model/text.ts';
import { describeBody, describeFailure, httpGet, readBytes } from '../lib/http-get.ts';
import type { OsvSource } from './osv-source.ts';
import { parseJson } from '../../core/model/json.ts';

/** `refused` tells of the source, which may be down for every id; `invalid` of this one record. */
export type SourceAnswer =
  | { readonly status: 'found'; readonly record: OsvRecord; readonly etag: string | null }
  | { readonly status: 'unchanged' }
  | { readonly status: 'not-found' }
  | { readonly status: 'refused' | 'invalid'; readonly detail: string };

export interface Asking {
  readonly source: OsvSource;
  readonly connection: Connection;
  readonly maxBytes: number;
  /** For one record, retries included. */
  readonly totalMs: number;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly etag: string | null;
  /** `null` when it is larger than taken. */
  readonly body: string | null;
}

/** `etag` is that of the record already at hand, or `null`. Never rejects. */
export async function askSource(id: string, etag: string | null, asking: Asking): Promise<SourceAnswer> {
  try {
    return interpret(id, await get(id, etag, asking));
  } catch (error) {
    return { status: 'refused', detail: describeFailure(error) };
  }
}

async function get(id: string, etag: string | null, asking: Asking): Promise<Answer> {
  const { source, maxBytes } = asking;
  const { body, ...answer } = await httpGet({
    ...asking,
    address: source.addressOf(id),
    headers: source.headers,
    etag,
  });
  return { ...answer, body: (await readBytes(body, maxBytes))?.toString('utf8') ?? null };
}

function interpret(id: string, { status, type, etag, body }: Answer): SourceAnswer {
  if (status === 304) return { status: 'unchanged' };
  if (body === null) return { status: 'invalid', detail: 'its record is larger than is taken' };
  if (status === 404 && saysNotFound(body)) return { status: 'not-found' };
  if (status !== 200) return { status: 'refused', detail: `it answered ${status} (${describeBody(type, body)})` };
  const document = parseJson(body);
  if (document === undefined)
    return { status: 'refused', detail: `it answered something that is no JSON (${describeBody(type, body)})` };
  const record = osvRecordSchema.safeParse(document);
  if (!record.success) return { status: 'invalid', detail: 'its record is not of the OSV form' };
  if (!isAbout(id, record.data))
    return {
      status: 'invalid',
      detail: `it answered with ${excerpt(record.data.id, 60)}, which does not name that id`,
    };
  return { status: 'found', record: record.data, etag };
}

/** The word of an OSV API, a gRPC code; a 404 without it may come from a wrong address or a proxy in between. */
function saysNotFound(body: string): boolean {
  const document = parseJson(body);
  return typeof document === 'object' && document !== null && 'code' in document && document.code === 5;
}

function isAbout(id: string, record: OsvRecord): boolean {
  return [record.id, ...(record.aliases ?? [])].includes(id);
}
