/** `fixby init`: what it proposes, that it writes only on a yes, and that nothing that was there is lost. */
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateWorkflow } from '@action-validator/core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runInit } from '../../src/cli/commands/init.ts';
import { runPolicy } from '../../src/cli/commands/policy.ts';
import { runPromises } from '../../src/cli/commands/promises.ts';
import { ROOT } from '../support/fixby.ts';
import { runInProcess } from '../support/in-process.ts';
import type { CommandRun } from '../support/in-process.ts';
import { makeGitRepository, npmProject, SECURITY_MD } from '../support/repository.ts';
import type { FileTree } from '../support/repository.ts';

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
const template = (name: string): string => readFileSync(join(ROOT, 'templates', name), 'utf8');

const ON_GITHUB = { '.github/workflows/test.yml': 'on: push\njobs: {}\n' };
const PYTHON = { 'api/requirements.txt': 'flask==2.0.0\n' };

interface Start {
  readonly dir: string;
  readonly init: (options?: Readonly<Record<string, unknown>>, answer?: string) => Promise<CommandRun>;
  readonly read: (path: string) => string;
}

function start(files: FileTree): Start {
  const { dir } = makeGitRepository(files);
  return {
    dir,
    init: (options = {}, answer) =>
      runInProcess(dir, (world) => {
        const ask = answer === undefined ? {} : { ask: () => Promise.resolve(answer) };
        return runInit({ ...world, ...ask }, '.', options);
      }),
    read: (path) => readFileSync(join(dir, path), 'utf8'),
  };
}

const titles = (stdout: string): readonly string[] =>
  [...stdout.matchAll(/^(?:New|Add to) (\S+):/gm)].map((m) => m[1] ?? '');

