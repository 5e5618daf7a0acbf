/** The mirror as its clients meet it: a real server on a free port, asked over HTTP, with real records' facts behind it. */
import { connect } from 'node:net';
import { gzipSync, deflateSync } from 'node:zlib';
import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { serveMirror } from '../../src/adapters/http-server/serve-mirror.ts';
import type { RunningServer, ServeOptions } from '../../src/adapters/http-server/serve-mirror.ts';
import { createUpstream } from '../../src/adapters/npm-upstream/fetch-packuments.ts';
import { createMirror } from '../../src/mirror/mirror.ts';
import { createStore } from '../../src/mirror/store.ts';
import type { HttpHandler } from '../../src/ports/http.ts';
import { makeCertificates } from '../support/certificates.ts';
import { startServer } from '../support/http-server.ts';
import { osvRecord, ranged, stored } from '../support/osv.ts';

const BULK = '/-/npm/v1/security/advisories/bulk';
const store = createStore([
  stored(osvRecord('GHSA-xvch-5gv4-984h', [ranged('npm', 'minimist', [['introduced', '0'], ['fixed', '0.2.4']])])), // prettier-ignore
  stored(
    osvRecord('PYSEC-2018-97', [
      ranged('PyPI', 'pycrypto', [
        ['introduced', '0'],
        ['last_affected', '2.6.1'],
      ]),
    ]),
  ),
]);
const mirror = createMirror({ store, rejected: 0 });

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(async (server) => await server.close()));
});

async function serve(handle: HttpHandler, rest: Partial<ServeOptions> = {}): Promise<string> {
  const server = await serveMirror({ host: '127.0.0.1', port: 0, handle, ...rest });
  running.push(server);
  return server.url;
}

interface Sent {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD' | 'PATCH' | 'OPTIONS';
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

async function send(url: string, { method = 'POST', headers = {}, body = '' }: Sent) {
  const response = await request(url, { method, headers, ...(method === 'POST' ? { body } : {}) });
  return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
}

/** Whatever the server says to these bytes. */
async function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return await new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

/** Something that happens once. */
function signal() {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}

describe('clients', () => {
  it('may send the bulk request as npm does: gzip', async () => {
    const url = await serve(mirror);
    const body = gzipSync('{"minimist":["0.0.8"],"lodash":["4.17.21"]}');
    const answer = await send(`${url}${BULK}`, { headers: { 'content-encoding': 'gzip' }, body });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ minimist: [{ vulnerable_versions: '<0.2.4' }] });
  });

  it.each([
    ['plain', 'identity', (text: string) => Buffer.from(text)],
    ['deflated', 'deflate', (text: string) => deflateSync(text)],
    ['with a byte order mark', 'identity', (text: string) => Buffer.from(`\ufeff${text}`)],
  ])('may send an OSV query %s', async (_title, encoding, encode) => {
    const url = await serve(mirror);
    const body = encode('{"package":{"ecosystem":"PyPI","name":"pycrypto"},"version":"2.6.1"}');
    const answer = await send(`${url}/v1/query`, { headers: { 'content-encoding': encoding }, body });
    expect(JSON.parse(answer.text)).toMatchObject({ vulns: [{ id: 'PYSEC-2018-97' }] });
  });

  it('get only headers for HEAD', async () => {
    const url = await serve(mirror);
    const [head, get] = [
      await send(`${url}/healthz`, { method: 'HEAD' }),
      await send(`${url}/healthz`, { method: 'GET' }),
    ];
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(get.text)));
  });

  it('are served many at a time', async () => {
    const url = await serve(mirror);
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => await send(`${url}${BULK}`, { body: `{"minimist":["0.0.${n}"]}` })),
    );
    expect(answers.every(({ status, text }) => status === 200 && text.includes('GHSA-xvch-5gv4-984h'))).toBe(true);
  });
});

