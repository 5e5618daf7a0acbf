/** The registry port against real HTTP servers: what counts as a date, what is kept, and what is never believed or sent. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRegistry, type RegistryOptions } from '../../src/adapters/registry/create-registry.ts';
import type { Ecosystem } from '../../src/core/model/ecosystem.ts';
import type { ReleasesLookup } from '../../src/core/model/package-releases.ts';
import { json, startServer, text, type Route } from '../support/http-server.ts';

const NOW = '2026-06-01T12:00:00.000Z';
const LATER = '2026-06-01T20:00:00.000Z';

const PACKUMENT = {
  name: 'left',
  versions: { '1.0.0': {}, '1.0.1': {} },
  time: {
    created: '2019-12-31T00:00:00.000Z',
    modified: '2020-03-01T00:00:00.000Z',
    '1.0.0': '2020-01-01T00:00:00.000Z',
    '1.0.1': '2020-02-01T10:20:30Z',
    '1.0.2': '2020-03-01T00:00:00.000Z',
  },
};
const FOUND_NPM = {
  status: 'found',
  published: [
    { version: '1.0.0', at: '2020-01-01T00:00:00.000Z' },
    { version: '1.0.1', at: '2020-02-01T10:20:30.000Z' },
  ],
  withdrawn: ['1.0.2'],
};

const file = (filename: string, day: string, rest: object = {}) => ({
  filename,
  'upload-time': `${day}T00:00:00.123456Z`,
  yanked: false,
  ...rest,
});
const PAGE = {
  meta: { 'api-version': '1.1' },
  name: 'left',
  files: [
    file('left-1.0-py3-none-any.whl', '2020-01-03'),
    file('left-1.0.tar.gz', '2020-01-01'),
    file('left-1.1.tar.gz', '2020-02-01', { yanked: 'broken' }),
    file('left-1.1-py3-none-any.whl', '2020-02-02', { yanked: true }),
    file('left-1.2.tar.gz', '2020-03-01', { yanked: '' }),
    file('left-1.2-py3-none-any.whl', '2020-03-02'),
    file('left-1.3.tar.gz', '2020-04-01', { 'upload-time': null }),
    file('left-1.4.win32.exe', '2020-05-01'),
  ],
};
const FOUND_PYPI = {
  status: 'found',
  published: [
    { version: '1.0', at: '2020-01-01T00:00:00.123Z' },
    { version: '1.2', at: '2020-03-01T00:00:00.123Z' },
  ],
  withdrawn: ['1.1'],
};

function cacheFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'fixby-cache-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function open(options: Partial<RegistryOptions> = {}) {
  return createRegistry({
    cacheDir: options.cacheDir ?? cacheFolder(),
    variables: {},
    credentials: () => ({}),
    now: () => NOW,
    ...options,
    limits: { retries: 2, retryDelayMs: 1, retryDelayMaxMs: 20, timeoutMs: 2000, ...options.limits },
  });
}

async function lookUpOne(
  url: string,
  options: Partial<RegistryOptions> = {},
  ecosystem: Ecosystem = 'npm',
  name = 'left',
): Promise<ReleasesLookup> {
  const [answer] = await open(options).lookUp(ecosystem, { url, own: true }, [name]);
  return answer!;
}

/** Answers as `route` does and keeps what was asked. */
async function watch(route: Route) {
  const requests: IncomingMessage[] = [];
  const server = await startServer((response, request, path) => {
    requests.push(request);
    route(response, request, path);
  });
  return { ...server, requests };
}

