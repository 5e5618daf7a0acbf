/** The advisories port against a real HTTP server: what counts as an answer, what is kept, and what is never believed. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAdvisories, type AdvisoriesOptions } from '../../src/adapters/osv-api/create-advisories.ts';
import { json, startServer, text, type Route } from '../support/http-server.ts';

const ID = 'GHSA-aaaa-bbbb-cccc';
const NOT_FOUND = json(404, { code: 5, message: 'No such record.' });

const record = (id: string, rest: object = {}) => ({
  id,
  modified: '2026-01-01T00:00:00Z',
  summary: `About ${id}`,
  ...rest,
});

/** Answers with a record for whatever id is asked for. */
const anyRecord: Route = (response, request, path) =>
  json(200, record(decodeURIComponent(path.slice(path.lastIndexOf('/') + 1))))(response, request, path);

function cacheFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'fixby-cache-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function open(osvUrl: string, options: Partial<AdvisoriesOptions> = {}) {
  return createAdvisories({
    osvUrl,
    cacheDir: options.cacheDir ?? cacheFolder(),
    variables: {},
    now: () => '2026-06-01T12:00:00.000Z',
    ...options,
    limits: { retries: 2, retryDelayMs: 1, retryDelayMaxMs: 20, timeoutMs: 2000, ...options.limits },
  });
}

function onlyFile(dir: string): string {
  const [folder] = readdirSync(join(dir, 'osv'));
  const [file] = readdirSync(join(dir, 'osv', folder!));
  return join(dir, 'osv', folder!, file!);
}

describe('asking', () => {
  it('answers in the order of the ids, and asks for each once', async () => {
    const server = await startServer(anyRecord);
    const advisories = open(`${server.url}/osv/`);
    const lookUps = await advisories.lookUp(['PYSEC-2026-1', ID, 'PYSEC-2026-1']);
    expect(lookUps.map(({ id, status }) => [id, status])).toEqual([
      ['PYSEC-2026-1', 'found'],
      [ID, 'found'],
      ['PYSEC-2026-1', 'found'],
    ]);
    await advisories.lookUp([ID]);
    expect([...server.asked].sort()).toEqual([`/osv/v1/vulns/${ID}`, '/osv/v1/vulns/PYSEC-2026-1']);
    expect(lookUps[0]).toMatchObject({ record: { summary: 'About PYSEC-2026-1' }, source: `${server.url}/osv` });
  });

  it('takes the word of the source for what it does not know', async () => {
    const server = await startServer(NOT_FOUND);
    expect(await open(server.url).lookUp([ID])).toEqual([{ status: 'not-found', id: ID }]);
  });

  it('accepts a record that has the id among its aliases', async () => {
    const server = await startServer(json(200, record('PYSEC-2026-1', { aliases: [ID] })));
    expect(await open(server.url).lookUp([ID])).toMatchObject([
      { status: 'found', id: ID, record: { id: 'PYSEC-2026-1' } },
    ]);
  });

  it.each<[string, Route, RegExp]>([
    ['a page', text(200, '<html>Sign in</html>'), /no JSON.*text\/html: <html>Sign in/],
    ['a redirect', text(302, '', { location: '/login' }), /answered 302/],
    ['404 from something that is no OSV API', text(404, '<html>'), /answered 404/],
    ['404 with other JSON', json(404, { message: 'no such path' }), /answered 404/],
    ['a refusal', json(403, {}), /answered 403/],
    ['nothing', text(200, ''), /no JSON/],
    ['a truncated record', text(200, '{"id": "GHSA-'), /no JSON/],
    ['a list', json(200, []), /not of the OSV form/],
    ['an empty object', json(200, {}), /not of the OSV form/],
    ['null', json(200, null), /not of the OSV form/],
    ['another record', json(200, record('CVE-2026-1')), /CVE-2026-1, which does not name that id/],
    ['204', text(204, ''), /answered 204/],
    ['a record that is too large', json(200, record(ID, { details: 'x'.repeat(5000) })), /larger than is taken/],
    ['a cut connection', (response) => response.destroy(), /./],
    [
      'a body cut short',
      (response) =>
        void (
          response.writeHead(200, { 'content-length': '100' }),
          response.write('{'),
          setTimeout(() => response.destroy(), 5)
        ),
      /./,
    ],
  ])('believes none of it: %s', async (_, route, detail) => {
    const server = await startServer(route);
    const [lookUp] = await open(server.url, { limits: { maxBytes: 2000 } }).lookUp([ID]);
    expect(lookUp).toEqual({ status: 'unavailable', id: ID, detail: expect.stringMatching(detail) as string });
  });

  it.each(['', '../../x', 'GHSA/1', 'a b', 'a?b', '%2e', 'ü', 'x'.repeat(129), 'a\n'])(
    'never asks for %j',
    async (id) => {
      const server = await startServer(anyRecord);
      expect(await open(server.url).lookUp([id])).toMatchObject([{ status: 'unavailable', id }]);
      expect(server.asked).toEqual([]);
    },
  );

  it.each(['nonsense', 'ftp://host', 'file:///etc', 'https://host/?x=1'])(
    'refuses %s as the address of a source',
    (url) => {
      expect(() => open(url)).toThrow(expect.objectContaining({ code: 'osv-url' }));
    },
  );

  it('greets with the credentials of the address and never shows them', async () => {
    const seen: (string | undefined)[] = [];
    const server = await startServer((response, request, path) => {
      seen.push(request.headers.authorization);
      json(500, {})(response, request, path);
    });
    const advisories = open(server.url.replace('//', '//me:s%40cret@'), { limits: { retries: 0 } });
    const lookUps = await advisories.lookUp([ID]);
    expect(seen[0]).toBe(`Basic ${Buffer.from('me:s@cret').toString('base64')}`);
    expect(JSON.stringify([lookUps, advisories.source])).not.toMatch(/cret/);
  });

  it("greets as the operator's npm configuration says, unless the address says so itself", async () => {
    const seen: (string | undefined)[] = [];
    const server = await startServer((response, request, path) => {
      seen.push(request.headers.authorization);
      anyRecord(response, request, path);
    });
    const credentials = (url: URL) => ({ authorization: `Bearer for ${url.href}` });
    await open(server.url, { credentials }).lookUp([ID]);
    await open(server.url.replace('//', '//me:secret@'), { credentials }).lookUp([ID]);
    expect(seen).toEqual([`Bearer for ${server.url}/`, `Basic ${Buffer.from('me:secret').toString('base64')}`]);
  });
});