describe('what is no good request', () => {
  const limits = { maxBodyBytes: 1000, maxDecodedBytes: 5000 };
  it.each<[string, string, Sent, number]>([
    ['another method', '/v1/query', { method: 'PUT' }, 405],
    ['deleting', '/lodash', { method: 'DELETE' }, 405],
    ['options', '/', { method: 'OPTIONS' }, 405],
    ['garbage', BULK, { body: '\u0000{' }, 400],
    ['no body', '/v1/query', {}, 400],
    ['bytes that are no text', '/v1/query', { body: Uint8Array.of(0xff, 0xfe, 0xfd) }, 400],
    ['gzip that is none', BULK, { headers: { 'content-encoding': 'gzip' }, body: 'plain' }, 400],
    ['gzip that is cut off', BULK, { headers: { 'content-encoding': 'gzip' }, body: gzipSync('{}').subarray(0, 15) }, 400], // prettier-ignore
    ['an encoding nobody has', BULK, { headers: { 'content-encoding': 'rot13' }, body: '{}' }, 415],
    ['encodings one inside the other', BULK, { headers: { 'content-encoding': 'gzip, gzip' }, body: '{}' }, 415],
    ['a body over the limit', BULK, { body: ' '.repeat(1001) }, 413],
    ['a gzip bomb', BULK, { headers: { 'content-encoding': 'gzip' }, body: gzipSync(' '.repeat(500_000)) }, 413],
  ])('%s is refused with a message', async (_title, path, sent, status) => {
    const url = await serve(mirror, { limits });
    const answer = await send(`${url}${path}`, sent);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ message: expect.any(String) as string });
    expect(answer.text).not.toMatch(/\bat .*:\d+:\d+|node:internal/);
    expect((await send(`${url}/healthz`, { method: 'GET' })).status).toBe(200);
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n', '400'],
    ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`, '400'],
  ])('%s is refused too', async (_title, text, status) => {
    const answer = await sendRaw(await serve(mirror), text);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('{"message":');
  });

  it('ends a request that does not come to its end', async () => {
    const slow = { headersTimeoutMs: 200, requestTimeoutMs: 300 };
    const url = await serve(mirror, { limits: slow });
    expect(await sendRaw(url, `POST ${BULK} HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{`)).toContain(' 408 ');
    expect(await sendRaw(url, 'GET / HTTP/1.1\r\nhost')).toContain(' 408 ');
  });
});

describe('the server', () => {
  it('says no more of a failing handler than that it failed', async () => {
    const errors: unknown[] = [];
    const url = await serve(() => Promise.reject(new Error('secret')), { onError: (error) => errors.push(error) });
    const answer = await send(`${url}/x`, { method: 'GET' });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([500, { message: 'the mirror failed on this request' }]);
    expect(errors).toHaveLength(1);
  });

  it('lets a running answer finish before it closes, and is gone then', async () => {
    const [arrived, released] = [signal(), signal()];
    const url = await serve(async () => {
      arrived.give();
      await released.given;
      return { status: 200, headers: {}, body: 'done' };
    });
    const answer = send(`${url}/x`, { method: 'GET' });
    await arrived.given;
    const closed = running.pop()!.close();
    released.give();
    expect((await answer).text).toBe('done');
    await closed;
    await expect(send(`${url}/x`, { method: 'GET' })).rejects.toThrow();
  });

  it('does not wait for ever', async () => {
    const arrived = signal();
    const handle = async (): Promise<never> => {
      arrived.give();
      return await new Promise(() => undefined);
    };
    const url = await serve(handle, { limits: { closeTimeoutMs: 100 } });
    const failed = expect(send(`${url}/x`, { method: 'GET' })).rejects.toThrow();
    await arrived.given;
    await running.pop()!.close();
    await failed;
  });

  it('says when a port is taken', async () => {
    const { port } = new URL(await serve(mirror));
    const again = serveMirror({ host: '127.0.0.1', port: Number(port), handle: mirror });
    await expect(again).rejects.toMatchObject({ name: 'UsageError', code: 'cannot-listen' });
  });
});

describe('the registry behind it', () => {
  const asked: { target: string; accept: string; auth: string | undefined }[] = [];
  const registry: HttpHandler = ({ target, headers }) => {
    asked.push({ target, accept: headers['accept'] ?? '', auth: headers['authorization'] });
    const status = target.includes('gone') ? 404 : target.includes('down') ? 503 : 200;
    const body = target.includes('huge') ? 'x'.repeat(20_000) : '{"name":"p"}';
    return Promise.resolve({ status, headers: { 'content-type': 'application/vnd.npm.install-v1+json' }, body });
  };

  it.each([
    ['p', 200, '/base/p'],
    ['@scope%2fp', 200, '/base/@scope%2Fp'],
    ['gone', 404, '/base/gone'],
    ['down', 502, '/base/down'],
    ['huge', 502, '/base/huge'],
  ])('is asked for %s', async (name, status, target) => {
    asked.length = 0;
    const upstream = createUpstream(`${await serve(registry)}/base`, {}, { timeoutMs: 2000, maxBytes: 10_000 });
    const url = await serve(createMirror({ store, rejected: 0, upstream }));
    const headers = { accept: 'application/vnd.npm.install-v1+json', authorization: 'Bearer secret' };
    const answer = await send(`${url}/${name}`, { method: 'GET', headers });
    expect(answer.status).toBe(status);
    expect(asked).toEqual([{ target, accept: headers.accept, auth: undefined }]);
    if (status === 200) {
      expect([answer.text, answer.headers['content-type']]).toEqual(['{"name":"p"}', headers.accept]);
    }
  });

  it('may be down or slow', async () => {
    const dead = createUpstream('http://127.0.0.1:1/', {});
    const hung = createUpstream(
      await serve(() => new Promise(() => undefined), { limits: { closeTimeoutMs: 10 } }),
      {},
      {
        timeoutMs: 200,
        maxBytes: 1000,
      },
    );
    expect(await dead.fetch('p', '')).toMatchObject({ status: 'unavailable' });
    expect(await hung.fetch('p', '')).toMatchObject({ status: 'unavailable' });
  });

  it("takes a private authority's word where the operator names it", async () => {
    const tls = makeCertificates();
    const { url } = await startServer((response) => void response.end('{}'), tls);
    const known = createUpstream(url, { SSL_CERT_FILE: tls.caFile });
    expect(await known.fetch('p', '')).toMatchObject({ status: 'found', body: '{}' });
    const unknown = await createUpstream(url, {}).fetch('p', '');
    expect(unknown).toMatchObject({ status: 'unavailable', detail: expect.stringMatching('certificate') as string });
  });

  it.each(['', 'registry', 'file:///etc', 'ftp://x/'])('cannot be %j', (registry) => {
    expect(() => createUpstream(registry, {})).toThrow(
      expect.objectContaining({ code: 'upstream-not-a-url' }) as Error,
    );
  });
});
