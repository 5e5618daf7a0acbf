/** The promises of SECURITY.md in the report of a run: shown always, deciding only where the team says so. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/core/model/report.ts';
import { runFixby } from '../support/fixby.ts';
import { makeGitRepository, npmProject, SECURITY_MD } from '../support/repository.ts';
import { startSource } from '../support/source.ts';

const PROMISING = `${SECURITY_MD}
## Automated updates

- Dependabot checks for updates weekly

## Status

- Zero known vulnerabilities
`;

async function audit(
  config: string,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly dir: string }> {
  const { url } = await startSource();
  const { dir } = makeGitRepository({
    'SECURITY.md': PROMISING,
    ...npmProject({ ms: '2.1.3' }),
    '.fixby/config.yaml': config,
  });
  const { code, stdout } = await runFixby(['audit', dir, '--registry', url, '--osv-url', url]);
  return { code, stdout, dir };
}

describe('promises in the report of a run', () => {
  it('are shown and do not decide; the run itself is evidence', async () => {
    const { code, stdout, dir } = await audit('version: 1\n');
    expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringContaining('PASS')]);
    expect(stdout).toContain('Broken promises (2)');
    expect(stdout).toMatch(/^Promises +2 broken/m);
    const view = reportSchema.parse(JSON.parse(readFileSync(join(dir, 'reports/fixby.json'), 'utf8')));
    expect(view.promises?.promises.map(({ kind, verdict }) => [kind, verdict])).toEqual([
      ['updates-automated', 'broken'],
      ['updates-automated', 'broken'],
      ['no-known-vulnerabilities', 'kept'],
    ]);
    expect(readFileSync(join(dir, 'reports/fixby.md'), 'utf8')).toContain('## Promises of the security policy');
  });

  it('fail the run where the configuration says so, and are named as what broke it', async () => {
    const { code, stdout, dir } = await audit('version: 1\npromises:\n  failOn: broken\n');
    expect([code, stdout.split('\n')[0]]).toEqual([1, expect.stringContaining('FAIL')]);
    const view = reportSchema.parse(JSON.parse(readFileSync(join(dir, 'reports/fixby.json'), 'utf8')));
    expect([view.verdict, view.broken]).toEqual([
      'fail',
      Array(2).fill(expect.stringMatching(/^SECURITY\.md:12: not kept that /)),
    ]);
  });
});
