/** A real advisory source on loopback: fixby's own mirror over the example's snapshot, with routes that can be made to misbehave. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { loadDump } from '../../src/adapters/osv-dump/load-dump.ts';
import { createMirror } from '../../src/mirror/mirror.ts';
import { createStore } from '../../src/mirror/store.ts';
import type { HttpHandler } from '../../src/ports/http.ts';
import { ROOT } from './fixby.ts';

/** The routes the two auditors and fixby itself ask. */
export type Route = 'bulk' | 'packument' | 'query' | 'vulns';
/** Answers in place of the mirror, badly. */
export type Fault = (response: ServerResponse, request: IncomingMessage) => void;

export interface Source {
  readonly url: string;
  /** Requests so far, as `METHOD /path`. */
  readonly asked: readonly string[];
}

/** Ends with the test. Routes without a fault are answered by the mirror. */
export async function startSource(faults: { readonly [R in Route]?: Fault } = {}): Promise<Source> {
  const asked: string[] = [];
  const handle = await mirror();
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const fault = faults[routeOf(request)];
    // A client that goes away in the middle of its question is part of the tests.
    if (fault === undefined) pass(handle, request, response).catch(() => response.destroy());
    else request.resume().on('end', () => fault(response, request));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

let loaded: Promise<HttpHandler> | undefined;

function mirror(): Promise<HttpHandler> {
  loaded ??= loadDump([join(ROOT, 'examples/advisories')]).then(({ records }) =>
    createMirror({ store: createStore(records), rejected: 0 }),
  );
  return loaded;
}

function routeOf({ url = '' }: IncomingMessage): Route {
  if (url.startsWith('/-/npm/v1/security/advisories/bulk')) return 'bulk';
  if (url.startsWith('/v1/query')) return 'query';
  return url.startsWith('/v1/vulns/') ? 'vulns' : 'packument';
}

async function pass(handle: HttpHandler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const answer = await handle({
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    headers,
    body: body.toString(),
  });
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

/** A status with a body, as JSON unless told otherwise. */
export function answers(status: number, body: string, type = 'application/json'): Fault {
  return (response) => void response.writeHead(status, { 'content-type': type }).end(body);
}

/** A redirect to `location` on the same server. */
export function redirects(status: number, location: string): Fault {
  return (response) => void response.writeHead(status, { location }).end();
}

/** Closes the connection without an answer. */
export const resets: Fault = (response) => void response.socket?.destroy();

/** Promises more than it sends. */
export const truncates: Fault = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
  response.write('{"lodash":[');
  setTimeout(() => response.socket?.destroy(), 50);
};

/** Never answers. */
export const hangs: Fault = () => undefined;
