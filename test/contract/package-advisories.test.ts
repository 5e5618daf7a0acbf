/** The port for everything known of a package: an OSV API over real HTTP, and a store of records, give the same answers. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAdvisories, type AdvisoriesOptions } from '../../src/adapters/osv-api/create-advisories.ts';
import { createPackageAdvisories } from '../../src/adapters/osv-api/create-package-advisories.ts';
import { createMirror } from '../../src/mirror/mirror.ts';
import { packagesInStore } from '../../src/mirror/packages-in-store.ts';
import { createStore } from '../../src/mirror/store.ts';
import type { PackageAdvisories } from '../../src/ports/advisories.ts';
import { json, startServer, text, type Route, type TestServer } from '../support/http-server.ts';
import { osvRecord, ranged, stored } from '../support/osv.ts';

const flaw = (id: string, name: string, ecosystem = 'npm', rest: object = {}) =>
  osvRecord(
    id,
    [
      ranged(ecosystem, name, [
        ['introduced', '0'],
        ['fixed', '2.0.0'],
      ]),
    ],
    rest,
  );
const STORE = createStore(
  [
    flaw('GHSA-1', 'left'),
    flaw('GHSA-2', 'left'),
    flaw('GHSA-3', 'left', 'npm', { withdrawn: '2026-01-01T00:00:00Z' }),
    flaw('PYSEC-1', 'left', 'PyPI'),
    flaw('GHSA-4', 'right'),
  ].map((record) => stored(record)),
);

function cacheFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'fixby-cache-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function open(osvUrl: string, options: Partial<AdvisoriesOptions> = {}): PackageAdvisories {
  const all: AdvisoriesOptions = {
    osvUrl,
    cacheDir: cacheFolder(),
    variables: {},
    now: () => '2026-06-01T12:00:00.000Z',
    ...options,
    limits: { retries: 2, retryDelayMs: 1, retryDelayMaxMs: 20, timeoutMs: 2000, ...options.limits },
  };
  return createPackageAdvisories(all, createAdvisories(all));
}

/** A real OSV API as far as fixby goes: its own mirror, with pages of one record. */
function startMirror(): Promise<TestServer> {
  const handle = createMirror({ store: STORE, rejected: 0, pageSize: 1 });
  return startServer((response, request) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      void handle({ method: request.method ?? '', target: request.url ?? '', headers: {}, body }).then((answer) => {
        response.writeHead(answer.status, answer.headers);
        response.end(answer.body);
      });
    });
  });
}

const idsOf = async (advisories: PackageAdvisories, names: readonly string[], ecosystem: 'npm' | 'PyPI' = 'npm') =>
  (await advisories.forPackages(ecosystem, names)).map((lookup) =>
    lookup.status === 'known' ? lookup.records.map(({ id }) => id) : lookup.detail,
  );

describe.each<[string, () => Promise<PackageAdvisories>]>([
  ['an OSV API', async () => open((await startMirror()).url)],
  ['a store', () => Promise.resolve(packagesInStore(STORE, 'records'))],
])('%s', (_, start) => {
  it('gives every standing record of a package, and nothing for one it does not know', async () => {
    const advisories = await start();
    expect(await idsOf(advisories, ['right', 'left', 'nobody', 'left'])).toEqual([
      ['GHSA-4'],
      ['GHSA-1', 'GHSA-2'],
      [],
      ['GHSA-1', 'GHSA-2'],
    ]);
    expect(await idsOf(advisories, ['left'], 'PyPI')).toEqual([['PYSEC-1']]);
    expect(await idsOf(advisories, [])).toEqual([]);
  });
});

