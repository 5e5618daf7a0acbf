/** Reads the body of a request within limits: on the wire, and after unpacking. */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { codeOf } from '../lib/message-of.ts';

export interface BodyLimits {
  /** Bytes on the wire. */
  readonly maxBodyBytes: number;
  /** Bytes after undoing the content encoding. */
  readonly maxDecodedBytes: number;
}

export type BodyRead =
  | { readonly status: 'ok'; readonly text: string }
  | { readonly status: 'refused'; readonly code: 400 | 413 | 415; readonly message: string };

const DECODERS: ReadonlyMap<string, (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>> =
  new Map([
    ['gzip', promisify(gunzip)],
    ['x-gzip', promisify(gunzip)],
    ['deflate', promisify(inflate)],
  ]);

/** The decoded text of a body. Rejects only when the client goes away in the middle. */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<BodyRead> {
  const bytes = await collect(request, limits.maxBodyBytes);
  if (bytes === null) return refuse(413, `the body is larger than ${limits.maxBodyBytes} bytes`);
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity') return toText(bytes, limits);
  const decode = DECODERS.get(encoding);
  if (decode === undefined) return refuse(415, 'content-encoding must be gzip, deflate or identity');
  try {
    return toText(await decode(bytes, { maxOutputLength: limits.maxDecodedBytes }), limits);
  } catch (error) {
    // The decoder stops at the limit instead of unpacking a bomb.
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE')
      return refuse(413, `the unpacked body is larger than ${limits.maxDecodedBytes} bytes`);
    return refuse(400, `the body is not ${encoding}`);
  }
}

async function collect(request: IncomingMessage, limit: number): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toText(bytes: Uint8Array, { maxDecodedBytes }: BodyLimits): BodyRead {
  if (bytes.length > maxDecodedBytes) return refuse(413, `the body is larger than ${maxDecodedBytes} bytes`);
  try {
    return { status: 'ok', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return refuse(400, 'the body is not valid UTF-8');
  }
}

function refuse(code: 400 | 413 | 415, message: string): BodyRead {
  return { status: 'refused', code, message };
}
