/** Fetches package metadata from the registry behind a mirror. */
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import type { PackumentAnswer, Packuments } from '../../ports/packuments.ts';
import { openConnection } from '../lib/connection.ts';
import type { Variables } from '../lib/host.ts';
import { messageOf } from '../lib/message-of.ts';
import { redact } from '../lib/redact.ts';

export interface UpstreamLimits {
  /** For the headers, and for each pause in the body. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** The full metadata of the largest packages stays below 100 MB. */
export const DEFAULT_UPSTREAM_LIMITS: UpstreamLimits = { timeoutMs: 30_000, maxBytes: 128 * 1024 * 1024 };

/** A client that gets no answer asks again by itself. */
const NO_RETRY = { retries: 0, retryDelayMs: 0, retryDelayMaxMs: 0 };

/**
 * Asks `registry` (an http or https URL, else a UsageError) for packuments, by the operator's proxy and certificates as
 * `variables` name them. Nothing of the client's request is passed on but the form it accepts: its credentials are the
 * mirror's business, not the registry's.
 */
export function createUpstream(
  registry: string,
  variables: Variables,
  limits: UpstreamLimits = DEFAULT_UPSTREAM_LIMITS,
): Packuments {
  const base = readBase(registry);
  const connection = openConnection(variables, { timeoutMs: limits.timeoutMs, ...NO_RETRY });
  return {
    fetch: async (name, accept) => {
      if (name.startsWith('.')) return { status: 'not-found' };
      try {
        const headers = { accept: accept === '' ? 'application/json' : accept };
        const url = new URL(encodeName(name), base);
        const [{ request }, dispatcher] = await Promise.all([import('../lib/http-client.ts'), connection()]);
        const { statusCode, headers: got, body } = await request(url, { dispatcher, headers });
        if (statusCode === 200) return await found(body, got['content-type'], limits.maxBytes);
        await body.dump({ limit: 64 * 1024 });
        return statusCode === 404 ? { status: 'not-found' } : unavailable(`status ${statusCode}`);
      } catch (error) {
        return unavailable(messageOf(error));
      }
    },
  };
}

function readBase(registry: string): URL {
  const base = URL.canParse(registry) ? new URL(registry.endsWith('/') ? registry : `${registry}/`) : undefined;
  if (base?.protocol === 'http:' || base?.protocol === 'https:') return base;
  throw new UsageError(
    'upstream-not-a-url',
    `the upstream registry ${excerpt(redact(registry))} is no http or https address`,
    'name the registry by its full address',
  );
}

/** `@scope/name` becomes `@scope%2fname`, as npm writes it; a name without a leading dot cannot leave the registry's own path. */
function encodeName(name: string): string {
  return `./${encodeURIComponent(name).replace(/^%40/, '@')}`;
}

async function found(
  body: AsyncIterable<Buffer>,
  type: string | readonly string[] | undefined,
  maxBytes: number,
): Promise<PackumentAnswer> {
  const chunks: Buffer[] = [];
  let room = maxBytes;
  for await (const chunk of body) {
    room -= chunk.length;
    if (room < 0) return unavailable(`more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  const contentType = [type ?? 'application/json'].flat()[0] ?? 'application/json';
  return { status: 'found', body: Buffer.concat(chunks).toString('utf8'), contentType };
}

function unavailable(detail: string): PackumentAnswer {
  return { status: 'unavailable', detail: excerpt(redact(detail)) };
}
