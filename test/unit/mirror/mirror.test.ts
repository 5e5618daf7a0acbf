import { describe, expect, it } from 'vitest';
import type { OsvRecord } from '../../../src/core/model/advisory.ts';
import { createMirror } from '../../../src/mirror/mirror.ts';
import type { MirrorOptions } from '../../../src/mirror/mirror.ts';
import { createStore } from '../../../src/mirror/store.ts';
import type { HttpResponse } from '../../../src/ports/http.ts';
import type { PackumentAnswer } from '../../../src/ports/packuments.ts';
import { block, osvRecord, ranged, stored } from '../../support/osv.ts';

const BULK = '/-/npm/v1/security/advisories/bulk';
const V3_CRITICAL = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const V4_HIGH = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N';

const gone = { withdrawn: '2025-02-01T00:00:00Z' };
const canaries: readonly OsvRecord[] = [
  osvRecord('GHSA-xvch-5gv4-984h', [ranged('npm', 'minimist', [['introduced', '0'], ['fixed', '0.2.4']]), ranged('npm', 'minimist', [['introduced', '1.0.0'], ['fixed', '1.2.6']])], { summary: 'Keys reach the prototype', severity: [{ type: 'CVSS_V3', score: V3_CRITICAL }], database_specific: { severity: 'CRITICAL', cwe_ids: ['CWE-1321'] } }), // prettier-ignore
  osvRecord('PYSEC-2018-97', [
    ranged('PyPI', 'pycrypto', [
      ['introduced', '0'],
      ['last_affected', '2.6.1'],
    ]),
  ]),
];

interface Call {
  readonly method?: string;
  readonly target: string;
  readonly accept?: string;
  readonly body?: unknown;
}

/** Asks a mirror over `records`; a body that is no text is sent as JSON. */
async function ask(
  records: readonly OsvRecord[],
  call: Call,
  options: Partial<MirrorOptions> = {},
): Promise<HttpResponse> {
  const handle = createMirror({ store: createStore(records.map((each) => stored(each))), rejected: 0, ...options });
  const body = typeof call.body === 'string' ? call.body : JSON.stringify(call.body ?? '');
  const headers = call.accept === undefined ? {} : { accept: call.accept };
  return await handle({
    method: call.method ?? (call.body === undefined ? 'GET' : 'POST'),
    target: call.target,
    headers,
    body,
  });
}

function read(response: HttpResponse): unknown {
  return JSON.parse(response.body);
}