describe('fixby init', () => {
  it('proposes everything a bare repository lacks, and without a terminal writes nothing and says so', async () => {
    const { init, dir } = start({ ...npmProject({ ms: '2.1.3' }), ...PYTHON, ...ON_GITHUB });
    const ran = await init();
    expect(titles(ran.stdout)).toEqual([
      'SECURITY.md',
      '.fixby/config.yaml',
      '.fixby/exceptions.yaml',
      '.github/dependabot.yml',
      '.github/workflows/fixby-gate.yml',
      '.github/workflows/fixby-nightly.yml',
    ]);
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining('fixby init --yes')]);
    expect(existsSync(join(dir, '.fixby'))).toBe(false);
  });

  it('writes on --yes what every other command can use, and has nothing left to propose', async () => {
    const { init, dir, read } = start({ ...npmProject({ ms: '2.1.3' }), ...PYTHON, ...ON_GITHUB });
    expect((await init({ yes: true })).code).toBe(0);
    expect((await runInProcess(dir, (world) => runPolicy(world, '.', { check: true }))).code).toBe(0);
    const promises = await runInProcess(dir, (world) => runPromises(world, '.', { failOn: 'broken' }));
    expect([promises.code, promises.stderr]).toEqual([0, '']);
    const { updates } = parse(read('.github/dependabot.yml')) as { updates: unknown };
    expect(updates).toEqual([
      { 'package-ecosystem': 'npm', directory: '/', schedule: { interval: 'weekly' } },
      { 'package-ecosystem': 'pip', directory: '/api', schedule: { interval: 'weekly' } },
    ]);
    for (const name of ['gate', 'nightly']) {
      const { jobs } = parse(read(`.github/workflows/fixby-${name}.yml`)) as { jobs: object };
      expect(Object.keys(jobs)).toHaveLength(1);
    }
    const again = await init();
    expect([again.code, titles(again.stdout)]).toEqual([0, []]);
  });

  it.each([
    ['y', 0, true],
    ['YES', 0, true],
    ['n', 1, false],
    ['', 1, false],
    ['yonder', 1, false],
  ])('asked at a terminal and answered "%s" exits %i', async (answer, code, written) => {
    const { init, dir } = start(npmProject({ ms: '2.1.3' }));
    expect((await init({ only: ['config'] }, answer)).code).toBe(code);
    expect(existsSync(join(dir, '.fixby/config.yaml'))).toBe(written);
    expect(existsSync(join(dir, 'SECURITY.md'))).toBe(false);
  });

  it('adds a policy below what SECURITY.md says, with its line ends', async () => {
    const before = '# Security\r\n\r\nWrite to security@example.test.\r\n';
    const { init, read } = start({ 'SECURITY.md': before });
    await init({ yes: true, only: ['policy'] });
    const after = read('SECURITY.md');
    expect(after.startsWith(before)).toBe(true);
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('leaves a policy alone that is there, understood or not', async () => {
    const vague = '## Update policy\n\n- Critical: soonish\n- High: 7 days\n- Medium: 30 days\n- Low: 90 days\n';
    for (const [text, words] of [
      [SECURITY_MD, 'The policy is read from SECURITY.md:5'],
      [vague, 'not understood'],
    ] as const) {
      const { init } = start({ 'SECURITY.md': text });
      const { stdout } = await init();
      expect(titles(stdout)).not.toContain('SECURITY.md');
      expect(stdout).toContain(words);
    }
  });

  it('adds to a Dependabot configuration what it lacks, and keeps its comments and quotes', async () => {
    const before =
      '# ours\nversion: 2\nupdates:\n  # the app\n  - package-ecosystem: "npm" # quoted\n    directory: "/"\n    schedule: { interval: daily }\n';
    const { init, read } = start({ ...npmProject({ ms: '2.1.3' }), ...PYTHON, '.github/dependabot.yml': before });
    await init({ yes: true, only: ['dependabot'] });
    expect(read('.github/dependabot.yml')).toBe(
      `${before}  - package-ecosystem: pip\n    directory: /api\n    schedule:\n      interval: daily\n`,
    );
  });

  it.each<[string, FileTree, string]>([
    ['Renovate', { 'renovate.json': '{"extends":["config:recommended"]}' }, 'Renovate'],
    ['a broken configuration', { '.github/dependabot.yml': 'version: 1\nupdates: []\n' }, 'nothing Dependabot accepts'],
  ])('leaves updates alone where there is %s', async (_what, files, words) => {
    const { init } = start({ ...npmProject({ ms: '2.1.3' }), ...ON_GITHUB, ...files });
    const { stdout } = await init({ only: ['dependabot'] });
    expect([titles(stdout), stdout]).toEqual([[], expect.stringContaining(words)]);
  });

  it('adds one line to a GitLab pipeline, and puts its jobs beside it', async () => {
    const before = 'stages: [build]\n\nbuild:\n  script: !reference [.base, script] # kept\n';
    const { init, read } = start({ '.gitlab-ci.yml': before });
    await init({ yes: true, only: ['gate'] });
    expect(read('.gitlab-ci.yml')).toBe(`${before}include:\n  - local: .gitlab/fixby.yml\n`);
    const jobs = parse(read('.gitlab/fixby.yml')) as Record<string, { readonly stage?: string }>;
    expect(Object.keys(jobs)).toEqual(['.fixby', 'fixby-gate', 'fixby-nightly']);
    // A stage the pipeline has: one of nothing but `.pre` would never run.
    expect(jobs['.fixby']?.stage).toBe('build');
    expect(titles((await init({ only: ['gate'] })).stdout)).toEqual([]);
  });

  it.each<[string, string]>([
    ['no stages of its own', 'build:\n  script: make\n'],
    ['the usual one', 'stages: [lint, test]\n'],
    ['stages that are no list', 'stages: $STAGES\n'],
  ])('puts what templates/ holds beside a GitLab pipeline with %s', async (_what, before) => {
    const { init, read } = start({ '.gitlab-ci.yml': before });
    await init({ yes: true, only: ['gate'] });
    expect(read('.gitlab/fixby.yml').replaceAll('0.0.0-dev', version)).toBe(template('gitlab-ci.yml'));
  });

  it('writes the workflows that templates/ holds', async () => {
    const { init, read } = start({ ...npmProject({ ms: '2.1.3' }), ...PYTHON, ...ON_GITHUB });
    await init({ yes: true, only: ['gate', 'nightly'] });
    for (const name of ['gate', 'nightly']) {
      const text = template(`github-${name}.yml`);
      expect(read(`.github/workflows/fixby-${name}.yml`).replaceAll('0.0.0-dev', version)).toBe(text);
      expect(validateWorkflow(text)).toMatchObject({ actionType: 'workflow', errors: [] });
    }
  });

  it('keeps the ledger of a night that failed', () => {
    const { jobs } = parse(template('github-nightly.yml')) as {
      readonly jobs: Readonly<
        Record<string, { readonly steps: readonly { readonly uses?: string; readonly if?: string }[] }>
      >;
    };
    const uses = Object.values(jobs).flatMap(({ steps }) => steps);
    expect(uses.find((step) => step.uses?.startsWith('actions/cache/save@'))?.if).toBe('always()');
    expect(uses.some((step) => step.uses?.startsWith('actions/cache@'))).toBe(false);
  });

  it('sees that CI runs fixby already', async () => {
    const { init } = start({
      '.github/workflows/ci.yml': 'on: pull_request\njobs:\n  a:\n    steps:\n      - run: npx fixby@1 gate\n',
    });
    expect(titles((await init()).stdout)).not.toContain('.github/workflows/fixby-gate.yml');
  });

  it('says how cron would run it where no CI service is known', async () => {
    expect((await start({}).init()).stdout).toContain('fixby audit --quiet');
  });

  it('writes through no link of the repository', async () => {
    const { init, dir } = start(npmProject({ ms: '2.1.3' }));
    const outside = makeGitRepository({}).dir;
    symlinkSync(outside, join(dir, '.fixby'));
    const ran = await init({ yes: true, only: ['config'] });
    expect(ran.code).toBe(2);
    expect(ran.stderr).not.toContain('--output');
    expect(existsSync(join(outside, 'config.yaml'))).toBe(false);
  });

  it('writes nothing over what came in while it asked', async () => {
    const { dir } = start(npmProject({ ms: '2.1.3' }));
    const path = join(dir, 'SECURITY.md');
    const ran = await runInProcess(dir, (world) => {
      const ask = (): Promise<string> => {
        writeFileSync(path, 'mine\n');
        return Promise.resolve('y');
      };
      return runInit({ ...world, ask }, '.', { only: ['policy'] });
    });
    expect([ran.code, readFileSync(path, 'utf8')]).toEqual([2, 'mine\n']);
  });

  it('stays harmless when names in the repository are not', async () => {
    const { init, read } = start({ 'a\u001b[2J\nx: y/package.json': '{"dependencies":{"ms":"1"}}', ...ON_GITHUB });
    const { stdout } = await init({ yes: true });
    expect(stdout).not.toContain('\u001b[2J');
    expect(Object.keys(parse(read('.fixby/config.yaml')) as object)).toEqual(['version']);
    expect((parse(read('.github/dependabot.yml')) as { updates: unknown[] }).updates).toHaveLength(1);
  });
});