describe.each([
  { ecosystem: 'npm' as const, document: PACKUMENT, found: FOUND_NPM, path: '/left', accept: 'application/json' },
  {
    ecosystem: 'PyPI' as const,
    document: PAGE,
    found: FOUND_PYPI,
    path: '/left/',
    accept: 'application/vnd.pypi.simple.v1+json',
  },
])('$ecosystem', ({ ecosystem, document, found, path, accept }) => {
  const ask = (url: string, options: Partial<RegistryOptions> = {}) => lookUpOne(url, options, ecosystem);

  it('tells what can be installed since when, and what was taken back', async () => {
    const server = await watch(json(200, document));
    expect(await ask(`${server.url}/team/`)).toEqual({ ...found, name: 'left', source: `${server.url}/team` });
    expect(server.asked).toEqual([`/team${path}`]);
    expect(server.requests[0]?.headers.accept).toBe(accept);
  });

  it('reads what is packed', async () => {
    const packed = gzipSync(JSON.stringify(document));
    const server = await startServer((response) => {
      response.writeHead(200, { 'content-type': accept, 'content-encoding': 'gzip' });
      response.end(packed);
    });
    expect(await ask(server.url)).toMatchObject(found);
  });

  it('asks once in a run, and not again while the cache is fresh', async () => {
    const server = await startServer(json(200, document));
    const cacheDir = cacheFolder();
    const source = { url: server.url, own: true };
    const registry = open({ cacheDir });
    await Promise.all([
      registry.lookUp(ecosystem, source, ['left', 'left']),
      registry.lookUp(ecosystem, source, ['left']),
    ]);
    expect(await ask(server.url, { cacheDir })).toMatchObject(found);
    expect(server.asked).toHaveLength(1);
  });

  it('lets the registry say that nothing changed', async () => {
    const server = await watch(json(200, document, { etag: '"one"' }));
    const cacheDir = cacheFolder();
    await ask(server.url, { cacheDir });
    server.answerWith((response) => response.writeHead(304, { 'content-encoding': 'gzip' }).end());
    expect(await ask(server.url, { cacheDir, now: () => LATER })).toMatchObject(found);
    expect(await ask(server.url, { cacheDir, now: () => LATER })).toMatchObject(found);
    expect(server.asked).toHaveLength(2);
  });

  it('asks nobody when offline', async () => {
    const server = await startServer(json(200, document));
    const cacheDir = cacheFolder();
    await ask(server.url, { cacheDir });
    const offline = { cacheDir, offline: true, now: () => '2027-01-01T00:00:00.000Z' };
    expect(await ask(server.url, offline)).toMatchObject(found);
    expect(await lookUpOne(server.url, offline, ecosystem, 'right')).toEqual({
      status: 'unavailable',
      name: 'right',
      detail: 'offline and not in the cache',
    });
    expect(server.asked).toHaveLength(1);
  });

  it.each<[string, Route]>([
    ['an outage', json(503, {})],
    ['a page', text(200, '<html>Sign in</html>')],
    ['a refusal', json(401, {})],
    ['half an answer', text(200, JSON.stringify(document).slice(0, -20))],
  ])('keeps what was known through %s', async (_what, route) => {
    const server = await startServer(json(200, document));
    const cacheDir = cacheFolder();
    await ask(server.url, { cacheDir });
    server.answerWith(route);
    expect(await ask(server.url, { cacheDir, now: () => LATER })).toMatchObject(found);
    expect(await ask(server.url)).toMatchObject({ status: 'unavailable' });
  });

  it.each<[string, Route, RegExp]>([
    ['a page', text(200, '<html>Sign in</html>'), /no packument|JSON form/],
    ['an empty object', json(200, {}), /no packument|JSON form/],
    ['an empty answer', text(200, ''), /no packument|JSON form/],
    ['a redirect', text(302, '', { location: '/login' }), /answered 302/],
    ['405, as a registry without audits gives', json(405, {}), /answered 405/],
    ['429 for ever', json(429, {}), /answered 429, however often/],
    ['packed garbage', text(200, 'no gzip', { 'content-encoding': 'gzip' }), /incorrect header/],
  ])('gives no dates for %s', async (_what, route, detail) => {
    const server = await startServer(route);
    const answer = await ask(server.url);
    expect(answer).toMatchObject({ status: 'unavailable' });
    expect('detail' in answer && answer.detail).toMatch(detail);
  });

  it('takes the word of the registry for what it does not have', async () => {
    const server = await startServer(json(404, { error: 'not_found' }));
    expect(await ask(server.url)).toEqual({ status: 'not-found', name: 'left', source: server.url });
  });

  it('asks again after a passing failure', async () => {
    let asked = 0;
    const server = await startServer((...request) => json((asked += 1) < 3 ? 503 : 200, document)(...request));
    expect(await ask(server.url)).toMatchObject(found);
  });

  it('takes no more than it is told to', async () => {
    const server = await startServer(json(200, { ...document, readme: 'x'.repeat(5000) }));
    expect(await ask(server.url, { limits: { maxBytes: 4000 } })).toMatchObject({
      status: 'unavailable',
      detail: expect.stringContaining('larger than is taken') as string,
    });
  });

  it('takes no more than it is told to of what is packed', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000, 0x20));
    const server = await startServer((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(bomb);
    });
    expect(await ask(server.url, { limits: { maxBytes: 100_000 } })).toMatchObject({
      detail: expect.stringContaining('larger than is taken') as string,
    });
  });

  it('gives up a registry that is down', async () => {
    const server = await startServer(text(500, ''));
    const names = Array.from({ length: 30 }, (_, index) => `left-${index}`);
    const limits = { retries: 0, concurrency: 1, patience: 3, retryDelayMs: 1, retryDelayMaxMs: 1, timeoutMs: 2000 };
    const answers = await open({ limits }).lookUp(ecosystem, { url: server.url, own: true }, names);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['unavailable']));
    expect(server.asked).toHaveLength(3);
  });

  it.each(['../left', 'left/../../right', '.left', 'left?x=1', 'left#x', 'le ft', '', '@a/b/c', 'x'.repeat(300)])(
    'asks nothing for %j',
    async (name) => {
      const server = await startServer(json(200, document));
      expect(await lookUpOne(server.url, {}, ecosystem, name)).toMatchObject({ status: 'unavailable' });
      expect(server.asked).toEqual([]);
    },
  );

  it.each(['{}', 'garbage', '', '[]', '{"form":1}'])('believes no cache file that holds %j', async (content) => {
    const server = await startServer(json(200, document));
    const cacheDir = cacheFolder();
    await ask(server.url, { cacheDir });
    writeFileSync(onlyFile(cacheDir), content);
    expect(await ask(server.url, { cacheDir })).toMatchObject(found);
    expect(server.asked).toHaveLength(2);
  });

  it('believes no cache file of another package or registry', async () => {
    const server = await startServer(json(200, document));
    const cacheDir = cacheFolder();
    await ask(server.url, { cacheDir });
    const path = onlyFile(cacheDir);
    const kept = readFileSync(path, 'utf8');
    writeFileSync(path, kept.replace('"name":"left"', '"name":"right"'));
    await ask(server.url, { cacheDir });
    writeFileSync(path, kept.replace(server.url, 'https://registry.test'));
    await ask(server.url, { cacheDir });
    expect(server.asked).toHaveLength(3);
  });

  it('answers all the same when it cannot keep anything', async () => {
    const server = await startServer(json(200, document));
    const blocked = join(cacheFolder(), 'file');
    writeFileSync(blocked, '');
    expect(await ask(server.url, { cacheDir: blocked })).toMatchObject(found);
  });
});

