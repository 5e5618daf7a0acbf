/** Downloads a published dump into a file, and goes on where an earlier attempt ended, even one that was killed. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { excerpt } from '../../core/model/text.ts';
import type { Connection } from '../lib/connection.ts';
import { describeFailure } from '../lib/http-get.ts';
import { redirectOf } from '../lib/redirect.ts';
import { dropPartial, findPartial, finishPartial, isStrong, notePartial } from './partial.ts';
import type { Partial } from './partial.ts';

export interface DownloadLimits {
  readonly maxBytes: number;
  /** Attempts that bring nothing new before it is given up; one that brought bytes does not count. */
  readonly attempts: number;
  readonly retryDelayMs: number;
}

export interface Download {
  readonly address: string;
  /** Where the whole file goes; its folder is made, and unfinished bytes lie beside it. */
  readonly target: string;
  /** That of the copy that was imported before, or `null`. */
  readonly etag: string | null;
  readonly connection: Connection;
  readonly limits: DownloadLimits;
  readonly signal: AbortSignal;
  /** Called as bytes come; `total` is `null` when the server does not say. */
  readonly onBytes: (received: number, total: number | null) => void;
}

export type Downloaded =
  | { readonly status: 'fetched'; readonly etag: string | null }
  | { readonly status: 'unchanged' }
  | { readonly status: 'failed'; readonly detail: string };

/** Public buckets turn away clients that do not say who they are; byte ranges are of the bytes as they lie there. */
const HEADERS = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'fixby' };

const MOST_REDIRECTS = 3;

/** How one attempt ended. `more` may be asked for again. */
type Attempt = Downloaded | { readonly status: 'more'; readonly detail: string };

/** Never rejects but when it is told to stop; the bytes so far stay for the next time. */
export async function download(wanted: Download): Promise<Downloaded> {
  const { limits, signal, target } = wanted;
  await mkdir(dirname(target), { recursive: true });
  const path = `${target}.part`;
  let failures = 0;
  for (;;) {
    const before = findPartial(path, wanted.address).size;
    const attempt = await tryOnce(wanted, findPartial(path, wanted.address));
    if (attempt.status !== 'more') return attempt;
    failures = findPartial(path, wanted.address).size > before ? 1 : failures + 1;
    if (failures >= limits.attempts) return { status: 'failed', detail: attempt.detail };
    await wait(limits.retryDelayMs * 2 ** (failures - 1), undefined, { signal });
  }
}

async function tryOnce(wanted: Download, partial: Partial): Promise<Attempt> {
  try {
    return await ask(wanted, partial, wanted.address, MOST_REDIRECTS);
  } catch (error) {
    wanted.signal.throwIfAborted();
    return { status: 'more', detail: describeFailure(error) };
  }
}

async function ask(wanted: Download, partial: Partial, address: string, left: number): Promise<Attempt> {
  const { connection, signal } = wanted;
  const [{ request }, dispatcher] = await Promise.all([import('../lib/http-client.ts'), connection()]);
  const answer = await request(address, {
    dispatcher,
    signal,
    headers: { ...HEADERS, ...conditions(wanted, partial) },
  });
  const header = (name: string): string => [answer.headers[name] ?? ''].flat()[0] ?? '';
  if (answer.statusCode === 200)
    return take(wanted, { ...partial, size: 0 }, answer, header('etag') || null, totalOf(header('content-length')));
  if (answer.statusCode === 206) {
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(header('content-range')) ?? [];
    if (Number(start) === partial.size) return take(wanted, partial, answer, partial.etag, totalOf(total ?? ''));
  }
  await answer.body.dump({ limit: 65_536 });
  if (answer.statusCode === 304) return { status: 'unchanged' };
  const next = redirectOf(address, answer.statusCode, header('location'));
  if (next !== undefined && left > 0) return ask(wanted, partial, next, left - 1);
  // A range it cannot or will not serve: from the beginning then.
  if (partial.size > 0 && !isPassing(answer.statusCode)) {
    await dropPartial(partial.path);
    return { status: 'more', detail: `it answered ${answer.statusCode} to the rest of a download` };
  }
  const detail = `it answered ${answer.statusCode} (${excerpt(header('content-type'), 40) || 'of no stated type'})`;
  return { status: isPassing(answer.statusCode) ? 'more' : 'failed', detail };
}

function conditions({ etag }: Download, partial: Partial): Readonly<Record<string, string>> {
  if (partial.size > 0 && partial.etag !== null) return { range: `bytes=${partial.size}-`, 'if-range': partial.etag };
  return etag === null ? {} : { 'if-none-match': etag };
}

async function take(
  { address, target, limits, onBytes }: Download,
  partial: Partial,
  { body }: Dispatcher.ResponseData,
  etag: string | null,
  total: number | null,
): Promise<Attempt> {
  if (total !== null && total > limits.maxBytes) return tooLarge(body, limits);
  if (partial.size === 0) await notePartial(partial.path, address, etag);
  const file = createWriteStream(partial.path, { flags: 'a' });
  let size = partial.size;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limits.maxBytes) return await tooLarge(body, limits);
      if (!file.write(chunk)) await once(file, 'drain');
      onBytes(size, total);
    }
  } finally {
    await new Promise<void>((resume, fail) => file.end((error?: Error | null) => (error ? fail(error) : resume())));
  }
  if (total !== null && size !== total) return { status: 'more', detail: `it sent ${size} bytes of ${total}` };
  await finishPartial(partial.path, target);
  return { status: 'fetched', etag: isStrong(etag) ? etag : null };
}

async function tooLarge(body: Dispatcher.ResponseData['body'], { maxBytes }: DownloadLimits): Promise<Attempt> {
  body.destroy();
  return Promise.resolve({ status: 'failed', detail: `it is larger than ${maxBytes} bytes` });
}

function totalOf(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}
