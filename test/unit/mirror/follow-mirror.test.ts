import { describe, expect, it } from 'vitest';
import { answerCache } from '../../../src/mirror/answer-cache.ts';
import { followMirror } from '../../../src/mirror/follow-mirror.ts';
import { createMirror } from '../../../src/mirror/mirror.ts';
import { createStore } from '../../../src/mirror/store.ts';
import type { HttpHandler, HttpResponse } from '../../../src/ports/http.ts';
import { dumpOf } from '../../support/dump-entries.ts';
import { importDump, mirrorIn, NOW, temporaryFolder } from '../../support/mirror.ts';
import { osvRecord, ranged, stored } from '../../support/osv.ts';

const BULK = '/-/npm/v1/security/advisories/bulk';
const minimist = stored(osvRecord('GHSA-xvch-5gv4-984h', [ranged('npm', 'minimist', [['introduced', '0'], ['fixed', '0.2.4']])])); // prettier-ignore
const other = stored(osvRecord('GHSA-1', [ranged('npm', 'p', [['introduced', '0']])]));

async function ask(handle: HttpHandler, target: string, body?: string, accept = '*/*'): Promise<HttpResponse> {
  return await handle({ method: body === undefined ? 'GET' : 'POST', target, headers: { accept }, body: body ?? '' });
}

describe('a server over an imported mirror', () => {
  it('answers from the generation in force, without a start', async () => {
    const folder = temporaryFolder();
    const handle = followMirror(mirrorIn(folder), { now: () => NOW });
    expect(await ask(handle, '/healthz')).toMatchObject({
      status: 503,
      body: expect.stringContaining('there is no mirror') as string,
    });
    await importDump(folder, 'npm', dumpOf([minimist]));
    const question = '{"minimist":["0.0.8"],"p":["1.0.0"]}';
    expect(JSON.parse((await ask(handle, BULK, question)).body)).toEqual({ minimist: [expect.anything()] });
    await importDump(folder, 'npm', dumpOf([other]));
    expect(JSON.parse((await ask(handle, BULK, question)).body)).toEqual({ p: [expect.anything()] });
  });

  it('says what it holds, how old it is and what it was asked', async () => {
    const folder = temporaryFolder();
    await importDump(folder, 'npm', dumpOf([minimist]));
    const handle = followMirror(mirrorIn(folder), { now: () => '2026-06-04T12:00:00.000Z' });
    await ask(handle, BULK, '{}');
    await ask(handle, BULK, '[');
    expect(JSON.parse((await ask(handle, '/health')).body)).toMatchObject({
      status: 'stale',
      records: 1,
      generation: 1,
      sources: [{ source: 'npm', entries: 1, asOf: NOW }],
      canaries: [{ ecosystem: 'npm', found: true }],
    });
    const { body, headers } = await ask(handle, '/metrics');
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(body.split('\n')).toEqual(
      expect.arrayContaining([
        'fixby_mirror_records{ecosystem="npm"} 1',
        'fixby_mirror_generation 1',
        'fixby_mirror_source_age_seconds{source="npm"} 259200',
        'fixby_mirror_requests_total{route="bulk",status="200"} 1',
        'fixby_mirror_requests_total{route="bulk",status="400"} 1',
      ]),
    );
    expect(body).toMatch(/^(?:(?:# (?:HELP|TYPE) .*|[a-z_]+(?:\{[^}]*\})? \d+)\n)+$/);
  });

  it('knows that packages may be called health and metrics', async () => {
    const named = stored(osvRecord('GHSA-1', [ranged('npm', 'metrics', [['introduced', '0'], ['fixed', '1.0.0']])])); // prettier-ignore
    const handle = createMirror({ store: createStore([named]), rejected: 0 });
    const answer = await ask(handle, '/metrics', undefined, 'application/vnd.npm.install-v1+json');
    expect(JSON.parse(answer.body)).toMatchObject({ name: 'metrics' });
  });
});

describe('an ecosystem nobody loaded', () => {
  const python = createMirror({
    store: createStore([stored(osvRecord('P-1', [ranged('PyPI', 'p', [])]))]),
    rejected: 0,
  });
  const npm = createMirror({ store: createStore([other]), rejected: 0 });
  const query = '{"package":{"ecosystem":"PyPI","name":"p"}}';

  it.each([
    ['bulk', python, BULK, '{"p":["1.0.0"]}', 404],
    ['quick', python, '/-/npm/v1/security/audits/quick', '{"dependencies":{}}', 404],
    ['a query', npm, '/v1/query', query, 400],
    ['a batch', npm, '/v1/querybatch', `{"queries":[${query}]}`, 400],
  ])('is no clean answer: %s', async (_title, handle, target, body, status) => {
    const answer = await ask(handle, target, body);
    expect([answer.status, answer.body]).toEqual([status, expect.stringContaining('holds no advisories of')]);
  });
});

describe('remembered answers', () => {
  const answer = (body: string): HttpResponse => ({ status: 200, headers: {}, body });

  it('are given again without being made again, and the least asked goes first', () => {
    const cached = answerCache(30);
    const made: string[] = [];
    const get = (question: string): string =>
      cached(question, () => {
        made.push(question);
        return answer(`answer to ${question}`);
      }).body;
    for (const question of ['a', 'b', 'a', 'a', 'c', 'a', 'b']) expect(get(question)).toBe(`answer to ${question}`);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('that are larger than the room are not kept', () => {
    const cached = answerCache(10);
    let made = 0;
    for (let n = 0; n < 3; n += 1) cached('q', () => answer('x'.repeat(++made + 10)));
    expect(made).toBe(3);
  });
});
