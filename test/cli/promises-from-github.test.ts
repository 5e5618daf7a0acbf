/** `fixby promises --advisories-from`: what GitHub lists is evidence, and what it does not list leaves the promise open. */
import { describe, expect, it } from 'vitest';
import { runPromises } from '../../src/cli/commands/promises.ts';
import type { PromiseReport } from '../../src/core/model/promise-report.ts';
import { json, startServer, type Route } from '../support/http-server.ts';
import { runInProcess } from '../support/in-process.ts';
import { makeGitRepository } from '../support/repository.ts';

const PROMISE =
  '# Security\n\n## Reporting a vulnerability\n\nAdvisories are published within 30 days of the report.\n';

const advisory = (published: string): object => ({
  ghsa_id: 'GHSA-aaaa-bbbb-cccc',
  severity: 'high',
  state: 'published',
  created_at: '2026-01-01T00:00:00Z',
  published_at: published,
});

/** The promises about time. */
async function hold(route: Route): Promise<PromiseReport['promises']> {
  const { url } = await startServer(route);
  const { dir } = makeGitRepository({ 'SECURITY.md': PROMISE });
  const { stdout } = await runInProcess(dir, (world) =>
    runPromises({ ...world, env: { ...world.env, GITHUB_API_URL: url } }, '.', {
      advisoriesFrom: 'acme/shop',
      format: 'json',
      asOf: '2026-06-01',
    }),
  );
  const { promises } = JSON.parse(stdout) as PromiseReport;
  return promises.filter(({ kind }) => kind === 'response-clocks');
}

describe('advisories from GitHub', () => {
  it.each([
    ['2026-01-20T00:00:00Z', 'kept'],
    ['2026-03-20T00:00:00Z', 'broken'],
  ])('one published on %s: the promise is %s', async (published, verdict) => {
    const promises = await hold(json(200, [advisory(published)]));
    expect(promises.map((row) => row.verdict)).toEqual([verdict]);
  });

  it('leave it open when they cannot be listed, with what GitHub said', async () => {
    const promises = await hold(json(403, { message: 'Resource not accessible' }));
    expect(promises.map(({ verdict }) => verdict)).toEqual(['cannot-tell']);
    expect(promises[0]?.evidence[0]?.text).toContain('403');
  });
});