describe('asking an OSV API', () => {
  const listing: Route = (response, request, path) =>
    (path.endsWith('/querybatch')
      ? json(200, { results: [{ vulns: [{ id: 'GHSA-1' }] }] })
      : json(200, flaw('GHSA-1', 'left')))(response, request, path);

  it.each<[string, Route, RegExp]>([
    ['a page', text(200, '<html>Sign in'), /no list of advisories \(text\/html: <html>Sign in/],
    ['a refusal', json(403, {}), /answered 403/],
    ['too few answers', json(200, { results: [] }), /answered 0 of 1 queries/],
    ['no list', json(200, { results: {} }), /no list of advisories/],
    ['an outage', json(503, {}), /answered 503, however often/],
    ['pages without end', json(200, { results: [{ next_page_token: 'x' }] }), /page after page/],
    ['too much', json(200, { results: [{ vulns: [{ id: 'x'.repeat(5000) }] }] }), /larger than is taken/],
    ['a cut connection', (response) => response.destroy(), /./],
  ])('takes no answer for the packages when it gets %s', async (_, route, detail) => {
    const server = await startServer(route);
    const [lookup] = await open(server.url, { limits: { maxBytes: 2000 } }).forPackages('npm', ['left']);
    expect(lookup).toEqual({ status: 'unavailable', name: 'left', detail: expect.stringMatching(detail) as string });
  });

  it('does not know a package one of whose records it could not get', async () => {
    const server = await startServer((response, request, path) =>
      (path.endsWith('/querybatch') ? json(200, { results: [{ vulns: [{ id: 'GHSA-1' }] }] }) : json(500, {}))(
        response,
        request,
        path,
      ),
    );
    expect(await open(server.url).forPackages('npm', ['left'])).toMatchObject([{ status: 'unavailable' }]);
  });

  it('leaves out a record that was taken back in between', async () => {
    const server = await startServer((response, request, path) =>
      (path.endsWith('/querybatch')
        ? json(200, { results: [{ vulns: [{ id: 'GHSA-1' }] }] })
        : json(404, { code: 5, message: 'No such record.' }))(response, request, path),
    );
    expect(await idsOf(open(server.url), ['left'])).toEqual([[]]);
  });

  it('asks in batches of a thousand', async () => {
    const server = await startMirror();
    const names = Array.from({ length: 1500 }, (_each, index) => `p${index}`);
    await open(server.url).forPackages('npm', [...names, 'left']);
    expect(server.asked.filter((path) => path.endsWith('/querybatch'))).toHaveLength(3);
  });

  it('asks once, and lives offline on what it was told', async () => {
    const server = await startServer(listing);
    const cacheDir = cacheFolder();
    expect(await idsOf(open(server.url, { cacheDir }), ['left'])).toEqual([['GHSA-1']]);
    expect(await idsOf(open(server.url, { cacheDir }), ['left'])).toEqual([['GHSA-1']]);
    expect(server.asked).toHaveLength(2);
    const offline = open(server.url, { cacheDir, offline: true, now: () => '2030-01-01T00:00:00.000Z' });
    expect(await idsOf(offline, ['left', 'right'])).toEqual([
      ['GHSA-1'],
      expect.stringContaining('offline and not in the cache'),
    ]);
    expect(server.asked).toHaveLength(2);
  });

  it('asks again when what it was told is old, or from the future', async () => {
    const server = await startServer(listing);
    const cacheDir = cacheFolder();
    await idsOf(open(server.url, { cacheDir }), ['left']);
    await idsOf(open(server.url, { cacheDir, now: () => '2026-06-01T19:00:00.000Z' }), ['left']);
    await idsOf(open(server.url, { cacheDir, now: () => '2026-05-01T00:00:00.000Z' }), ['left']);
    expect(server.asked.filter((path) => path.endsWith('/querybatch'))).toHaveLength(3);
  });

  it.each(['nonsense', '{}', '{"form":1,"source":"elsewhere","ecosystem":"npm","packages":[]}'])(
    'believes no cache file that says %s',
    async (content) => {
      const server = await startServer(listing);
      const cacheDir = cacheFolder();
      await idsOf(open(server.url, { cacheDir }), ['left']);
      const [folder = ''] = readdirSync(join(cacheDir, 'osv'));
      const file = join(cacheDir, 'osv', folder, 'packages', 'npm.json');
      expect(readFileSync(file, 'utf8')).toContain('GHSA-1');
      writeFileSync(file, content);
      expect(await idsOf(open(server.url, { cacheDir }), ['left'])).toEqual([['GHSA-1']]);
      expect(server.asked.filter((path) => path.endsWith('/querybatch'))).toHaveLength(2);
    },
  );
});
