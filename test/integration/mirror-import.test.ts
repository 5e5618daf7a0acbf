/** `fixby mirror import` over real files and a real server: what a dump may hold, and what becomes of the mirror then. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runMirrorImport } from '../../src/cli/commands/mirror-import.ts';
import { runMirrorStatus } from '../../src/cli/commands/mirror-status.ts';
import { runInProcess } from '../support/in-process.ts';
import type { CommandRun } from '../support/in-process.ts';
import { startServer } from '../support/http-server.ts';
import type { Route } from '../support/http-server.ts';
import { mirrorIn, temporaryFolder } from '../support/mirror.ts';
import { block, osvRecord, ranged } from '../support/osv.ts';
import { zip } from '../support/zip.ts';
import type { ZipEntry } from '../support/zip.ts';

const ANY = [['introduced', '0']] as const;
const json = (id: string, name = 'p', ecosystem = 'npm'): string =>
  JSON.stringify(osvRecord(id, [ranged(ecosystem, name, ANY)]));
const entry = (id: string, name = 'p'): ZipEntry => ({ name: `${id}.json`, content: json(id, name) });
const GOOD = [entry('GHSA-1'), entry('GHSA-2')];

function lay(folder: string, path: string, content: string | Uint8Array): string {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, content);
  return whole;
}

function runImport(folder: string, names: readonly string[], options: Record<string, unknown>): Promise<CommandRun> {
  return runInProcess(folder, (world) =>
    runMirrorImport(world, names, { mirror: join(folder, 'mirror'), quiet: true, ...options }),
  );
}

function idsIn(folder: string, name = 'p', ecosystem: 'npm' | 'PyPI' = 'npm'): readonly string[] | string {
  const reading = mirrorIn(join(folder, 'mirror')).current();
  if (reading.status !== 'open') return 'no mirror';
  return reading.generation.store.byPackage(ecosystem, name).map(({ record: { id } }) => id);
}

describe('an archive', () => {
  const hostile: readonly (readonly [title: string, entry: ZipEntry, why: RegExp])[] = [
    ['a link', { name: 'GHSA-9.json', content: '/etc/passwd', mode: 0o120777, stored: true }, /it is a link/],
    ['a path that leads out', { name: '../../GHSA-9.json', content: json('GHSA-9') }, /leads out of the archive/],
    ['an absolute path', { name: '/etc/GHSA-9.json', content: json('GHSA-9') }, /leads out of the archive/],
    ['a bomb', { name: 'GHSA-9.json', content: ' '.repeat(7_000_000) }, /sizes are not believable/],
    ['a bomb that lies', { name: 'GHSA-9.json', content: ' '.repeat(7_000_000), claimedSize: 900 }, /GHSA-9/],
    ['50 MB in one record', { name: 'GHSA-9.json', content: '', claimedSize: 52_428_800 }, /it is larger than 8388608 bytes/],
    ['an unknown schema_version', { name: 'GHSA-9.json', content: json('GHSA-9').replace('{', '{"schema_version":"2.0.0",') }, /schema_version is 2\.0\.0/],
    ['a schema_version of no sense', { name: 'GHSA-9.json', content: json('GHSA-9').replace('{', '{"schema_version":"latest",') }, /schema_version is latest/],
    ['a record that is cut off', { name: 'GHSA-9.json', content: json('GHSA-9').slice(0, 40) }, /it is not JSON/],
    ['a terminal sequence for a name', { name: '\u001b[2J.json', content: '{' }, /\\u\{1b\}\[2J\.json/],
  ]; // prettier-ignore

  it.each(hostile)('with %s loses that file, names it, and no other', async (_title, bad, why) => {
    const folder = temporaryFolder();
    const from = lay(folder, 'npm.zip', zip([GOOD[0]!, bad, GOOD[1]!]));
    const run = await runImport(folder, ['npm'], { from: [from] });
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(/npm: files that are no usable record: 1\n/);
    expect(run.stderr).toMatch(why);
    expect(idsIn(folder)).toEqual(['GHSA-1', 'GHSA-2']);
  });

  const useless: readonly (readonly [title: string, content: Uint8Array, why: RegExp])[] = [
    ['is cut off', zip(GOOD).subarray(0, 300), /cannot be read as advisories/],
    ['is no archive', Buffer.from('<html>404</html>'), /cannot be read as advisories/],
    ['is empty', new Uint8Array(), /cannot be read as advisories/],
    ['holds nothing', zip([]), /no usable record: 0 files are malformed/],
    ['holds malformed records only', zip([{ name: 'GHSA-1.json', content: '{' }, { name: 'x.json', content: '[]' }]), /no usable record: 2 files are malformed .*GHSA-1\.json: it is not JSON/],
    ['is of another ecosystem', zip([{ name: 'GO-1.json', content: json('GO-1', 'p', 'Go') }]), /1 are of other ecosystems/],
  ]; // prettier-ignore

  it.each(useless)('that %s is an error, and the mirror is as it was', async (_title, content, why) => {
    const folder = temporaryFolder();
    const first = lay(folder, 'good.zip', zip(GOOD));
    const bad = lay(folder, 'bad.zip', content);
    const fresh = await runImport(folder, ['npm'], { from: [bad] });
    expect(fresh.code).toBe(2);
    expect(fresh.stderr).toMatch(why);
    expect(idsIn(folder)).toBe('no mirror');
    await runImport(folder, ['npm'], { from: [first] });
    expect((await runImport(folder, ['npm'], { from: [bad] })).code).toBe(2);
    expect(idsIn(folder)).toEqual(['GHSA-1', 'GHSA-2']);
  });

  it('with one id in two files says so', async () => {
    const folder = temporaryFolder();
    const twice = [...GOOD, { name: 'copy/GHSA-1.json', content: json('GHSA-1', 'other') }];
    const run = await runImport(folder, ['npm'], { from: [lay(folder, 'npm.zip', zip(twice))] });
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('npm   2 records: 2 new')]);
    expect(run.stderr).toMatch(/ids claimed by files with different texts .*: 1\nfixby: {3}GHSA-1/);
  });

  it('with a record of ten thousand versions is imported', async () => {
    const folder = temporaryFolder();
    const versions = Array.from({ length: 10_000 }, (_, n) => `1.0.${n}`);
    const content = JSON.stringify(osvRecord('GHSA-1', [block('npm', 'p', { versions })]));
    const from = lay(folder, 'npm.zip', zip([{ name: 'GHSA-1.json', content }]));
    expect(await runImport(folder, ['npm'], { from: [from] })).toMatchObject({ code: 0, stderr: '' });
    expect(idsIn(folder)).toEqual(['GHSA-1']);
  });

  it('that lost most of its records is refused unless that is accepted', async () => {
    const folder = temporaryFolder();
    await runImport(folder, ['npm'], { from: [lay(folder, 'a.zip', zip([...GOOD, entry('GHSA-3')]))] });
    const from = [lay(folder, 'b.zip', zip([entry('GHSA-1')]))];
    const refused = await runImport(folder, ['npm'], { from });
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/holds 1 usable records where the mirror has 3/),
    ]);
    expect(idsIn(folder)).toHaveLength(3);
    expect((await runImport(folder, ['npm'], { from, acceptLoss: true })).code).toBe(0);
    expect(idsIn(folder)).toEqual(['GHSA-1']);
  });
});

describe('a folder', () => {
  it("may be a checkout of GitHub's advisory database, other ecosystems and all", async () => {
    const folder = temporaryFolder();
    const at = 'db/advisories/github-reviewed/2025/01';
    lay(folder, `${at}/GHSA-1/GHSA-1.json`, json('GHSA-1'));
    lay(folder, `${at}/GHSA-2/GHSA-2.json`, json('GHSA-2', 'p', 'PyPI'));
    lay(folder, `${at}/GHSA-3/GHSA-3.json`, json('GHSA-3', 'p', 'Go'));
    lay(folder, 'db/.github/workflows/check.yml', 'on: push');
    symlinkSync('/etc/passwd', join(folder, 'db/GHSA-4.json'));
    const run = await runImport(folder, ['npm', 'pypi'], { from: [join(folder, 'db')] });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('GHSA-4.json: it is a link');
    expect([idsIn(folder), idsIn(folder, 'p', 'PyPI')]).toEqual([['GHSA-1'], ['GHSA-2']]);
  });

  it("may be PyPA's advisory database in YAML, and numbers stay as they are written", async () => {
    const folder = temporaryFolder();
    const yaml = [
      'id: PYSEC-2021-1',
      'modified: 2021-01-01T00:00:00Z',
      'affected:',
      '- package: {name: Some_Package, ecosystem: PyPI}',
      '  ranges:',
      "  - {type: ECOSYSTEM, events: [{introduced: '0'}, {fixed: 1.10}]}",
      '  versions: [1.0, 1.2.3]',
    ].join('\n');
    lay(folder, 'db/vulns/some-package/PYSEC-2021-1.yaml', yaml);
    lay(folder, 'db/vulns/x/PYSEC-2021-2.yaml', 'id: &a [*a, *a]');
    const run = await runImport(folder, ['PyPI'], { from: [join(folder, 'db')] });
    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining('PYSEC-2021-2.yaml: it is')]);
    const reading = mirrorIn(join(folder, 'mirror')).current();
    const [found] = reading.status === 'open' ? reading.generation.store.byPackage('PyPI', 'some-package') : [];
    expect(found?.record).toMatchObject({
      modified: '2021-01-01T00:00:00Z',
      affected: [{ versions: ['1.0', '1.2.3'], ranges: [{ events: [{ introduced: '0' }, { fixed: '1.10' }] }] }],
    });
    expect(JSON.parse(found?.text ?? '')).toMatchObject({ id: 'PYSEC-2021-1' });
  });

  it('of downloads brought along gives each source its own, feeds too', async () => {
    const folder = temporaryFolder();
    lay(folder, 'usb/npm/all.zip', zip(GOOD));
    lay(
      folder,
      'usb/kev.json',
      JSON.stringify({ vulnerabilities: [{ cveID: 'CVE-2020-1', dateAdded: '2021-01-01' }] }),
    );
    lay(
      folder,
      'usb/epss.csv.gz',
      gzipSync('#score_date:2026-05-31T00:00:00+0000\ncve,epss,percentile\nCVE-2020-1,0.5,0.9\n'),
    );
    const run = await runImport(folder, ['kev', 'npm', 'epss'], { from: [join(folder, 'usb')] });
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toMatch(
      /^npm {3}2 records: 2 new.*\nkev {3}1 rows\nepss {2}1 rows\ngeneration 1, checksum [0-9a-f]{16}\n$/,
    );
    const reading = mirrorIn(join(folder, 'mirror')).current();
    if (reading.status !== 'open') throw new Error(reading.detail);
    expect(reading.generation.exploited('CVE-2020-1')).toEqual({ cve: 'CVE-2020-1', dateAdded: '2021-01-01' });
    expect(reading.generation.score('CVE-2020-1')).toEqual({
      cve: 'CVE-2020-1',
      score: 0.5,
      percentile: 0.9,
      date: '2026-05-31',
    });
    expect(reading.generation.score('CVE-2020-2')).toBeUndefined();
  });

  it('without the feed that is wanted, or a feed that is none, is code 3', async () => {
    const folder = temporaryFolder();
    lay(folder, 'usb/npm.zip', zip(GOOD));
    lay(folder, 'usb/epss.csv', 'hello');
    const run = await runImport(folder, ['npm', 'kev', 'epss'], { from: [join(folder, 'usb')] });
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(
      /kev was not imported: .*it holds no kev feed[\s\S]*epss was not imported: .*no list of EPSS scores/,
    );
    expect(idsIn(folder)).toEqual(['GHSA-1', 'GHSA-2']);
  });
});

describe('what is named', () => {
  it.each([
    [
      ['Maven'],
      {},
      /"Maven" is nothing a mirror can hold\. Choose from npm, PyPI, kev, epss|nothing a mirror can hold/,
    ],
    [['npm'], { from: ['/nowhere/at/all'] }, /--from names cannot be read: ENOENT/],
    [['npm'], { baseUrl: 'ftp://x' }, /no http or https address/],
  ])('%j with %j cannot be used', async (names, options, why) => {
    const run = await runImport(temporaryFolder(), names, options);
    expect([run.code, run.stderr]).toEqual([2, expect.stringMatching(why)]);
  });
});

describe('a download', () => {
  const archive = zip(Array.from({ length: 300 }, (_, n) => entry(`GHSA-${n}`)));
  const etag = `"${createHash('sha256').update(archive).digest('hex')}"`;

  /** A server that knows ranges, as object stores do; `cut` ends the connection after so many bytes. */
  function ranges(
    bytes: Buffer,
    tag: string | null,
    cut?: { after: number; kept: () => boolean },
  ): { route: Route; asked: string[] } {
    const asked: string[] = [];
    const route: Route = (response, { headers }) => {
      const range = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1];
      asked.push(`${headers.range ?? 'all'} ${headers['if-range'] === undefined ? '' : 'if-range'}`.trim());
      if (tag !== null && headers['if-none-match'] === tag) return void response.writeHead(304).end();
      const start = range !== undefined && headers['if-range'] === tag ? Number(range) : 0;
      const rest = bytes.subarray(start);
      response.writeHead(start > 0 ? 206 : 200, {
        'content-length': rest.length,
        ...(tag === null ? {} : { etag: tag }),
        ...(start > 0 ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}),
      });
      if (cut === undefined || start + cut.after >= bytes.length) return void response.end(rest);
      sendAndBreak(response, rest.subarray(0, cut.after), cut.kept);
    };
    return { route, asked };
  }

  /** Breaks the connection once the client has kept what it was sent. */
  function sendAndBreak(response: ServerResponse, part: Uint8Array, kept: () => boolean): void {
    response.write(part);
    const look = setInterval(() => {
      if (!kept()) return;
      clearInterval(look);
      response.destroy();
    }, 5);
  }

  it('comes in pieces when the connection keeps breaking, and is the whole in the end', async () => {
    const folder = temporaryFolder();
    const after = Math.ceil(archive.length / 2);
    const part = join(folder, 'mirror/downloads/npm.part');
    const kept = (): boolean => statSync(part, { throwIfNoEntry: false })?.size === after;
    const { route, asked } = ranges(archive, etag, { after, kept });
    const { url } = await startServer(route);
    const run = await runImport(folder, ['npm'], { baseUrl: url });
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(idsIn(folder)).toHaveLength(300);
    expect(asked[0]).toBe('all');
    expect(asked[1]).toMatch(/^bytes=[1-9]\d*- if-range$/);
    expect(readdirSync(join(folder, 'mirror/downloads'))).toEqual([]);
  });

  it('goes on in the next run where the last one ended', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'mirror/downloads'), { recursive: true });
    const { route, asked } = ranges(archive, etag);
    const server = await startServer(route);
    const address = `${server.url}/npm/all.zip`;
    lay(folder, 'mirror/downloads/npm.part', archive.subarray(0, 1000));
    lay(folder, 'mirror/downloads/npm.part.json', JSON.stringify({ address, etag }));
    expect(await runImport(folder, ['npm'], { baseUrl: server.url })).toMatchObject({ code: 0, stderr: '' });
    expect(asked).toEqual(['bytes=1000- if-range']);
    expect(idsIn(folder)).toHaveLength(300);
  });

  it.each([
    ['the file has changed meanwhile', (address: string) => ({ address, etag: '"old"' }), ['bytes=1000- if-range']],
    ['it was of another address', () => ({ address: 'http://elsewhere/', etag }), ['all']],
    ['nobody noted what it was', () => 'garbage', ['all']],
  ])('begins anew when %s', async (_title, notes, wanted) => {
    const folder = temporaryFolder();
    const { route, asked } = ranges(archive, etag);
    const server = await startServer(route);
    lay(folder, 'mirror/downloads/npm.part', Buffer.alloc(1000, 'x'));
    lay(folder, 'mirror/downloads/npm.part.json', JSON.stringify(notes(`${server.url}/npm/all.zip`)));
    expect(await runImport(folder, ['npm'], { baseUrl: server.url })).toMatchObject({ code: 0, stderr: '' });
    expect(asked).toEqual(wanted);
    expect(idsIn(folder)).toHaveLength(300);
  });

  it('is not made again when the server says that nothing changed, and the mirror is as fresh as that', async () => {
    const folder = temporaryFolder();
    const { route } = ranges(archive, etag);
    const { url } = await startServer(route);
    await runImport(folder, ['npm'], { baseUrl: url });
    const again = await runImport(folder, ['npm'], { baseUrl: url });
    expect([again.code, again.stdout]).toEqual([
      0,
      expect.stringContaining('npm   300, unchanged since the last import'),
    ]);
    expect(idsIn(folder)).toHaveLength(300);
  });

  it('that fails for one source leaves the others imported, and the code says that something is missing', async () => {
    const folder = temporaryFolder();
    const { route } = ranges(archive, etag);
    const { url } = await startServer((response, request, path) =>
      path.startsWith('/npm/')
        ? route(response, request, path)
        : void response.writeHead(404, { 'content-type': 'text/html' }).end('no'),
    );
    const run = await runImport(folder, ['npm', 'PyPI', 'kev'], { baseUrl: url });
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(
      /PyPI was not imported: .*\/PyPI\/all\.zip: it answered 404 \(text\/html\)[\s\S]*kev was not imported/,
    );
    expect(idsIn(folder)).toHaveLength(300);
  });

  it.each([
    ['is cut off', archive.subarray(0, 5000), 'the archive it sent is cut off'],
    [
      'is a page',
      Buffer.from('<html>Please sign in</html>'),
      'is no zip archive and begins "<html>Please sign in</html>"',
    ],
    ['is empty', Buffer.alloc(0), 'it sent nothing'],
    ['is data of another kind', Buffer.from('{}'), 'is no zip archive and begins "{}"'],
  ])('that %s at its source is refused and forgotten, and the others are imported', async (_title, bytes, why) => {
    const folder = temporaryFolder();
    const [good, bad] = [ranges(archive, etag).route, ranges(bytes, '"other"').route];
    const { url } = await startServer((response, request, path) =>
      (path.startsWith('/npm/') ? good : bad)(response, request, path),
    );
    const run = await runImport(folder, ['npm', 'PyPI'], { baseUrl: url });
    expect([run.code, run.stderr]).toEqual([3, expect.stringContaining(`PyPI was not imported: ${url}/PyPI/all.zip:`)]);
    expect(run.stderr).toContain(why);
    expect(readdirSync(join(folder, 'mirror/downloads'))).toEqual([]);
    expect(idsIn(folder)).toHaveLength(300);
  });
});

