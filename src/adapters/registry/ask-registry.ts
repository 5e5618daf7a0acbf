/** Asks one registry about one package, and decides what its answer is worth. */
import type { Connection } from '../lib/connection.ts';
import { excerpt } from '../../core/model/text.ts';
import { describeFailure, httpGet, readChunks, type HttpAnswer } from '../lib/http-get.ts';
import type { RegistryKind, ReleaseReading } from './registry-kind.ts';

/** `refused` tells of the registry, which may be down for every name; `invalid` of this one package. */
export type RegistryAnswer =
  | (Extract<ReleaseReading, { status: 'read' }> & { readonly etag: string | null })
  | { readonly status: 'unchanged' }
  | { readonly status: 'not-found' }
  | { readonly status: 'refused'; readonly detail: string }
  | { readonly status: 'invalid'; readonly detail: string };

export interface Asking {
  readonly kind: RegistryKind;
  /** Ends with a slash; holds no credentials. */
  readonly base: URL;
  readonly credentials: Readonly<Record<string, string>>;
  readonly connection: Connection;
  readonly maxBytes: number;
  /** For one package, retries included. */
  readonly totalMs: number;
}

/** `name` is one of the kind; `etag` is that of what is already known, or `null`. Never rejects. */
export async function askRegistry(name: string, etag: string | null, asking: Asking): Promise<RegistryAnswer> {
  const { kind, base, credentials } = asking;
  try {
    const headers = { accept: kind.accept, ...credentials };
    const answer = await httpGet({ ...asking, address: kind.addressOf(base, name), headers, etag });
    return await interpret(name, answer, asking);
  } catch (error) {
    return { status: 'refused', detail: describeFailure(error) };
  }
}

async function interpret(name: string, answer: HttpAnswer, { kind, maxBytes }: Asking): Promise<RegistryAnswer> {
  if (answer.status === 200) {
    const reading = await kind.read(name, answer.body, maxBytes);
    return reading.status === 'read' ? { ...reading, etag: answer.etag } : reading;
  }
  // Reading nothing of it ends the connection: what stands beside a refusal may be of any size.
  await readChunks(answer.body, 0, () => undefined);
  if (answer.status === 304) return { status: 'unchanged' };
  if (answer.status === 404) return { status: 'not-found' };
  return {
    status: 'refused',
    detail: `it answered ${answer.status} (${excerpt(answer.type, 40) || 'of no stated type'})`,
  };
}
