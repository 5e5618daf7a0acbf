/** The way out for notifications, against real servers: patient with what passes, done with what does not, and silent about secrets. */
import { createHmac } from 'node:crypto';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { HttpCall } from '../../src/core/model/channel.ts';
import { makeCertificates } from '../support/certificates.ts';
import { startServer, text } from '../support/http-server.ts';
import type { Route } from '../support/http-server.ts';
import { LIMITS, NOW, openOutbox as open } from '../support/outbox.ts';

function post(url: string, over: Partial<HttpCall> = {}): HttpCall {
  return { method: 'POST', url, headers: {}, body: '{"a":1}', repeatable: true, ...over };
}

/** Answers with each status in turn, and with the last one for ever. */
function inTurn(statuses: readonly number[], headers: Readonly<Record<string, string>> = {}): Route {
  let nth = 0;
  return (response, request, path) => {
    const status = statuses[Math.min(nth, statuses.length - 1)] ?? 200;
    nth += 1;
    request.resume().on('end', () => text(status, 'said', headers)(response, request, path));
  };
}

describe('HTTP', () => {
  it('sends the body with its headers, signed over the time and every byte', async () => {
    const got = { headers: {}, body: '' };
    const server = await startServer((response, request) => {
      got.headers = request.headers;
      request.setEncoding('utf8').on('data', (chunk: string) => (got.body += chunk));
      request.on('end', () => response.end('ok'));
    });
    const body = '{"text":"żółw 🐢"}';
    const call = post(server.url, {
      body,
      headers: { 'content-type': 'application/json' },
      signingKey: 'k'.repeat(32),
    });
    expect(await open().http(call)).toEqual({ status: 'answered', code: 200, body: 'ok' });
    expect(got.body).toBe(body);
    const seconds = Math.floor(Date.parse(NOW) / 1000);
    const hmac = createHmac('sha256', 'k'.repeat(32)).update(`${seconds}.${body}`).digest('hex');
    expect(got.headers).toMatchObject({
      'content-type': 'application/json',
      'x-fixby-signature': `t=${seconds},v1=${hmac}`,
      'user-agent': 'fixby',
    });
  });

  it.each([
    ['429 with Retry-After', [429, 200], { 'retry-after': '0' }],
    ['500', [500, 200], {}],
    ['502 and 503', [502, 503, 200], {}],
  ])('tries again after %s', async (_what, statuses, headers) => {
    const server = await startServer(inTurn(statuses, headers));
    expect(await open().http(post(server.url))).toMatchObject({ status: 'answered', code: 200 });
    expect(server.asked).toHaveLength(statuses.length);
  });

  it('gives up on a server that stays down, and says how often it asked in words', async () => {
    const server = await startServer(inTurn([503]));
    const reply = await open().http(post(server.url));
    expect(reply).toEqual({ status: 'failed', detail: 'it answered 503, however often it was asked' });
    expect(server.asked).toHaveLength(3);
  });

  it.each([
    [500, 1],
    [503, 3],
  ])('sends what must not arrive twice again only where it was not taken: %s', async (status, times) => {
    const server = await startServer(inTurn([status]));
    await open().http(post(server.url, { repeatable: false }));
    expect(server.asked).toHaveLength(times);
  });

  it.each([302, 307, 400, 401, 404, 410])('hands a %s over as it is, and follows nothing', async (status) => {
    const elsewhere = await startServer(inTurn([200]));
    const server = await startServer(inTurn([status], { location: elsewhere.url }));
    expect(await open().http(post(server.url))).toMatchObject({ status: 'answered', code: status });
    expect(server.asked).toHaveLength(1);
    expect(elsewhere.asked).toHaveLength(0);
  });

  it.each<[what: string, route: Route]>([
    ['never answers', () => undefined],
    ['hangs up', (response) => void response.socket?.destroy()],
    [
      'stops in the middle of its answer',
      (response) => void response.writeHead(200, { 'content-length': '9' }).write('a'),
    ],
    ['speaks something else', (response) => void response.socket?.end('SSH-2.0-OpenSSH_9.9\r\n')],
    [
      'floods',
      (response) => {
        const flood = (): void => {
          response.write('x'.repeat(1 << 20), flood);
        };
        response.on('error', () => undefined);
        flood();
      },
    ],
  ])('says so of a server that %s', async (_what, route) => {
    const server = await startServer(route);
    const reply = await open().http(post(server.url));
    expect(reply).toMatchObject({ status: 'failed' });
    expect(reply.status === 'failed' && reply.detail).toMatch(/./);
  });

  it('says so when nobody listens', async () => {
    const server = await startServer(inTurn([200]));
    await server.close();
    expect(await open().http(post(server.url))).toMatchObject({ status: 'failed' });
  });

  it('ends while it waits to try again, as soon as the operator says stop', async () => {
    const server = await startServer(inTurn([503], { 'retry-after': '3' }));
    const stop = new AbortController();
    const limits = { ...LIMITS, retryDelayMaxMs: 30_000 };
    const sending = open({ signal: stop.signal, limits, totalMs: 60_000 }).http(post(server.url));
    setTimeout(() => stop.abort(), 100);
    expect(await sending).toEqual({ status: 'failed', detail: 'it did not take the message in time' });
    expect(server.asked).toHaveLength(1);
  });

  it("takes a private authority's word only where the operator names it", async () => {
    const tls = makeCertificates();
    const { url } = await startServer((response) => void response.end('ok'), tls);
    const variables = { SSL_CERT_FILE: tls.caFile };
    expect(await open({ variables }).http(post(url))).toMatchObject({ status: 'answered', code: 200 });
    // Node would forget the second of two lists.
    const both = { SSL_CERT_FILE: makeCertificates().caFile, NODE_EXTRA_CA_CERTS: tls.caFile };
    expect(await open({ variables: both }).http(post(url))).toMatchObject({ status: 'answered', code: 200 });
    const doubted = await open().http(post(url));
    expect(doubted.status === 'failed' && doubted.detail).toMatch(/certificate/);
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await open().http(post(url))).toEqual(doubted);
  });
});