describe('status', () => {
  const status = (folder: string, options: Record<string, unknown> = {}): Promise<CommandRun> =>
    runInProcess(folder, (world) =>
      runMirrorStatus(world, { mirror: join(folder, 'mirror'), maxAge: '48 hours', ...options }),
    );

  it('tells what is there and from when', async () => {
    const folder = temporaryFolder();
    expect(await status(folder)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('there is no mirror') as string,
    });
    await runImport(folder, ['npm'], { from: [lay(folder, 'npm.zip', zip(GOOD))] });
    const fresh = await status(folder, { verify: true });
    expect([fresh.code, fresh.stderr]).toEqual([0, '']);
    expect(fresh.stdout).toMatch(
      /^generation 1 of .*\n2 records, 0 withdrawn, 0 with a range that cannot be read\n✔ npm {3}2 entries, less than an hour old, from .*npm\.zip\n$/,
    );
  });

  it('calls a mirror of a file from last month old, though it was imported just now', async () => {
    const folder = temporaryFolder();
    const from = lay(folder, 'npm.zip', zip(GOOD));
    const month = Date.now() / 1000 - 30 * 86_400;
    utimesSync(from, month, month);
    await runImport(folder, ['npm'], { from: [from] });
    const run = await status(folder);
    expect([run.code, run.stdout]).toEqual([3, expect.stringMatching(/✖ npm {3}2 entries, 30 days old/)]);
    expect(run.stderr).toContain('Run `fixby mirror import npm`');
    expect((await status(folder, { maxAge: '31 days' })).code).toBe(0);
    expect((await status(folder, { maxAge: 'forever' })).code).toBe(2);
  });
});
