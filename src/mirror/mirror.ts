/** The advisory mirror: one function from request to response, for unmodified npm, pip-audit and OSV clients. */
import type { AdvisoryStore } from '../ports/advisory-store.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '../ports/http.ts';
import type { Packuments } from '../ports/packuments.ts';
import { checkHealth } from './health.ts';
import { answerBulk, readBulkRequest, refuseBulk } from './npm-bulk.ts';
import { answerBatch, answerQuery, answerVulnerability } from './osv-api.ts';
import { answerPackument } from './packument.ts';
import { json, methodNotAllowed, refusal } from './reply.ts';

export interface MirrorOptions {
  readonly store: AdvisoryStore;
  /** Files that could not be loaded, for `/healthz`. */
  readonly rejected: number;
  /** Registry that package metadata is passed on from; absent, the mirror answers from what it knows itself. */
  readonly upstream?: Packuments;
  /** Most records in one answer of the OSV API. */
  readonly pageSize?: number;
}

interface Mirror {
  readonly store: AdvisoryStore;
  readonly rejected: number;
  readonly upstream: Packuments | undefined;
  readonly pageSize: number;
}

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  answer(mirror: Mirror, request: HttpRequest, captured: string): HttpResponse | Promise<HttpResponse>;
}

/** Paths are matched decoded: npm asks for `/@scope%2fname`, some clients leave the slash as it is. */
const PACKAGE = /^\/((?:@[^/@]+\/)?[^/@.-][^/@]*)$/;

const ROUTES: readonly Route[] = [
  { method: 'POST', path: /^\/-\/npm\/v1\/security\/advisories\/bulk$/, answer: bulk },
  {
    method: 'POST',
    path: /^\/v1\/query$/,
    answer: ({ store, pageSize }, { body }) => answerQuery(store, body, pageSize),
  },
  {
    method: 'POST',
    path: /^\/v1\/querybatch$/,
    answer: ({ store, pageSize }, { body }) => answerBatch(store, body, pageSize),
  },
  {
    method: 'GET',
    path: /^\/v1\/vulns\/([^/]+)$/,
    answer: ({ store }, _request, id) => answerVulnerability(store, id),
  },
  { method: 'GET', path: PACKAGE, answer: packument },
];

/** A mirror over a store. It never rejects for what a client sends. */
export function createMirror(options: MirrorOptions): HttpHandler {
  const { store, rejected, upstream, pageSize = 1000 } = options;
  const mirror: Mirror = { store, rejected, upstream, pageSize };
  return async (request) => {
    const path = decodePath(request.target.split('?', 1)[0] ?? '');
    if (path === null) return refusal(400, 'the path is not valid text');
    if (path === '/healthz' && !isNpm(request)) return health(mirror, request);
    const route = ROUTES.find((each) => each.path.test(path));
    if (route === undefined) return refusal(404, 'this mirror has no such path');
    if (!answers(route, request)) return methodNotAllowed(route.method);
    return await route.answer(mirror, request, route.path.exec(path)?.[1] ?? '');
  };
}

/** `HEAD` is a `GET` whose body the server leaves out. */
function answers({ method }: Pick<Route, 'method'>, request: HttpRequest): boolean {
  return request.method === method || (method === 'GET' && request.method === 'HEAD');
}

// There may be a package called healthz; npm says in what form it wants it.
function isNpm({ headers }: HttpRequest): boolean {
  return (headers['accept'] ?? '').includes('application/vnd.npm');
}

function health({ store, rejected }: Mirror, request: HttpRequest): HttpResponse {
  return answers({ method: 'GET' }, request) ? json(200, checkHealth(store, rejected)) : methodNotAllowed('GET');
}

function bulk({ store }: Mirror, { body }: HttpRequest): HttpResponse {
  const installed = readBulkRequest(body);
  return installed === null ? refuseBulk() : answerBulk(store, installed);
}

async function packument({ store, upstream }: Mirror, request: HttpRequest, name: string): Promise<HttpResponse> {
  if (upstream === undefined) return answerPackument(store, name);
  const answer = await upstream.fetch(name, request.headers['accept'] ?? '');
  if (answer.status === 'not-found') return refusal(404, 'the upstream registry does not know that package');
  if (answer.status === 'unavailable') return refusal(502, `the upstream registry did not answer: ${answer.detail}`);
  return {
    status: 200,
    headers: { 'content-type': answer.contentType, 'cache-control': 'no-store' },
    body: answer.body,
  };
}

function decodePath(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