describe('the bulk endpoint', () => {
  const bulk = async (records: readonly OsvRecord[], body: unknown): Promise<unknown> =>
    read(await ask(records, { target: BULK, body }));

  it('gives one entry a record, of records that affect a posted version', async () => {
    expect(await bulk(canaries, { minimist: ['1.2.8', '0.0.8'], lodash: ['1.0.0'], pycrypto: ['2.6.1'] })).toEqual({
      minimist: [
        {
          id: 4069662134778452,
          url: 'https://github.com/advisories/GHSA-xvch-5gv4-984h',
          title: 'Keys reach the prototype',
          severity: 'critical',
          vulnerable_versions: '<0.2.4 || >=1.0.0 <1.2.6',
          cwe: ['CWE-1321'],
          cvss: { score: 9.8, vectorString: V3_CRITICAL },
        },
      ],
    });
    expect(await bulk(canaries, { minimist: ['1.2.8'] })).toEqual({});
    expect(await bulk(canaries, {})).toEqual({});
  });

  it('leaves withdrawn records out', async () => {
    const record = osvRecord('GHSA-2222-2222-2222', [ranged('npm', 'p', [['introduced', '0']])], gone);
    expect(await bulk([record], { p: ['1.0.0'] })).toEqual({});
  });

  it.each<[string, Partial<OsvRecord>, string | undefined]>([
    ['the label', { database_specific: { severity: 'moderate' }, severity: [{ type: 'CVSS_V3', score: V3_CRITICAL }] }, 'moderate'], // prettier-ignore
    ['the score without a label', { severity: [{ type: 'CVSS_V3', score: V3_CRITICAL }] }, 'critical'],
    ['CVSS 4 before 3', { severity: [{ type: 'CVSS_V3', score: V3_CRITICAL }, { type: 'CVSS_V4', score: V4_HIGH }] }, 'high'], // prettier-ignore
    ['the score behind an unknown label', { database_specific: { severity: 'BAD' }, severity: [{ type: 'CVSS_V3', score: V3_CRITICAL }] }, 'critical'], // prettier-ignore
    ['nothing from a vector that cannot be read', { severity: [{ type: 'CVSS_V3', score: '9.8' }] }, undefined],
    ['nothing when nothing is said', {}, undefined],
    ['malware', { aliases: ['MAL-2024-1'], database_specific: { severity: 'LOW' } }, 'critical'],
  ])('takes the severity from %s', async (_title, rest, severity) => {
    const record = osvRecord('GHSA-2222-2222-2222', [ranged('npm', 'p', [['introduced', '0']])], rest);
    const { p } = (await bulk([record], { p: ['1.0.0'] })) as { p: [Record<string, unknown>] };
    expect(p[0]['severity']).toBe(severity);
    expect('severity' in p[0]).toBe(severity !== undefined);
  });

  it('takes the score of the block that names the package before that of the record', async () => {
    const own = { ...ranged('npm', 'p', [['introduced', '0']]), severity: [{ type: 'CVSS_V4', score: V4_HIGH }] };
    const record = osvRecord('GHSA-2222-2222-2222', [own, ranged('npm', 'q', [['introduced', '0']])], {
      severity: [{ type: 'CVSS_V3', score: V3_CRITICAL }],
    });
    expect(await bulk([record], { p: ['1.0.0'], q: ['1.0.0'] })).toMatchObject({
      p: [{ severity: 'high', cvss: { vectorString: V4_HIGH } }],
      q: [{ severity: 'critical', cvss: { score: 9.8 } }],
    });
  });

  it('makes titles safe to print, and falls back to the details and the id', async () => {
    const affected = [ranged('npm', 'p', [['introduced', '0']])];
    const records = [
      osvRecord('A-1', affected, { summary: 'a\u001b[2Jb', details: 'other' }),
      osvRecord('B-1', affected, { details: '\n  first line\nsecond' }),
      osvRecord('MAL-1', affected, { summary: ' ' }),
    ];
    const { p } = (await bulk(records, { p: ['1.0.0'] })) as { p: { title: string; url: string }[] };
    expect(p.map(({ title }) => title)).toEqual(['a\\u{1b}[2Jb', 'first line', 'MAL-1']);
    expect(p[2]?.url).toBe('https://osv.dev/vulnerability/MAL-1');
  });

  it('answers for a package called __proto__', async () => {
    const record = osvRecord('X-1', [block('npm', '__proto__', { versions: ['1.0.0'] })]);
    const { body } = await ask([record], { target: BULK, body: '{"__proto__":["1.0.0"]}' });
    expect(body).toContain('"__proto__":[{');
  });

  it.each(['', '[]', 'null', '0', '"text"', '{', '{"p":"1.0.0"}', '{"p":[1]}', '{"p":null}'])(
    'refuses %s',
    async (body) => {
      const response = await ask(canaries, { method: 'POST', target: BULK, body });
      expect(response.status).toBe(400);
      expect(read(response)).toEqual({ message: expect.stringContaining('JSON object') as string });
    },
  );
});

