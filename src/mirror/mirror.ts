/** The advisory mirror: one function from request to response, for unmodified npm, pip-audit and OSV clients. */
import type { MirrorState } from '../core/model/mirror.ts';
import type { AdvisoryStore } from '../ports/advisory-store.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '../ports/http.ts';
import type { Packuments } from '../ports/packuments.ts';
import { answerCache } from './answer-cache.ts';
import type { AnswerCache } from './answer-cache.ts';
import { checkHealth } from './health.ts';
import { answerMetrics, requestCounts } from './metrics.ts';
import type { RequestCounts } from './metrics.ts';
import { answerBulk, readBulkRequest, refuseBulk } from './npm-bulk.ts';
import { answerQuick } from './npm-quick.ts';
import { answerBatch, answerQuery, answerVulnerability } from './osv-api.ts';
import { answerPackument } from './packument.ts';
import { json, methodNotAllowed, refusal } from './reply.ts';

export interface MirrorOptions {
  readonly store: AdvisoryStore;
  /** Files that could not be loaded, for `/healthz`. */
  readonly rejected: number;
  /** What is known of imported records. */
  readonly state?: MirrorState;
  /** Now in UTC ISO-8601, for the age of imported records. */
  readonly now?: () => string;
  /** Registry that package metadata is passed on from; absent, the mirror answers from what it knows itself. */
  readonly upstream?: Packuments;
  /** Most records in one answer of the OSV API. */
  readonly pageSize?: number;
}

interface Mirror extends MirrorOptions {
  readonly pageSize: number;
  readonly cached: AnswerCache;
  readonly counts: RequestCounts;
}

interface Route {
  /** What it is called in the metrics. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  answer(mirror: Mirror, request: HttpRequest, captured: string): HttpResponse | Promise<HttpResponse>;
}

/** Paths are matched decoded: npm asks for `/@scope%2fname`, some clients leave the slash as it is. */
const PACKAGE = /^\/((?:@[^/@]+\/)?[^/@.-][^/@]*)$/;

const ROUTES: readonly Route[] = [
  { name: 'bulk', method: 'POST', path: /^\/-\/npm\/v1\/security\/advisories\/bulk$/, answer: bulk },
  { name: 'quick', method: 'POST', path: /^\/-\/npm\/v1\/security\/audits(?:\/quick)?$/, answer: quick },
  {
    name: 'query',
    method: 'POST',
    path: /^\/v1\/query$/,
    answer: ({ store, pageSize }, { body }) => answerQuery(store, body, pageSize),
  },
  {
    name: 'querybatch',
    method: 'POST',
    path: /^\/v1\/querybatch$/,
    answer: ({ store, pageSize }, { body }) => answerBatch(store, body, pageSize),
  },
  {
    name: 'vulns',
    method: 'GET',
    path: /^\/v1\/vulns\/([^/]+)$/,
    answer: ({ store }, _request, id) => answerVulnerability(store, id),
  },
  { name: 'packument', method: 'GET', path: PACKAGE, answer: packument },
];

/** Names that a package may have too; npm says in what form it wants that. */
const OWN_PAGES: readonly Route[] = [
  { name: 'health', method: 'GET', path: /^\/healthz?$/, answer: health },
  { name: 'metrics', method: 'GET', path: /^\/metrics$/, answer: metrics },
];

/** A mirror over a store that never changes. It never rejects for what a client sends. */
export function createMirror(options: MirrorOptions): HttpHandler {
  const counts = requestCounts();
  const mirror: Mirror = { pageSize: 1000, ...options, counts, cached: answerCache() };
  return async (request) => {
    const path = decodePath(request.target.split('?', 1)[0] ?? '');
    if (path === null) return refusal(400, 'the path is not valid text');
    const routes = isNpm(request) ? ROUTES : [...OWN_PAGES, ...ROUTES];
    const route = routes.find((each) => each.path.test(path));
    if (route === undefined) return refusal(404, 'this mirror has no such path');
    if (!answers(route, request)) return methodNotAllowed(route.method);
    const response = await route.answer(mirror, request, route.path.exec(path)?.[1] ?? '');
    counts.add(route.name, response.status);
    return response;
  };
}

/** `HEAD` is a `GET` whose body the server leaves out. */
function answers({ method }: Pick<Route, 'method'>, request: HttpRequest): boolean {
  return request.method === method || (method === 'GET' && request.method === 'HEAD');
}

function isNpm({ headers }: HttpRequest): boolean {
  return (headers['accept'] ?? '').includes('application/vnd.npm');
}

function health({ store, rejected, state, now }: Mirror): HttpResponse {
  const imported = state === undefined || now === undefined ? undefined : { state, now: now() };
  return json(200, checkHealth(store, rejected, imported));
}

function metrics({ store, state, counts, now }: Mirror): HttpResponse {
  return answerMetrics(store, state, counts, now?.() ?? '');
}

function bulk({ store, cached }: Mirror, { body }: HttpRequest): HttpResponse {
  if (!store.holds('npm')) return noNpm();
  return cached(body, () => {
    const installed = readBulkRequest(body);
    return installed === null ? refuseBulk() : answerBulk(store, installed);
  });
}

function quick({ store }: Mirror, { body }: HttpRequest): HttpResponse {
  return store.holds('npm') ? answerQuick(store, body) : noNpm();
}

/** An empty answer would read as "nothing known" where it means "nothing loaded". */
function noNpm(): HttpResponse {
  return refusal(404, 'this mirror holds no advisories of npm');
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
