/** Telling people, as a user meets it: what is sent where, what is said when it is not, and never a secret. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runNotify } from '../../src/cli/commands/notify.ts';
import { digestSchema } from '../../src/core/model/digest.ts';
import { jsonFormat } from '../../src/core/report/json.ts';
import { HOOK_CONFIG, hookVariables, startHook } from '../support/hook.ts';
import { runInProcess } from '../support/in-process.ts';
import type { CommandRun } from '../support/in-process.ts';
import { makeRepository, SECURITY_MD } from '../support/repository.ts';
import { newsView } from '../unit/notify/digests.ts';
import { plainOptions } from '../unit/report/views.ts';

function makeFolder(config = HOOK_CONFIG): string {
  const { dir } = makeRepository({ 'SECURITY.md': SECURITY_MD, '.fixby/config.yaml': config });
  writeFileSync(join(dir, 'report.json'), jsonFormat.render(newsView, plainOptions));
  return dir;
}

function notify(
  dir: string,
  env: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>> = {},
): Promise<CommandRun> {
  const command = { from: 'report.json', ...options };
  return runInProcess(dir, (world) => runNotify({ ...world, env: { ...world.env, ...env } }, '.', command));
}

describe('fixby notify', () => {
  it('tells every channel in its own form', async () => {
    const hook = await startHook();
    const ran = await notify(makeFolder(), { ...hookVariables(hook), GITHUB_REPOSITORY: 'acme/shop' });
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    expect(ran.stderr.split('\n').sort()).toEqual(['', 'fixby: hook was told', 'fixby: team was told']);
    const slack = JSON.parse(hook.posted.get('/services/s3cret-team') ?? '') as Record<string, unknown>;
    expect(slack).toMatchObject({ text: expect.stringContaining('[fixby] acme/shop: FAIL, 1 overdue') as string });
    const digest = digestSchema.parse(JSON.parse(hook.posted.get('/s3cret-hook') ?? ''));
    expect(digest).toMatchObject({ repository: 'acme/shop', verdict: 'fail', changes: 'known' });
  });

  it('only shows it with --dry-run', async () => {
    const hook = await startHook();
    const { code, stdout, stderr } = await notify(makeFolder(), hookVariables(hook), { dryRun: true });
    expect([code, stderr, hook.server.asked]).toEqual([0, '', []]);
    expect(stdout).toContain('── team (slack)\n*✖ FAIL');
    expect(stdout).toContain('"schema": "fixby.digest/v1"');
    expect(stdout).not.toContain('s3cret');
  });

  it('tells only the channels that are named', async () => {
    const hook = await startHook();
    expect((await notify(makeFolder(), hookVariables(hook), { channel: ['hook'], quiet: true })).stderr).toBe(
      'fixby: The variable FIXBY_NOTIFY_TEAM_URL is set, and no channel of the configuration reads it.\n' +
        '  → Name its channel below `notify.channels` in .fixby/config.yaml, or unset it.\n',
    );
    expect([...hook.posted.keys()]).toEqual(['/s3cret-hook']);
    const wrong = await notify(makeFolder(), hookVariables(hook), { channel: ['pager'] });
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('Channels it names: team, hook')]);
  });

  it('exits 4 where somebody was not told, and repeats no secret though the server does', async () => {
    const hook = await startHook(404);
    const { code, stderr } = await notify(makeFolder(), hookVariables(hook));
    expect(code).toBe(4);
    expect(stderr).toContain('The channel team could not be told of this run: it answered 404: no: /***/***');
    expect(stderr).not.toContain('s3cret');
  });

  it('exits 4 where a variable is missing, and tells the others', async () => {
    const hook = await startHook();
    const { code, stderr } = await notify(makeFolder(), { ...hookVariables(hook), FIXBY_NOTIFY_TEAM_URL: '' });
    expect([code, hook.posted.size]).toEqual([4, 1]);
    expect(stderr).toContain('FIXBY_NOTIFY_TEAM_URL is not set');
  });

  it.each([
    ['is not there', undefined],
    ['is no JSON', 'x'],
    ['is another document', '{"schema":"fixby.digest/v1"}'],
  ])('refuses a report that %s', async (_what, text) => {
    const dir = makeFolder();
    if (text !== undefined) writeFileSync(join(dir, 'other.json'), text);
    expect(await notify(dir, {}, { from: 'other.json' })).toMatchObject({ code: 2, stdout: '' });
  });
});