describe('outages', () => {
  it.each<[string, Route]>([
    ['500', json(500, {})],
    ['503', text(503, 'down')],
    ['429 with a wait', json(429, {}, { 'retry-after': '1' })],
    ['a reset', (response) => response.destroy()],
  ])('asks again after %s', async (_, refuse) => {
    const server = await startServer((response, request, path) => {
      server.answerWith(anyRecord);
      refuse(response, request, path);
    });
    expect(await open(server.url).lookUp([ID])).toMatchObject([{ status: 'found' }]);
    expect(server.asked).toHaveLength(2);
  });

  it('gives a record up after a bounded number of tries', async () => {
    const server = await startServer(json(503, {}));
    expect(await open(server.url).lookUp([ID])).toMatchObject([
      { status: 'unavailable', detail: expect.stringContaining('503') as string },
    ]);
    expect(server.asked).toHaveLength(3);
  });

  it('gives a silent source up', async () => {
    const server = await startServer(() => undefined);
    const advisories = open(server.url, { limits: { totalMs: 50 } });
    expect(await advisories.lookUp([ID])).toMatchObject([
      { status: 'unavailable', detail: expect.stringContaining('in time') as string },
    ]);
  });

  it('stops asking a source that is down, and says so for the rest', async () => {
    const server = await startServer(json(500, {}));
    const ids = Array.from({ length: 20 }, (_, index) => `CVE-2026-${index}`);
    const lookUps = await open(server.url, { limits: { retries: 0, concurrency: 1, patience: 3 } }).lookUp(ids);
    expect(server.asked).toHaveLength(3);
    expect(lookUps.every(({ status }) => status === 'unavailable')).toBe(true);
    expect(lookUps.at(-1)).toMatchObject({ detail: expect.stringMatching(/given up: it answered 500/) as string });
  });

  it('does not take records it cannot read for an outage', async () => {
    const server = await startServer(json(200, {}));
    const ids = Array.from({ length: 6 }, (_, index) => `CVE-2026-${index}`);
    await open(server.url, { limits: { concurrency: 1, patience: 3 } }).lookUp(ids);
    expect(server.asked).toHaveLength(6);
  });

  it('says that nobody listens', async () => {
    const server = await startServer(anyRecord);
    await server.close();
    expect(await open(server.url).lookUp([ID])).toMatchObject([
      { status: 'unavailable', detail: expect.stringContaining('ECONNREFUSED') as string },
    ]);
  });
});

