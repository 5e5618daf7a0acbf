/** One question to a server that is not trusted: bounded in time and size, decoded, and nothing followed. */
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { excerpt } from '../../core/model/text.ts';
import type { Connection } from './connection.ts';
import { messageOf } from './message-of.ts';
import { redact } from './redact.ts';

export interface HttpQuestion {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  /** That of the copy already at hand, or `null`. */
  readonly etag: string | null;
  /** A query to post, as JSON; absent asks with GET. */
  readonly query?: string;
  readonly connection: Connection;
  /** For the whole answer, retries included. */
  readonly totalMs: number;
}

/** Header fields that are not there are empty; `etag` is `null` then. */
export interface HttpAnswer {
  readonly status: number;
  readonly type: string;
  readonly etag: string | null;
  readonly location: string;
  readonly link: string;
  /** The content encoding is taken off. Leaving a loop over it early closes the connection. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Rejects when there is no answer, or none that is no passing failure; `describeFailure` says why. */
export async function httpGet({
  address,
  headers,
  etag,
  query,
  connection,
  totalMs,
}: HttpQuestion): Promise<HttpAnswer> {
  const known = etag === null ? {} : { 'if-none-match': etag };
  const posted = query === undefined ? {} : { 'content-type': 'application/json' };
  const [{ request }, dispatcher] = await Promise.all([import('./http-client.ts'), connection()]);
  const answer = await request(address, {
    dispatcher,
    headers: { 'accept-encoding': 'gzip', ...headers, ...known, ...posted },
    ...(query === undefined ? {} : { method: 'POST', body: query }),
    signal: AbortSignal.timeout(totalMs),
  });
  // A 304 may name the encoding of a body it does not have.
  const isGzip = answer.statusCode !== 304 && textOf(answer.headers['content-encoding']).toLowerCase() === 'gzip';
  return {
    status: answer.statusCode,
    type: textOf(answer.headers['content-type']),
    etag: textOf(answer.headers['etag']) || null,
    location: textOf(answer.headers['location']),
    link: textOf(answer.headers['link']),
    // Failures of either stream end the reading of the last one.
    body: isGzip ? pipeline(answer.body, createGunzip(), () => undefined) : answer.body,
  };
}

/** Hands the chunks of a body over as they come; false when there are more than `maxBytes`, and the rest is not read. */
export async function readChunks(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  take: (chunk: Uint8Array) => void,
): Promise<boolean> {
  let room = maxBytes;
  for await (const chunk of body) {
    room -= chunk.length;
    if (room < 0) return false;
    take(chunk);
  }
  return true;
}

/** A body; `null` when it is larger than `maxBytes`. */
export async function readBytes(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  const whole = await readChunks(body, maxBytes, (chunk) => chunks.push(chunk));
  return whole ? Buffer.concat(chunks) : null;
}

/** A body that should have been something else, for a message: its type and its first words. */
export function describeBody(type: string, text: string): string {
  return `${excerpt(type, 40) || 'of no stated type'}: ${excerpt(text, 60) || 'nothing'}`;
}

/** Why a GET was rejected, in a clause about "it": the server. */
export function describeFailure(error: unknown): string {
  if (error instanceof Error && 'statusCode' in error)
    return `it answered ${String(error.statusCode)}, however often it was asked`;
  if (error instanceof Error && error.name === 'TimeoutError') return 'it did not answer in time';
  return excerpt(redact(messageOf(error)) || 'the connection failed');
}

function textOf(header: string | string[] | undefined): string {
  return Array.isArray(header) ? (header[0] ?? '') : (header ?? '');
}
