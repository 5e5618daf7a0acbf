/** A night that tells people, from the audit to their channels: the verdict stays what it is, and a failure to tell is seen. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestSchema } from '../../src/core/model/digest.ts';
import { reportSchema } from '../../src/core/model/report.ts';
import { jsonFormat } from '../../src/core/report/json.ts';
import { runFixby } from '../support/fixby.ts';
import { HOOK_CONFIG, hookVariables, startHook } from '../support/hook.ts';
import type { Hook } from '../support/hook.ts';
import { startMailServer } from '../support/mail-server.ts';
import { makeGitRepository, makeRepository, npmProject, SECURITY_MD } from '../support/repository.ts';
import { startSource } from '../support/source.ts';
import { newsView } from '../unit/notify/digests.ts';
import { plainOptions } from '../unit/report/views.ts';

describe('fixby audit --require-notify', () => {
  async function audit(hook: Hook, packages: Readonly<Record<string, string>>, ...flags: readonly string[]) {
    const { url } = await startSource();
    const { dir } = makeGitRepository({
      'SECURITY.md': SECURITY_MD,
      '.fixby/config.yaml': HOOK_CONFIG,
      ...npmProject(packages),
    });
    const env = { ...hookVariables(hook), SSL_CERT_FILE: undefined };
    const ran = await runFixby(['audit', '--registry', url, '--osv-url', url, ...flags], { cwd: dir, env });
    const report = reportSchema.parse(JSON.parse(readFileSync(join(dir, 'reports/fixby.json'), 'utf8')));
    return { ...ran, report, text: readFileSync(join(dir, 'reports/fixby.md'), 'utf8') };
  }

  it('tells of a night on which all is well', async () => {
    const hook = await startHook();
    const { code, report } = await audit(hook, { ms: '2.1.3' }, '--require-notify');
    expect([code, report.verdict, report.problems.filter((each) => each.code === 'notify-failed')]).toEqual([
      0,
      'pass',
      [],
    ]);
    const digest = digestSchema.parse(JSON.parse(hook.posted.get('/s3cret-hook') ?? ''));
    expect(digest).toMatchObject({ allWell: true, changes: 'first-run' });
  });

  it('exits 4 on a pass nobody was told of, and names it in every report without a secret', async () => {
    const { code, stdout, stderr, report, text } = await audit(
      await startHook(410),
      { ms: '2.1.3' },
      '--require-notify',
    );
    expect([code, report.verdict]).toEqual([4, 'pass']);
    expect(report.problems.map((each) => each.code)).toEqual(['notify-failed', 'notify-failed']);
    expect(text).toContain('could not be told');
    expect(stdout).toContain('notify-failed');
    expect(stdout + stderr + text + JSON.stringify(report)).not.toContain('s3cret');
  });

  it('keeps the verdict of a broken policy, and exits as ever without being required to', async () => {
    const broken = await audit(await startHook(410), { lodash: '4.17.4' }, '--require-notify');
    expect([broken.code, broken.report.verdict]).toEqual([1, 'fail']);
    expect((await audit(await startHook(410), { ms: '2.1.3' }, '--notify')).code).toBe(0);
  });

  it('tells nobody without being asked, and of no other moment than now', async () => {
    const hook = await startHook();
    await audit(hook, { ms: '2.1.3' });
    expect(hook.server.asked).toEqual([]);
    const { dir } = makeRepository({ 'SECURITY.md': SECURITY_MD, '.fixby/config.yaml': HOOK_CONFIG });
    const ran = await runFixby(['audit', '--notify', '--as-of', '2026-03-01'], { cwd: dir, env: hookVariables(hook) });
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining('--notify tells of now')]);
  });
});

it('mails by the program as it is shipped', async () => {
  const server = await startMailServer();
  const { dir } = makeRepository({
    'SECURITY.md': SECURITY_MD,
    '.fixby/config.yaml': 'notify: { channels: [{ name: list, kind: mail }] }\n',
    'report.json': jsonFormat.render(newsView, plainOptions),
  });
  const env = {
    FIXBY_NOTIFY_LIST_SERVER: `smtp://127.0.0.1:${server.port}`,
    FIXBY_NOTIFY_LIST_FROM: 'fixby@example.org',
    FIXBY_NOTIFY_LIST_TO: 'ops@example.org',
  };
  const ran = await runFixby(['notify', '--from', 'report.json'], { cwd: dir, env });
  expect(ran).toEqual({ code: 0, stdout: '', stderr: 'fixby: list was told\n' });
  expect(server.mails.map(({ to }) => to)).toEqual([['ops@example.org']]);
});
