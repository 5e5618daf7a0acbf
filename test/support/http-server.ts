/** A real HTTP server on loopback whose answers a test can change between requests. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Certificates } from './certificates.ts';

/** Answers one request; `path` is percent-encoded as it came. */
export type Route = (response: ServerResponse, request: IncomingMessage, path: string) => void;

export interface TestServer {
  readonly url: string;
  /** Paths asked for so far, in order. */
  readonly asked: readonly string[];
  answerWith(route: Route): void;
  close(): Promise<void>;
}

/** Starts a server that answers with `route`, over TLS where it is given something to prove itself; it is stopped when the test ends. */
export async function startServer(route: Route, tls?: Pick<Certificates, 'key' | 'cert'>): Promise<TestServer> {
  const asked: string[] = [];
  let current = route;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? '';
    asked.push(path);
    current(response, request, path);
  };
  const server = tls === undefined ? createServer(answer) : createTlsServer({ key: tls.key, cert: tls.cert }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  const url = tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`;
  return { url, asked, answerWith: (next) => void (current = next), close };
}

/** A route that answers every request with one status and JSON. */
export function json(status: number, document: unknown, headers: Readonly<Record<string, string>> = {}): Route {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(document));
  };
}

/** A route that answers every request with one status and text. */
export function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Route {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end(body);
  };
}