describe('the OSV API', () => {
  const affected = [ranged('PyPI', 'Jinja2', [['introduced', '0'], ['fixed', '2.11.3']])]; // prettier-ignore
  const ofNpm = osvRecord('GHSA-1', [ranged('npm', 'another', [['introduced', '0']])]);
  const records = [ofNpm, ...['PYSEC-1', 'PYSEC-2', 'PYSEC-3'].map((id) => osvRecord(id, affected))];
  const query = { package: { ecosystem: 'PyPI', name: 'jinja2' }, version: '2.11.2' };

  it('serves records as they were published', async () => {
    const text = '{ "id":"PYSEC-9",  "big":12345678901234567890, "z":1, "a":"\\u00e9", "affected":[] }';
    const store = createStore([stored(osvRecord('PYSEC-9', affected), text)]);
    const one = await ask([], { target: '/v1/vulns/PYSEC-9' }, { store });
    const all = await ask([], { target: '/v1/query', body: query }, { store });
    expect(one.body).toBe(text);
    expect(all.body).toBe(`{"vulns":[${text}]}`);
  });

  it.each([
    ['a name in any spelling', { ...query, package: { ecosystem: 'PyPI', name: 'JINJA2' } }, 3],
    ['an ecosystem with a suffix', { ...query, package: { ecosystem: 'PyPI:x', name: 'jinja2' } }, 3],
    ['a package URL', { package: { purl: 'pkg:pypi/jinja2@2.11.2' } }, 3],
    ['a package URL and a version', { package: { purl: 'pkg:pypi/jinja2' }, version: '2.11.3' }, 0],
    ['no version', { package: query.package }, 3],
    ['an empty version', { ...query, version: '' }, 3],
    ['a fixed version', { ...query, version: '2.11.3' }, 0],
    ['another package', { ...query, package: { ecosystem: 'PyPI', name: 'flask' } }, 0],
    ['the same name in npm', { ...query, package: { ecosystem: 'npm', name: 'jinja2' } }, 0],
  ])('understands %s', async (_title, body, count) => {
    const response = await ask(records, { target: '/v1/query', body });
    expect(response.status).toBe(200);
    const { vulns, ...rest } = read(response) as { vulns?: unknown[] };
    expect([vulns?.length ?? 0, rest]).toEqual([count, {}]);
  });

  it.each([
    ['nothing', {}],
    ['no name', { package: { ecosystem: 'PyPI' } }],
    ['an ecosystem the mirror does not have', { package: { ecosystem: 'Go', name: 'x' } }],
    ['a commit', { commit: 'c0ffee' }],
    ['two packages', { package: { purl: 'pkg:npm/a', name: 'b' } }],
    ['two versions', { package: { purl: 'pkg:npm/a@1.0.0' }, version: '1.0.0' }],
    ['an unknown package URL', { package: { purl: 'pkg:cargo/a' } }],
    ['numbers', { package: { ecosystem: 'PyPI', name: 7 } }],
    ['a list', []],
    ['garbage', '{'],
  ])('refuses %s instead of finding nothing', async (_title, body) => {
    for (const [target, sent] of [
      ['/v1/query', body],
      ['/v1/querybatch', { queries: [query, body] }],
    ] as const) {
      const response = await ask(records, { method: 'POST', target, body: sent });
      expect([response.status, read(response)]).toEqual([400, { code: 3, message: expect.any(String) as string }]);
    }
  });

  it('pages through records without losing or repeating one', async () => {
    const seen: string[] = [];
    let token: string | undefined;
    do {
      const body = token === undefined ? query : { ...query, page_token: token };
      const page = read(await ask(records, { target: '/v1/query', body }, { pageSize: 2 })) as { vulns: OsvRecord[]; next_page_token?: string }; // prettier-ignore
      seen.push(...page.vulns.map(({ id }) => id));
      token = page.next_page_token;
    } while (token !== undefined);
    expect(seen).toEqual(['PYSEC-1', 'PYSEC-2', 'PYSEC-3']);
  });

  it('names no next page after the last one', async () => {
    const page = read(await ask(records, { target: '/v1/query', body: query }, { pageSize: 3 }));
    expect(page).not.toHaveProperty('next_page_token');
  });

  it.each(['/v1/query', '/v1/querybatch'])(
    'refuses at %s a page after nothing, which would read as nothing known',
    async (target) => {
      const strange = { ...query, page_token: 'ZZZ' };
      const body = target.endsWith('batch') ? { queries: [query, strange] } : strange;
      expect((await ask(records, { target, body })).status).toBe(400);
    },
  );

  it('answers a batch in its order, with ids and dates only', async () => {
    const body = { queries: [{ ...query, version: '3.0' }, query, { ...query, page_token: 'PYSEC-2' }] };
    const entry = (id: string) => ({ id, modified: '2025-01-01T00:00:00Z' });
    expect(read(await ask(records, { target: '/v1/querybatch', body }, { pageSize: 2 }))).toEqual({
      results: [
        {},
        { vulns: [entry('PYSEC-1'), entry('PYSEC-2')], next_page_token: 'PYSEC-2' },
        { vulns: [entry('PYSEC-3')] },
      ],
    });
  });

  it('refuses more queries than OSV takes', async () => {
    const body = { queries: Array.from({ length: 1001 }, () => query) };
    expect((await ask(records, { target: '/v1/querybatch', body })).status).toBe(400);
  });

  it('gives a withdrawn record by its id only', async () => {
    const withdrawn = osvRecord('PYSEC-4', affected, gone);
    expect(read(await ask([withdrawn], { target: '/v1/query', body: query }))).toEqual({});
    expect(read(await ask([withdrawn], { target: '/v1/vulns/PYSEC-4' }))).toMatchObject(gone);
  });

  it('knows no other id, not even an alias', async () => {
    const response = await ask([osvRecord('PYSEC-1', affected, { aliases: ['CVE-1'] })], { target: '/v1/vulns/CVE-1' });
    expect([response.status, read(response)]).toEqual([404, { code: 5, message: 'Bug not found.' }]);
  });
});