describe('the cache', () => {
  it('answers without asking while fresh, and vouches anew when not', async () => {
    const cacheDir = cacheFolder();
    const server = await startServer(json(200, record(ID), { etag: '"one"' }));
    await open(server.url, { cacheDir }).lookUp([ID]);
    await open(server.url, { cacheDir, now: () => '2026-06-01T17:59:59.000Z' }).lookUp([ID]);
    expect(server.asked).toHaveLength(1);
    const conditions: unknown[] = [];
    server.answerWith((response, request) => {
      conditions.push(request.headers['if-none-match']);
      response.writeHead(304).end();
    });
    const later = () => '2026-06-01T18:00:00.000Z';
    expect(await open(server.url, { cacheDir, now: later }).lookUp([ID])).toMatchObject([
      { status: 'found', record: { id: ID } },
    ]);
    await open(server.url, { cacheDir, now: later }).lookUp([ID]);
    expect(conditions).toEqual(['"one"']);
  });

  it('does not pass a stale record off as an answer when the source is down, nor as found when it is gone', async () => {
    const cacheDir = cacheFolder();
    const server = await startServer(anyRecord);
    await open(server.url, { cacheDir }).lookUp([ID]);
    const later = { cacheDir, maxAgeMs: 0 };
    server.answerWith(json(500, {}));
    expect(await open(server.url, later).lookUp([ID])).toMatchObject([{ status: 'unavailable' }]);
    server.answerWith(NOT_FOUND);
    expect(await open(server.url, later).lookUp([ID])).toMatchObject([{ status: 'not-found' }]);
  });

  it('is all there is offline, whatever its age', async () => {
    const cacheDir = cacheFolder();
    const server = await startServer(anyRecord);
    await open(server.url, { cacheDir }).lookUp([ID]);
    const offline = open(server.url, { cacheDir, offline: true, now: () => '2036-01-01T00:00:00.000Z' });
    expect(await offline.lookUp([ID, 'CVE-2026-1'])).toEqual([
      { status: 'found', id: ID, record: record(ID), source: server.url },
      { status: 'unavailable', id: 'CVE-2026-1', detail: 'offline and not in the cache' },
    ]);
    expect(offline.source).toMatch(/offline/);
    expect(server.asked).toHaveLength(1);
  });

  it('keeps sources apart', async () => {
    const cacheDir = cacheFolder();
    const [one, other] = [await startServer(anyRecord), await startServer(NOT_FOUND)];
    await open(one.url, { cacheDir }).lookUp([ID]);
    expect(await open(other.url, { cacheDir }).lookUp([ID])).toEqual([{ status: 'not-found', id: ID }]);
  });

  it.each<[string, (entry: string) => string]>([
    ['truncated', (entry) => entry.slice(0, 40)],
    ['empty', () => ''],
    ['of another id', (entry) => entry.replace(`"id":"${ID}"`, '"id":"CVE-2026-1"')],
    ['of another source', (entry) => entry.replace('127.0.0.1', '127.0.0.2')],
    ['of a form to come', (entry) => entry.replace('"form":1', '"form":2')],
    ['without a record', (entry) => entry.replace('"record":', '"note":')],
    ['from the future', (entry) => entry.replace('2026-06-01', '2027-06-01')],
  ])('does not believe a file that is %s', async (_, damage) => {
    const cacheDir = cacheFolder();
    const server = await startServer(anyRecord);
    await open(server.url, { cacheDir }).lookUp([ID]);
    const file = onlyFile(cacheDir);
    writeFileSync(file, damage(readFileSync(file, 'utf8')));
    expect(await open(server.url, { cacheDir }).lookUp([ID])).toMatchObject([{ status: 'found' }]);
    expect(server.asked).toHaveLength(2);
  });

  it('is done without where it cannot be written', async () => {
    const server = await startServer(anyRecord);
    expect(await open(server.url, { cacheDir: '/dev/null' }).lookUp([ID])).toMatchObject([{ status: 'found' }]);
  });
});

describe('the proxy of the operator', () => {
  async function startProxy(): Promise<{ url: string; tunnels: string[] }> {
    const tunnels: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, client) => {
      tunnels.push(request.url ?? '');
      const [host, port] = (request.url ?? '').split(':');
      const upstream = connect(Number(port), host, () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(client).pipe(upstream);
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      proxy.close();
      proxy.closeAllConnections();
    });
    return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, tunnels };
  }

  it('is used, and passed by where NO_PROXY says so', async () => {
    const [proxy, server] = [await startProxy(), await startServer(anyRecord)];
    const through = open(server.url, { variables: { HTTP_PROXY: proxy.url } });
    expect(await through.lookUp([ID])).toMatchObject([{ status: 'found' }]);
    expect(proxy.tunnels).toEqual([server.url.replace('http://', '')]);
    const past = open(server.url, { variables: { http_proxy: proxy.url, NO_PROXY: '127.0.0.1' } });
    expect(await past.lookUp([ID])).toMatchObject([{ status: 'found' }]);
    expect(proxy.tunnels).toHaveLength(1);
  });
});
