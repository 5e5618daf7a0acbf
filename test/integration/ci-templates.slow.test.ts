/** What CI systems and systemd are handed: valid by their own rules, and shown to work by running their steps. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateAction } from '@action-validator/core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { reportSchema } from '../../src/core/model/report.ts';
import { ROOT } from '../support/fixby.ts';
import type { Ran } from '../support/fixby.ts';
import { makeGitRepository, npmProject, SECURITY_MD } from '../support/repository.ts';
import { makeNpx, makeShop, runScript, temporaryFolder } from '../support/script.ts';
import { isInstalled } from '../support/shell-check.ts';
import { startSource } from '../support/source.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly steps: readonly {
      readonly id: string;
      readonly env: Readonly<Record<string, string>>;
      readonly run: string;
    }[];
  };
}

describe('action.yml', () => {
  const source = read('action.yml');
  const action = parse(source) as Action;
  const [step] = action.runs.steps;

  it('is an action by the schema of actions', () => {
    expect(validateAction(source)).toMatchObject({ actionType: 'action', errors: [] });
  });

  it('puts no text of a workflow into a script, and pins this version', () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
    expect(action.inputs['version']?.default).toBe(version);
    for (const value of Object.values(step?.env ?? {})) expect(value).toMatch(/^\$\{\{ inputs\.[a-z-]+ \}\}$/);
    expect(Object.keys(step?.env ?? {})).toHaveLength(Object.keys(action.inputs).length);
  });

  interface Result extends Ran {
    readonly outputs: Readonly<Record<string, string>>;
    readonly summary: string;
  }

  /** Runs the step as a runner does: inputs in the environment, outputs and summary in files. */
  async function runAction(dir: string, inputs: Readonly<Record<string, string>>): Promise<Result> {
    const temp = temporaryFolder();
    makeNpx(temp);
    const given = (expression: string): string => {
      const name = /inputs\.([a-z-]+)/.exec(expression)?.[1] ?? '';
      return inputs[name] ?? action.inputs[name]?.default ?? '';
    };
    const env = Object.fromEntries(Object.entries(step?.env ?? {}).map(([name, value]) => [name, given(value)]));
    const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') };
    for (const file of Object.values(files)) writeFileSync(file, '');
    const runner = {
      RUNNER_TEMP: temp,
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_ACTIONS: 'true',
      PATH: `${temp}:${process.env['PATH'] ?? ''}`,
    };
    const ran = await runScript(['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? ''], dir, {
      ...runner,
      ...files,
      ...env,
    });
    const lines = readFileSync(files.GITHUB_OUTPUT, 'utf8').split('\n').filter(Boolean);
    const outputs = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    return { ...ran, outputs, summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8') };
  }

  it('gates the example: exit code, summary, report, SARIF and evidence', async () => {
    const { url } = await startSource();
    const shop = makeShop(url);
    const { code, outputs, summary } = await runAction(shop, { registry: url, 'osv-url': url, evidence: 'true' });
    expect(code).toBe(1);
    expect(outputs).toMatchObject({ verdict: 'fail', 'exit-code': '1' });
    expect(reportSchema.parse(JSON.parse(readFileSync(outputs['report'] ?? '', 'utf8'))).verdict).toBe('fail');
    expect(JSON.parse(readFileSync(outputs['sarif'] ?? '', 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(existsSync(outputs['evidence'] ?? '')).toBe(true);
    expect(summary).toContain('FAIL');
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(action.outputs).sort());
  });

  it('passes where nothing is critical, and hands over no evidence that was not asked for', async () => {
    const { url } = await startSource();
    const { dir } = makeGitRepository({ 'SECURITY.md': SECURITY_MD, ...npmProject({ ms: '2.1.3' }) });
    const { code, outputs, summary } = await runAction(dir, { registry: url, 'osv-url': url });
    expect([code, outputs['verdict'], outputs['evidence']]).toEqual([0, 'pass', undefined]);
    expect(summary).toContain('PASS');
  });

  it('takes an input for what it is, and never as shell', async () => {
    const folder = temporaryFolder();
    const mark = join(folder, 'mark');
    const evil = `"; touch ${mark}; $(touch ${mark})\`touch ${mark}\``;
    const { code, outputs, summary } = await runAction(folder, { directory: evil, since: evil, config: evil });
    expect([code, outputs['verdict'], existsSync(mark)]).toEqual([2, undefined, false]);
    expect(summary).toContain('did not come to a verdict (exit code 2)');
  });
});

interface GitlabJob {
  readonly extends: string;
  readonly script: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly artifacts?: { readonly reports?: Readonly<Record<string, string>> };
}

describe('the GitLab template', () => {
  const jobs = parse(read('templates/gitlab-ci.yml')) as Readonly<Record<string, GitlabJob>>;

  it('holds two jobs on one base that pins this version', () => {
    expect(Object.keys(jobs)).toEqual(['.fixby', 'fixby-gate', 'fixby-nightly']);
    for (const name of ['fixby-gate', 'fixby-nightly']) expect(jobs[name]?.extends).toBe('.fixby');
    expect(jobs['.fixby']?.variables?.['FIXBY_VERSION']).toBe(version);
  });

  function runJob(name: string, dir: string, env: Readonly<Record<string, string>>): Promise<Ran> {
    const temp = temporaryFolder();
    makeNpx(temp);
    const variables = { ...env, FIXBY_VERSION: version, PATH: `${temp}:${process.env['PATH'] ?? ''}` };
    return runScript(['bash', '-eo', 'pipefail', '-c', jobs[name]?.script.join('\n') ?? ''], dir, variables);
  }

  it('gates a merge request of the example, and leaves the reports it names', async () => {
    const shop = makeShop((await startSource()).url);
    const { code } = await runJob('fixby-gate', shop, { CI_MERGE_REQUEST_DIFF_BASE_SHA: 'HEAD' });
    expect(code).toBe(0);
    for (const path of Object.values(jobs['fixby-gate']?.artifacts?.reports ?? {}))
      expect(existsSync(join(shop, path))).toBe(true);
  });

  it('audits the example every night', async () => {
    const shop = makeShop((await startSource()).url);
    const { code, stdout } = await runJob('fixby-nightly', shop, {});
    expect(code).toBe(1);
    expect(stdout).toContain('FAIL');
    expect(existsSync(join(shop, 'fixby-reports/evidence.zip'))).toBe(true);
  });
});

describe('the systemd units', () => {
  it('are taken by systemd', async ({ skip }) => {
    if (!isInstalled('systemd-analyze', 'systemd'))
      skip('systemd-analyze is not installed, and could not be installed here');
    const folder = temporaryFolder();
    cpSync(join(ROOT, 'templates/systemd'), folder, { recursive: true });
    const unit = join(folder, 'fixby@.service');
    // The package lies elsewhere here, and the checkout it watches does not exist.
    const text = readFileSync(unit, 'utf8').replace('/usr/local/lib/node_modules/fixby', ROOT);
    expect(text).toContain(ROOT);
    writeFileSync(unit, text);
    const ran = await runScript(
      ['systemd-analyze', 'verify', '--man=no', join(folder, 'fixby@shop.service'), join(folder, 'fixby@shop.timer')],
      folder,
      {},
    );
    expect(ran.stderr.split('\n').filter((line) => /fixby@/.test(line))).toEqual([]);
    expect(ran.code).toBe(0);
    expect((await runScript(['systemd-analyze', 'calendar', '*-*-* 03:17:00'], folder, {})).code).toBe(0);
  });

  it('run the script that the package holds', () => {
    const packaged = JSON.parse(read('package.json')) as { files: readonly string[] };
    expect(packaged.files).toEqual(expect.arrayContaining(['scripts/nightly.sh', 'templates']));
    for (const file of ['templates/systemd/fixby@.service', 'templates/crontab'])
      expect(read(file)).toContain('/fixby/scripts/nightly.sh /srv/');
  });
});