describe('packuments', () => {
  const record = osvRecord('GHSA-2222-2222-2222', [
    ranged('npm', '@scope/p', [['introduced', '0'], ['fixed', '1.2.0'], ['introduced', '2.0.0-rc.1'], ['last_affected', '2.1']]), // prettier-ignore
    block('npm', '@scope/p', { versions: ['0.5.0', 'banana'] }),
  ]);

  it.each(['/@scope%2fp', '/@scope/p', '/%40scope%2Fp?write=true'])(
    '%s is answered from the records',
    async (target) => {
      const versions = ['0.5.0', '1.2.0', '2.0.0-rc.1', '2.1.0'];
      expect(read(await ask([record], { target }))).toEqual({
        name: '@scope/p',
        'dist-tags': { latest: '2.1.0' },
        versions: Object.fromEntries(versions.map((version) => [version, { name: '@scope/p', version, dist: {} }])),
      });
    },
  );

  it('does not know a package no record speaks of', async () => {
    expect((await ask([record], { target: '/lodash' })).status).toBe(404);
  });

  it.each<[PackumentAnswer, number, string]>([
    [{ status: 'found', body: '{"name":"lodash"}', contentType: 'application/vnd.npm.install-v1+json' }, 200, '{"name":"lodash"}'], // prettier-ignore
    [{ status: 'not-found' }, 404, 'does not know'],
    [{ status: 'unavailable', detail: 'status 503' }, 502, 'status 503'],
  ])('passes %j on', async (answer, status, body) => {
    const asked: string[][] = [];
    const upstream = {
      fetch: (...args: string[]) => {
        asked.push(args);
        return Promise.resolve(answer);
      },
    };
    const response = await ask([record], { target: '/@scope%2fp', accept: 'a/b' }, { upstream });
    expect(response.status).toBe(status);
    expect(response.body).toContain(body);
    expect(asked).toEqual([['@scope/p', 'a/b']]);
  });
});

describe('health', () => {
  it('is ok when both canaries are found', async () => {
    expect(read(await ask(canaries, { target: '/healthz' }, { rejected: 2 }))).toEqual({
      status: 'ok',
      records: 2,
      withdrawn: 0,
      byEcosystem: { npm: 1, PyPI: 1 },
      unreadable: [],
      rejected: 2,
      canaries: [
        { ecosystem: 'npm', package: 'minimist@0.0.8', found: true },
        { ecosystem: 'PyPI', package: 'pycrypto@2.6.1', found: true },
      ],
    });
  });

  it.each([
    ['missing', canaries.slice(0, 1)],
    ['withdrawn', canaries.map((record) => ({ ...record, ...gone }))],
    ['all there is', []],
  ])('is blind when a canary is %s', async (_title, records) => {
    expect(read(await ask(records, { target: '/healthz' }))).toMatchObject({ status: 'blind' });
  });

  it('leaves the name to npm when npm asks for a package called so', async () => {
    const response = await ask(canaries, { target: '/healthz', accept: 'application/vnd.npm.install-v1+json; q=1.0' });
    expect(response.status).toBe(404);
  });
});

describe('everything else', () => {
  it.each([
    ['GET', BULK, 405],
    ['GET', '/v1/query', 405],
    ['POST', '/v1/vulns/X-1', 405],
    ['POST', '/healthz', 405],
    ['POST', '/lodash', 405],
    ['GET', '/', 404],
    ['GET', '/a/b/c', 404],
    ['GET', '/%2e%2e', 404],
    ['GET', '/..%2fetc', 404],
    ['GET', '/%2fetc', 404],
    ['GET', '/-/ping', 404],
    ['GET', '/%E0%A4%A', 400],
    ['HEAD', '/healthz', 200],
    ['HEAD', '/minimist', 200],
  ])('%s %s is %d, in JSON', async (method, target, status) => {
    const response = await ask(canaries, { method, target, body: '{}' });
    expect(response.status).toBe(status);
    expect(read(response)).toBeTypeOf('object');
    expect('allow' in response.headers).toBe(status === 405);
  });
});
