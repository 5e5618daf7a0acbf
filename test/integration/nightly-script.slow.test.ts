/** scripts/nightly.sh as cron runs it: one at a time, the exit code kept, a log for each run, and a heartbeat of those that live. */
import { existsSync, readFileSync, readdirSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/core/model/report.ts';
import { ROOT } from '../support/fixby.ts';
import { makeGitRepository } from '../support/repository.ts';
import { startServer, text } from '../support/http-server.ts';
import type { TestServer } from '../support/http-server.ts';
import { makeProgram, makeShop, runScript, startScript, temporaryFolder } from '../support/script.ts';
import { isInstalled } from '../support/shell-check.ts';
import { startSource } from '../support/source.ts';

const SCRIPT = join(ROOT, 'scripts/nightly.sh');

interface Night {
  readonly folder: string;
  readonly logs: string;
  readonly heart: TestServer;
  readonly env: Readonly<Record<string, string>>;
}

/** A folder to audit, and `lines` of shell in place of fixby. */
async function makeNight(lines: string): Promise<Night> {
  const folder = temporaryFolder();
  const logs = temporaryFolder();
  const heart = await startServer(text(200, 'ok'));
  const FIXBY_COMMAND = makeProgram(logs, 'stand-in', lines);
  const env = { FIXBY_COMMAND, FIXBY_LOG_DIR: logs, FIXBY_HEARTBEAT_URL: `${heart.url}/s3cret-beat` };
  return { folder, logs, heart, env };
}

const logsIn = (folder: string): readonly string[] => readdirSync(folder).filter((name) => /Z\.log$/.test(name));

describe('the exit code', () => {
  it.each([
    [0, true],
    [1, true],
    [3, true],
    [4, true],
    [2, false],
    [70, false],
  ])('%i is kept, and the heart beats: %s', async (code, beats) => {
    const { folder, logs, heart, env } = await makeNight(`echo "said $*"; exit ${code}`);
    const ran = await runScript([SCRIPT, folder, '--require-notify'], folder, env);
    expect(ran.code).toBe(code);
    expect(heart.asked).toEqual(beats ? ['/s3cret-beat'] : []);
    const [log = ''] = logsIn(logs);
    expect(readFileSync(join(logs, log), 'utf8')).toBe(`said audit ${realpathSync(folder)} --require-notify\n`);
    expect(ran.stdout.includes('said audit')).toBe(code !== 0);
    expect(ran.stdout + ran.stderr).not.toContain('s3cret');
  });

  it('is 64 without a folder', async () => {
    expect(await runScript([SCRIPT], ROOT, {})).toMatchObject({ code: 64, stdout: '' });
    expect(await runScript([SCRIPT, '/nowhere/at/all'], ROOT, {})).toMatchObject({ code: 64 });
  });

  it('is that of timeout(1) for a run that does not end, and the heart is silent', async () => {
    const { folder, heart, env } = await makeNight('sleep 60');
    const ran = await runScript([SCRIPT, folder], folder, { ...env, FIXBY_TIMEOUT: '1s' });
    expect([ran.code, heart.asked]).toEqual([124, []]);
  });

  it('is kept where the heartbeat cannot be sent', async () => {
    const { folder, heart, env } = await makeNight('exit 3');
    heart.answerWith(text(404, 'no'));
    const ran = await runScript([SCRIPT, folder], folder, env);
    expect([ran.code, ran.stderr]).toEqual([3, 'fixby: the heartbeat could not be sent\n']);
  });
});

describe('where nothing can be run', () => {
  it('is 73 without a place for the log, and neither a verdict nor a heartbeat', async () => {
    const { folder, logs, heart, env } = await makeNight('exit 0');
    const file = join(logs, 'file');
    writeFileSync(file, '');
    for (const place of [file, join(file, 'below'), '/proc/fixby']) {
      const ran = await runScript([SCRIPT, folder], folder, { ...env, FIXBY_LOG_DIR: place });
      expect([ran.code, ran.stderr]).toEqual([73, expect.stringContaining('nothing was run')]);
    }
    expect(heart.asked).toEqual([]);
  });

  it('audits the newest commit where it is told to pull, and nothing where it cannot', async () => {
    const { heart, env } = await makeNight('cat "$2/said"');
    const upstream = makeGitRepository({ said: 'old' });
    const clone = temporaryFolder();
    upstream.git(['clone', '--quiet', upstream.dir, clone]);
    writeFileSync(join(upstream.dir, 'said'), 'new');
    upstream.commit('Say it anew', '2026-01-02T00:00:00Z');
    const night = { ...env, FIXBY_PULL: 'yes', FIXBY_LOG_DIR: temporaryFolder() };
    const logOf = (): string =>
      readFileSync(join(night.FIXBY_LOG_DIR, logsIn(night.FIXBY_LOG_DIR).at(-1) ?? ''), 'utf8');

    expect((await runScript([SCRIPT, clone], clone, { ...night, FIXBY_PULL: 'no' })).code).toBe(0);
    expect(logOf()).toBe('old');
    night.FIXBY_LOG_DIR = temporaryFolder();
    expect((await runScript([SCRIPT, clone], clone, night)).code).toBe(0);
    expect([logOf(), heart.asked.length]).toEqual(['new', 2]);

    rmSync(upstream.dir, { recursive: true });
    const lost = await runScript([SCRIPT, clone], clone, night);
    expect([lost.code, lost.stderr]).toEqual([74, expect.stringContaining('nothing was run')]);
    expect(lost.stdout).toContain('does not appear to be a git repository');
    expect(heart.asked).toHaveLength(2);
  });
});

it('lets one run a folder, and only one', async () => {
  const { folder, logs, env } = await makeNight(
    'touch "$FIXBY_LOG_DIR/began"; while [ ! -e "$FIXBY_LOG_DIR/go" ]; do sleep 0.1; done',
  );
  const first = startScript([SCRIPT, folder], folder, env);
  while (!existsSync(join(logs, 'began'))) await new Promise((done) => setTimeout(done, 50));
  const second = await runScript([SCRIPT, folder], folder, env);
  expect([second.code, second.stderr]).toEqual([75, expect.stringContaining('the run before has not ended')]);
  writeFileSync(join(logs, 'go'), '');
  expect((await first.ended).code).toBe(0);
  expect((await runScript([SCRIPT, folder], folder, env)).code).toBe(0);
});

it('keeps logs for as long as it is told, and leads to the latest', async () => {
  const { folder, logs, env } = await makeNight('echo fresh');
  await runScript([SCRIPT, folder], folder, env);
  const [first = ''] = logsIn(logs);
  const old = first.replace(/\.\d{8}T\d{6}Z\.log$/, '.20200101T000000Z.log');
  writeFileSync(join(logs, old), 'old');
  utimesSync(join(logs, old), 0, 0);
  writeFileSync(join(logs, 'other.20200101T000000Z.log'), "somebody else's");
  utimesSync(join(logs, 'other.20200101T000000Z.log'), 0, 0);
  await runScript([SCRIPT, folder], folder, { ...env, FIXBY_LOG_DAYS: '1' });
  expect(existsSync(join(logs, old))).toBe(false);
  expect(existsSync(join(logs, 'other.20200101T000000Z.log'))).toBe(true);
  const latest = readdirSync(logs).find((name) => name.endsWith('.latest.log')) ?? '';
  expect(readFileSync(join(logs, latest), 'utf8')).toBe('fresh\n');
});

it('takes its settings from a file', async () => {
  const { folder, logs, env } = await makeNight('echo "told $FIXBY_NOTIFY_TEAM_URL" | tr a-z A-Z; exit 1');
  const file = join(logs, 'settings');
  writeFileSync(file, 'FIXBY_NOTIFY_TEAM_URL="https://chat.example"\n');
  const ran = await runScript([SCRIPT, folder], folder, { ...env, FIXBY_ENV_FILE: file });
  expect([ran.code, ran.stdout]).toEqual([1, expect.stringContaining('TOLD HTTPS://CHAT.EXAMPLE')]);
  const missing = await runScript([SCRIPT, folder], folder, { ...env, FIXBY_ENV_FILE: join(logs, 'none') });
  expect(missing).toMatchObject({ code: 64 });
});

it('audits the example with the fixby it came with, and remembers the night', async () => {
  const shop = makeShop((await startSource()).url);
  const heart = await startServer(text(200, 'ok'));
  const env = { FIXBY_LOG_DIR: temporaryFolder(), FIXBY_HEARTBEAT_URL: heart.url };
  const nights = [];
  for (let night = 0; night < 2; night += 1) nights.push(await runScript([SCRIPT, shop], '/', env));
  expect(nights.map(({ code }) => code)).toEqual([1, 1]);
  expect(nights[0]?.stdout).toContain('✖ FAIL');
  const report = reportSchema.parse(JSON.parse(readFileSync(join(shop, 'reports/fixby.json'), 'utf8')));
  expect(report.verdict).toBe('fail');
  expect(report.changes).toMatchObject({ opened: [], cleared: [] });
  expect(report.changes?.previousRun).toBeDefined();
  expect(heart.asked).toHaveLength(2);
});

it('is told nothing by shellcheck', async ({ skip }) => {
  if (!isInstalled('shellcheck', 'shellcheck')) skip('shellcheck is not installed, and could not be installed here');
  const scripts = ['scripts/nightly.sh', 'scripts/action.sh'];
  expect(await runScript(['shellcheck', ...scripts], ROOT, {})).toEqual({ code: 0, stdout: '', stderr: '' });
});
