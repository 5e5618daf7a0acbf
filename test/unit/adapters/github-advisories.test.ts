/** GitHub's list of published advisories, from a real server: pages, the token, and every way it can fail to be a list. */
import { describe, expect, it } from 'vitest';
import { createGithubAdvisories } from '../../../src/adapters/github/list-advisories.ts';
import { json, startServer, text, type Route } from '../../support/http-server.ts';

const QUICK = { timeoutMs: 2_000, retries: 0, retryDelayMs: 1, retryDelayMaxMs: 1 };

async function ask(route: Route, variables: Readonly<Record<string, string>> = {}) {
  const seen: (string | undefined)[] = [];
  const server = await startServer((response, request, path) => {
    seen.push(request.headers.authorization);
    route(response, request, path);
  });
  const list = createGithubAdvisories({ variables: { GITHUB_API_URL: server.url, ...variables }, limits: QUICK });
  return { answer: await list('acme/shop'), asked: server.asked, seen, url: server.url };
}

describe('published advisories', () => {
  it('are gathered page by page, with the token of the environment', async () => {
    const route: Route = (response, request, path) => {
      const second = path.includes('page=2');
      const next = `<http://${request.headers.host ?? ''}/repos/acme/shop/security-advisories?page=2>; rel="next"`;
      json(200, [{ ghsa_id: second ? 'GHSA-2' : 'GHSA-1' }], second ? {} : { link: next })(response, request, path);
    };
    const { answer, asked, seen } = await ask(route, { GITHUB_TOKEN: 'secret' });
    expect(answer).toMatchObject({ status: 'listed', text: '[{"ghsa_id":"GHSA-1"},{"ghsa_id":"GHSA-2"}]' });
    expect(asked[0]).toBe('/repos/acme/shop/security-advisories?state=published&per_page=100');
    expect(seen).toEqual(['Bearer secret', 'Bearer secret']);
  });

  it('are none where the list is empty: that is an answer', async () => {
    expect((await ask(json(200, []))).answer).toMatchObject({ status: 'listed', text: '[]' });
  });

  it.each<[string, Route]>([
    ['no right to see them', json(403, { message: 'Resource not accessible' })],
    ['no such repository', json(404, { message: 'Not Found' })],
    ['too many questions', json(429, {})],
    ['a page of words', text(200, '<html>login</html>')],
    ['an object', json(200, { message: 'ok' })],
    ['half an answer', text(200, '[{"ghsa_id":')],
    ['nothing', text(200, '')],
    ['a redirect', json(302, [], { location: 'http://elsewhere.example/' })],
    ['a connection that breaks', (response) => void response.socket?.destroy()],
    [
      'pages without end',
      (response, request, path) =>
        json(200, [], { link: `<http://${request.headers.host ?? ''}/again>; rel="next"` })(response, request, path),
    ],
  ])('are unavailable after %s, and never an empty list', async (_what, route) => {
    const { answer } = await ask(route);
    expect(answer.status).toBe('unavailable');
  });

  it('are not followed to another server, which would get the token', async () => {
    const other = await startServer(json(200, []));
    const { answer } = await ask(json(200, [], { link: `<${other.url}/x>; rel="next"` }), { GITHUB_TOKEN: 'secret' });
    expect([answer.status, other.asked]).toEqual(['unavailable', []]);
  });

  it.each(['acme', 'acme/../shop', 'a b/c', 'acme/..', '../../x', 'acme/shop?x=1'])(
    'of "%s" are refused',
    async (name) => {
      await expect(createGithubAdvisories({ variables: {} })(name)).rejects.toThrow('names no repository');
    },
  );
});
