/** Asks an OSV API for one record, and decides what its answer is worth. */
import { request, type Dispatcher } from 'undici';
import { osvRecordSchema, type OsvRecord } from '../../core/model/advisory.ts';
import { excerpt } from '../../core/model/text.ts';
import { messageOf } from '../lib/message-of.ts';
import { redact } from '../lib/redact.ts';
import type { OsvSource } from './osv-source.ts';

/** `refused` tells of the source, which may be down for every id; `invalid` of this one record. */
export type SourceAnswer =
  | { readonly status: 'found'; readonly record: OsvRecord; readonly etag: string | null }
  | { readonly status: 'unchanged' }
  | { readonly status: 'not-found' }
  | { readonly status: 'refused' | 'invalid'; readonly detail: string };

export interface Asking {
  readonly source: OsvSource;
  readonly dispatcher: Dispatcher;
  readonly maxBytes: number;
  /** For one record, retries included. */
  readonly totalMs: number;
}

interface HttpAnswer {
  readonly status: number;
  readonly type: string;
  readonly etag: string | null;
  /** `null` when it is larger than taken. */
  readonly body: string | null;
}

/** `etag` is that of the record already at hand, or `null`. Never rejects. */
export async function askSource(id: string, etag: string | null, asking: Asking): Promise<SourceAnswer> {
  try {
    return interpret(id, await get(asking.source.addressOf(id), etag, asking));
  } catch (error) {
    return { status: 'refused', detail: failureOf(error) };
  }
}

async function get(
  address: string,
  etag: string | null,
  { source, dispatcher, maxBytes, totalMs }: Asking,
): Promise<HttpAnswer> {
  const headers = { ...source.headers, ...(etag === null ? {} : { 'if-none-match': etag }) };
  const answer = await request(address, { dispatcher, headers, signal: AbortSignal.timeout(totalMs) });
  return {
    status: answer.statusCode,
    type: textOf(answer.headers['content-type']),
    etag: textOf(answer.headers['etag']) || null,
    body: await readCapped(answer.body, maxBytes),
  };
}

/** At most `maxBytes` of a body; leaving the loop early closes the connection. */
async function readCapped(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let room = maxBytes;
  for await (const chunk of body) {
    room -= chunk.length;
    if (room < 0) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function interpret(id: string, { status, type, etag, body }: HttpAnswer): SourceAnswer {
  if (status === 304) return { status: 'unchanged' };
  if (body === null) return { status: 'invalid', detail: 'its record is larger than is taken' };
  if (status === 404 && saysNotFound(body)) return { status: 'not-found' };
  if (status !== 200) return { status: 'refused', detail: `it answered ${status} (${describe(type, body)})` };
  const document = parseJson(body);
  if (document === undefined)
    return { status: 'refused', detail: `it answered something that is no JSON (${describe(type, body)})` };
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function describe(type: string, body: string): string {
  return `${excerpt(type, 40) || 'of no stated type'}: ${excerpt(body, 60) || 'nothing'}`;
}

function textOf(header: string | string[] | undefined): string {
  return Array.isArray(header) ? (header[0] ?? '') : (header ?? '');
}

function failureOf(error: unknown): string {
  if (error instanceof Error && 'statusCode' in error)
    return `it answered ${String(error.statusCode)}, however often it was asked`;
  if (error instanceof Error && error.name === 'TimeoutError') return 'it did not answer in time';
  return excerpt(redact(messageOf(error)) || 'the connection failed');
}
