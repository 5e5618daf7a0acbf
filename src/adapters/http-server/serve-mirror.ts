/** A small read-only HTTP server around a handler: limits, time-outs, a graceful end, and never a stack trace. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { UsageError } from '../../core/model/problem.ts';
import type { HttpHandler, HttpResponse } from '../../ports/http.ts';
import { messageOf } from '../lib/message-of.ts';
import { isAdmitted } from './admit.ts';
import { readBody } from './read-body.ts';
import type { BodyLimits } from './read-body.ts';

export interface ServerLimits extends BodyLimits {
  /** For the request line and the headers, and for the whole request. */
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly maxConnections: number;
  /** How long `close` waits for answers that are under way. */
  readonly closeTimeoutMs: number;
}

export const DEFAULT_LIMITS: ServerLimits = {
  maxBodyBytes: 8 * 1024 * 1024,
  maxDecodedBytes: 64 * 1024 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  maxConnections: 256,
  closeTimeoutMs: 5_000,
};

export interface ServeOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly handle: HttpHandler;
  /** PEM. Present, the server speaks HTTPS only. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** What every request has to carry; absent, everybody is answered. */
  readonly token?: string;
  readonly limits?: Partial<ServerLimits>;
  /** Told of a handler that failed, which is a bug; the client hears only that there was one. */
  readonly onError?: (error: unknown) => void;
}

export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** Takes no new request, lets running ones finish, and resolves when the port is free. */
  close(): Promise<void>;
}

const METHODS = ['GET', 'HEAD', 'POST'];

/** Starts listening. Throws a UsageError when the address cannot be listened on, or the certificate cannot be used. */
export async function serveMirror(options: ServeOptions): Promise<RunningServer> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const server = makeServer(options, limits);
  server.on('request', (request, response) => void answer(request, response, options, limits));
  server.maxConnections = limits.maxConnections;
  server.on('clientError', refuseConnection);
  await listen(server, options);
  const scheme = options.tls === undefined ? 'http' : 'https';
  return { url: urlOf(scheme, server.address() as AddressInfo), close: () => close(server, limits.closeTimeoutMs) };
}

function makeServer({ tls }: ServeOptions, limits: ServerLimits): Server {
  const timing = {
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    // Node looks for late requests twice a minute only, unless told otherwise.
    connectionsCheckingInterval: Math.min(limits.headersTimeoutMs, limits.requestTimeoutMs),
    maxHeaderSize: 16 * 1024,
  };
  try {
    return tls === undefined ? createServer(timing) : createTlsServer({ ...timing, ...tls, minVersion: 'TLSv1.2' });
  } catch (error) {
    throw new UsageError(
      'bad-certificate',
      `The certificate and key cannot be used: ${messageOf(error)}`,
      'Name a certificate chain and the key that belongs to it, both as PEM.',
    );
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { handle, onError, token }: ServeOptions,
  limits: ServerLimits,
): Promise<void> {
  try {
    send(request, response, await toResponse(request, handle, limits, token));
  } catch (error) {
    // A client that hung up is no fault of ours, and nobody is left to be told.
    if (request.destroyed && !request.complete) return;
    onError?.(error);
    if (!response.headersSent) send(request, response, refusal(500, 'the mirror failed on this request'));
  }
}

async function toResponse(
  request: IncomingMessage,
  handle: HttpHandler,
  limits: ServerLimits,
  token: string | undefined,
): Promise<HttpResponse> {
  if (!isAdmitted(request, token)) {
    const headers = { 'www-authenticate': 'Bearer realm="fixby mirror"', connection: 'close' };
    return refusal(401, 'this mirror wants a token', headers);
  }
  const method = request.method ?? '';
  if (!METHODS.includes(method)) return refusal(405, 'this mirror is read-only', { allow: METHODS.join(', ') });
  const body = await readBody(request, limits);
  // What is left of a refused body is not read: the connection ends with the answer.
  if (body.status === 'refused') return refusal(body.code, body.message, { connection: 'close' });
  return await handle({ method, target: request.url ?? '/', headers: flatten(request), body: body.text });
}

function flatten({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]));
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: HttpResponse): void {
  const length = String(Buffer.byteLength(body));
  response.writeHead(status, { ...headers, 'content-length': length, 'x-content-type-options': 'nosniff' });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers: { ...type, ...headers }, body: JSON.stringify({ message }) };
}

/** Answers what is not HTTP at all, or came too slowly. */
function refuseConnection(error: Error & { code?: string }, socket: Duplex): void {
  const line = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
  const body = JSON.stringify({ message: 'the request could not be read' });
  const head = [
    `HTTP/1.1 ${line}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${body.length}`,
  ];
  if (socket.writable) socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  else socket.destroy();
}

async function listen(server: Server, { host, port }: ServeOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  }).catch((error: unknown) => {
    throw new UsageError(
      'cannot-listen',
      `cannot listen on ${host} port ${port}: ${messageOf(error)}`,
      'choose another port; 0 takes a free one',
    );
  });
}

function urlOf(scheme: 'http' | 'https', { address, family, port }: AddressInfo): string {
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function close(server: Server, timeoutMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), timeoutMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