function onlyFile(dir: string): string {
  const [folder] = readdirSync(join(dir, 'releases'));
  const [name] = readdirSync(join(dir, 'releases', folder!));
  return join(dir, 'releases', folder!, name!);
}

describe('an npm registry', () => {
  it('is asked about a scoped package in one segment', async () => {
    const server = await startServer(json(200, PACKUMENT));
    expect(await lookUpOne(server.url, {}, 'npm', '@scope/left')).toMatchObject(FOUND_NPM);
    expect(server.asked).toEqual(['/@scope%2Fleft']);
  });

  it('is read while it comes in, however large it is', async () => {
    const manifest = JSON.stringify({ readme: 'x'.repeat(100_000), time: { '9.9.9': '2001-01-01' } });
    const server = await startServer((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(`{"time":${JSON.stringify(PACKUMENT.time)},"versions":{"1.0.0":${manifest}`);
      for (let count = 0; count < 300; count += 1) response.write(`,"2.0.${count}":${manifest}`);
      response.end(`,"1.0.1":${manifest}}}`);
    });
    expect(await lookUpOne(server.url)).toMatchObject(FOUND_NPM);
  });

  const credentials = () => ({ authorization: 'Bearer mine' });

  it('is greeted with the credentials npm has for it', async () => {
    const server = await watch(json(200, PACKUMENT));
    await lookUpOne(server.url, { credentials });
    expect(server.requests[0]?.headers.authorization).toBe('Bearer mine');
  });

  it('is told no secret in clear text when only the repository names it', async () => {
    const server = await watch(json(200, PACKUMENT));
    await open({ credentials }).lookUp('npm', { url: server.url, own: false }, ['left']);
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('is greeted with the credentials in its address, which nobody gets to see', async () => {
    const server = await watch(json(401, {}));
    const url = server.url.replace('//', '//me:s%33cret%25@');
    const answer = await lookUpOne(url, { credentials });
    const expected = `Basic ${Buffer.from('me:s3cret%').toString('base64')}`;
    expect(server.requests[0]?.headers.authorization).toBe(expected);
    expect(JSON.stringify(answer)).not.toContain('cret');
  });
});

describe('a Python index', () => {
  it('is not told the credentials of npm', async () => {
    const server = await watch(json(200, PAGE));
    await lookUpOne(server.url, { credentials: () => ({ authorization: 'Bearer mine' }) }, 'PyPI');
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('tells nothing when it has no upload times', async () => {
    const server = await startServer(json(200, { files: [{ filename: 'left-1.0.tar.gz' }] }));
    expect(await lookUpOne(server.url, {}, 'PyPI')).toMatchObject({
      status: 'unavailable',
      detail: expect.stringContaining('gives no upload times') as string,
    });
  });

  it('may have a package without files', async () => {
    const server = await startServer(json(200, { files: [] }));
    expect(await lookUpOne(server.url, {}, 'PyPI')).toMatchObject({ status: 'found', published: [], withdrawn: [] });
  });
});
