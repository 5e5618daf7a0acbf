/** The command line as a user meets it: argv in; exit code, stdout and stderr out. */
import { spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { chmodSync, closeSync, existsSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../../src/adapters/lib/temp-folder.ts';
import type { DoctorReport } from '../../src/core/model/doctor-report.ts';
import { reportSchema } from '../../src/core/model/report.ts';
import type { ReportView } from '../../src/core/model/report.ts';
import { FIXBY, ROOT, runFixby } from '../support/fixby.ts';
import { schemaErrors } from '../support/published-schema.ts';
import { makeGitRepository, makeRepository, npmProject, SECURITY_MD } from '../support/repository.ts';
import { startSource } from '../support/source.ts';

const AS_OF = ['--as-of', '2026-04-03T09:00:00Z'];

async function sources(): Promise<readonly string[]> {
  const { url } = await startSource();
  return ['--registry', url, '--osv-url', url, ...AS_OF];
}

describe('help and usage', () => {
  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(await runFixby(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('explains every command with an example', async () => {
    const { stdout } = await runFixby(['--help']);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+)(?: |$)/gm)]
      .map(([, name]) => name ?? '')
      .filter((name) => name !== 'help');
    expect(commands).toEqual(expect.arrayContaining(['audit', 'gate', 'policy', 'doctor', 'mirror']));
    for (const command of commands) {
      const help = await runFixby([command, '--help']);
      expect([command, help.code]).toEqual([command, 0]);
      if (!/^Commands:/m.test(help.stdout)) expect(help.stdout).toContain('Examples:');
    }
  });

  it.each([
    ['an unknown command', ['adit']],
    ['an unknown flag', ['audit', '--fast']],
    ['a registry that is no URL', ['audit', '--registry', 'ftp://x']],
    ['a registry with credentials', ['audit', '--registry', 'https://user:secret@host.example']],
    ['a date that is none', ['audit', '--as-of', 'yesterday']],
    ['a day no calendar has', ['audit', '--as-of', '2027-02-29']],
    ['an unknown format', ['audit', '--format', 'pdf']],
    ['several formats for one stdout', ['audit', '--format', 'json', '--format', 'markdown']],
    ['an import that names no auditor', ['audit', '--import', 'report.json']],
    ['a folder that is not there', ['audit', '/nowhere/at/all']],
    ['an unknown level', ['gate', '--fail-on', 'huge']],
    ['an unknown ref', ['gate', '--since', 'no-such-ref']],
    ['an option in place of a ref', ['gate', '--since', '--upload-pack=x']],
  ])('%s is a usage error without a stack trace', async (_what, args) => {
    const { dir } = makeGitRepository({ 'SECURITY.md': SECURITY_MD, ...npmProject({ ms: '2.1.3' }) });
    const ran = await runFixby(args, { cwd: dir });
    expect(ran.code).toBe(2);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(/\S/);
    expect(ran.stderr).not.toMatch(/^\s+at |secret/m);
  });

  it('asks for a folder where an empty text stands for one', async () => {
    const ran = await runFixby(['audit', '']);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain('empty');
  });

  it('says which place for temporary files cannot be used', async () => {
    const { dir } = makeRepository({ 'SECURITY.md': SECURITY_MD, 'requirements.txt': 'six==1.17.0\n' });
    const TMPDIR = join(dir, 'SECURITY.md');
    const ran = await runFixby(['audit', dir, ...(await sources())], { env: { TMPDIR } });
    expect([ran.code, ran.stderr.includes(TMPDIR)]).toEqual([2, true]);
    expect(ran.stderr).not.toMatch(/^\s+at /m);
  });

  it('names every problem of a configuration with its place', async () => {
    const { dir } = makeRepository({
      'SECURITY.md': SECURITY_MD,
      '.fixby/config.yaml': 'version: 1\npolcy: {}\naudit:\n  attempts: many\n',
    });
    const ran = await runFixby(['audit', dir]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('config.yaml:2:1');
    expect(ran.stderr).toContain('config.yaml:4:13');
    expect(ran.stderr).toContain('policy');
  });

  it('asks for a policy where there is none', async () => {
    const { dir } = makeRepository(npmProject({ ms: '2.1.3' }));
    const ran = await runFixby(['audit', dir]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('policy.windows');
  });
});

describe.skipIf(!existsSync('/dev/full'))('a stream that cannot be written', () => {
  const run = (args: readonly string[], full: 'stdout' | 'stderr') => {
    const device = openSync('/dev/full', 'w');
    const stdio: StdioOptions = ['ignore', full === 'stdout' ? device : 'pipe', full === 'stderr' ? device : 'pipe'];
    const { status, stderr } = spawnSync(process.execPath, [FIXBY, ...args], { stdio, encoding: 'utf8' });
    closeSync(device);
    return { status, stderr };
  };

  it('is an error where it was to take the report', () => {
    expect(run(['--version'], 'stdout')).toEqual({ status: 2, stderr: expect.stringContaining('ENOSPC') as string });
  });

  it('changes no exit code where it was to take progress', () => {
    expect(run(['audit', '--fast'], 'stderr').status).toBe(2);
    const { dir } = makeRepository({ 'SECURITY.md': SECURITY_MD });
    expect(run(['audit', dir, '--offline'], 'stderr').status).toBe(3);
  });
});

/** As containers are run with `--user`: the system knows no name and no home of this user. */
const NOBODY = { uid: 54_321, gid: 54_321 };
const readsFixby = ['-e', `require('node:fs').accessSync(${JSON.stringify(FIXBY)})`];
const canBeNobody = process.getuid?.() === 0 && spawnSync(process.execPath, readsFixby, NOBODY).status === 0;

describe.skipIf(!canBeNobody)('a user the system does not know (skipped unless root, with a readable build)', () => {
  it.each(['without HOME', 'with a HOME'])('may run fixby %s', async (how) => {
    const { dir } = makeGitRepository({ 'SECURITY.md': SECURITY_MD, ...npmProject({ ms: '2.1.3' }) });
    const temp = makeRepository();
    for (const folder of [dir, temp.dir]) chmodSync(folder, 0o777);
    const env = { ...process.env, HOME: how === 'with a HOME' ? temp.dir : undefined, TMPDIR: temp.dir };
    // A folder of another fixby: whose it is has to be asked.
    makeTempFolder(temp.dir, process);
    const args = [FIXBY, 'audit', dir, '--format', 'json', '--no-install', ...(await sources())];
    const child = spawn(process.execPath, args, { ...NOBODY, env: { ...env, FIXBY_CACHE_DIR: undefined } });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    await new Promise((ended) => child.on('close', ended));
    expect(stderr).not.toMatch(/^\s+at /m);
    const { targets } = reportSchema.parse(JSON.parse(stdout));
    expect(targets.map(({ auditor, outcome }) => [auditor, outcome])).toContainEqual(['npm-audit', 'audited']);
  });
});

describe('where reports go', () => {
  const files = { 'SECURITY.md': SECURITY_MD, ...npmProject({ lodash: '4.17.21' }) };

  it('shows the first screen and keeps JSON and Markdown', async () => {
    const { dir } = makeGitRepository(files);
    const ran = await runFixby(['audit', dir, ...(await sources())]);
    expect(ran.stdout.split('\n')[0]).toContain('PASS');
    expect(readdirSync(join(dir, 'reports')).sort()).toEqual(['fixby.json', 'fixby.md']);
    const view = reportSchema.parse(JSON.parse(readFileSync(join(dir, 'reports/fixby.json'), 'utf8')));
    expect(view.findings.map(({ deadline }) => deadline.state).sort()).toEqual(['due', 'next-release', 'next-release']);
  });

  it('prints one asked-for format on stdout, and writes nothing', async () => {
    const { dir } = makeGitRepository(files);
    const ran = await runFixby(['audit', dir, '--format', 'json', ...(await sources())]);
    expect(schemaErrors('report.v1', JSON.parse(ran.stdout))).toBeNull();
    expect(existsSync(join(dir, 'reports'))).toBe(false);
  });

  it('gives the same bytes for the same facts but for durations and the time of asking', async () => {
    const { dir } = makeGitRepository(files);
    const args = ['audit', dir, '--format', 'json', ...(await sources())];
    const [first, second] = [await runFixby(args), await runFixby(args)].map(({ stdout }) =>
      stdout.replace(/"durationMs": \d+/g, '"durationMs": 0').replace(/"generatedAt": "[^"]+"/, '"generatedAt": ""'),
    );
    expect(second).toBe(first);
  });

  it('writes a single format into the file that is named', async () => {
    const { dir } = makeGitRepository(files);
    const out = join(makeRepository().dir, 'deep/report.md');
    await runFixby(['gate', dir, '--format', 'markdown', '--output', out, ...(await sources())]);
    expect(readFileSync(out, 'utf8')).toMatch(/^# /);
  });

  it('annotates a GitHub job and keeps stdout clean', async () => {
    const { dir } = makeGitRepository({ 'SECURITY.md': SECURITY_MD, ...npmProject({ 'form-data': '4.0.3' }) });
    const ran = await runFixby(['gate', dir, '--format', 'json', ...(await sources())], {
      env: { GITHUB_ACTIONS: 'true' },
    });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/^::error /m);
    expect(() => JSON.parse(ran.stdout) as unknown).not.toThrow();
  });
});

describe('the gate', () => {
  const critical = npmProject({ 'form-data': '4.0.3' });
  const medium = npmProject({ lodash: '4.17.21' });

  it.each([
    ['critical', 0],
    ['high', 1],
    ['medium', 1],
    ['overdue', 0],
  ])('--fail-on %s over findings up to high exits %i', async (level, code) => {
    const { dir } = makeGitRepository({ 'SECURITY.md': SECURITY_MD, ...medium });
    const ran = await runFixby(['gate', dir, '--fail-on', level, ...(await sources())]);
    expect([ran.code, existsSync(join(dir, 'reports'))]).toEqual([code, false]);
  });

  it('fails on what a change brings, and shows without failing what was there', async () => {
    const repository = makeGitRepository({ 'SECURITY.md': SECURITY_MD, ...critical });
    const flags = await sources();
    const old = await runFixby(['gate', repository.dir, '--since', 'HEAD', '--format', 'json', ...flags]);
    expect([old.code, (JSON.parse(old.stdout) as ReportView).findings.map(({ counts }) => counts)]).toEqual([
      0,
      [false],
    ]);

    repository.commit('Bring another', '2026-02-01T00:00:00Z', npmProject({ 'form-data': '4.0.3' }, 'service'));
    const fresh = await runFixby(['gate', repository.dir, '--since', 'HEAD~1', '--format', 'json', ...flags]);
    expect(fresh.code).toBe(1);
    expect(
      (JSON.parse(fresh.stdout) as ReportView).findings.map(({ target, counts }) => [target, counts]).sort(),
    ).toEqual([
      ['.', false],
      ['service', true],
    ]);
  });

  it('reads policy and configuration at the base, so that a change cannot loosen its own gate', async () => {
    const repository = makeGitRepository({ 'SECURITY.md': SECURITY_MD, ...npmProject({ ms: '2.1.3' }) });
    repository.commit('Loosen and bring', '2026-02-01T00:00:00Z', {
      ...critical,
      'SECURITY.md': SECURITY_MD.replace('Patch immediately', 'Address opportunistically'),
      '.fixby/config.yaml': 'version: 1\ndiscover:\n  exclude: ["*"]\n',
    });
    const ran = await runFixby([
      'gate',
      repository.dir,
      '--fail-on',
      'overdue',
      '--since',
      'HEAD~1',
      ...(await sources()),
    ]);
    expect([ran.code, ran.stdout.split('\n')[0]]).toEqual([1, expect.stringContaining('FAIL')]);
  });
});

describe('reports made elsewhere', () => {
  const clean = JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: {},
    metadata: { vulnerabilities: { total: 0 }, dependencies: { total: 1 } },
  });
  const files = { 'SECURITY.md': SECURITY_MD, ...npmProject({ ms: '2.1.3' }) };
  const importing = async (report: string | Uint8Array, extra: readonly string[] = []) => {
    const { dir } = makeGitRepository(files);
    const path = join(makeRepository({ 'report.json': report }).dir, 'report.json');
    return runFixby([
      'audit',
      dir,
      '--import',
      `npm-audit=${path}`,
      '--format',
      'json',
      ...extra,
      ...(await sources()),
    ]);
  };

  it('is inconclusive at best, because nothing proves that anything was asked', async () => {
    expect((await importing(clean)).code).toBe(3);
  });

  it('passes when the operator vouches for it', async () => {
    expect((await importing(clean, ['--trust-imports'])).code).toBe(0);
  });

  it.each<[string, string | Uint8Array]>([
    ['an empty file', ''],
    ['half a report', clean.slice(0, 40)],
    ['an error object', '{"error":{"code":"ENOLOCK","summary":"no lock"}}'],
    ['a page', '<html></html>'],
  ])('%s is no report, whoever vouches for it', async (_what, report) => {
    expect((await importing(report, ['--trust-imports'])).code).toBe(3);
  });

  it('answers for a target no other auditor was chosen for', async () => {
    const manifest = { name: 'app', dependencies: { ms: '2.1.3' } };
    const lock = `lockfileVersion: '9.0'
importers: { .: { dependencies: { ms: { specifier: 2.1.3, version: 2.1.3 } } } }
packages: { ms@2.1.3: { resolution: { integrity: sha512-a } } }
snapshots: { ms@2.1.3: {} }
`;
    const { dir } = makeGitRepository({
      'SECURITY.md': SECURITY_MD,
      'package.json': JSON.stringify(manifest),
      'pnpm-lock.yaml': lock,
    });
    const report = { advisories: {}, metadata: { vulnerabilities: { critical: 0 }, totalDependencies: 1 } };
    const beside = makeRepository({
      'report.json': JSON.stringify(report),
      'config.yaml': 'version: 1\naudit: { auditors: [npm-audit] }\n',
    }).dir;
    const args = ['gate', dir, '--config', join(beside, 'config.yaml'), ...(await sources())];
    const imported = ['--import', `pnpm-audit=${join(beside, 'report.json')}`];
    expect((await runFixby(args)).code).toBe(3);
    expect((await runFixby([...args, ...imported])).code).toBe(3);
    expect((await runFixby([...args, ...imported, '--trust-imports'])).code).toBe(0);
  });

  it('reads UTF-16 with a byte order mark, as Windows shells redirect', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`npm warn something\r\n${clean}`, 'utf16le')]);
    expect((await importing(utf16, ['--trust-imports'])).code).toBe(0);
  });
});

describe('policy and doctor', () => {
  it('prints the policy with the line of each rule', async () => {
    const { dir } = makeRepository({ 'SECURITY.md': SECURITY_MD });
    const ran = await runFixby(['policy', dir, '--check']);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/^critical +immediately +exact +SECURITY\.md:5$/m);
    expect(ran.stdout).toMatch(/^high +within 7 days +exact +SECURITY\.md:6$/m);
  });

  it('keeps its own policy readable', async () => {
    expect((await runFixby(['policy', ROOT, '--check'])).code).toBe(0);
  });

  it('names every tool it would run, with its version', async () => {
    const { dir } = makeRepository({});
    const { checks } = JSON.parse(
      (await runFixby(['doctor', dir, '--offline', '--format', 'json'])).stdout,
    ) as DoctorReport;
    const tools = checks.filter(({ version }) => version !== undefined);
    expect(tools.map(({ check, status }) => [check, status])).toEqual([
      ['npm', 'ok'],
      ['python', 'ok'],
      ['uv', 'ok'],
      ['pip-audit', 'ok'],
    ]);
    for (const { version } of tools) expect(version).toMatch(/^\d+\.\d+/);
  });
});

describe('the choice of auditors', () => {
  const files = {
    'SECURITY.md': SECURITY_MD,
    ...npmProject({ ms: '2.1.3' }),
    'py/pylock.toml': 'lock-version = "1.0"\ncreated-by = "t"\npackages = []\n',
  };

  it('refuses a name nobody bears', async () => {
    const { dir } = makeRepository({
      ...files,
      '.fixby/config.yaml': 'version: 1\naudit:\n  auditors: [npm-audit, pipaudit]\n',
    });
    const ran = await runFixby(['audit', dir, ...(await sources())]);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain('pipaudit');
  });

  it('never calls clean what nobody was asked about', async () => {
    const { dir } = makeRepository({ ...files, '.fixby/config.yaml': 'version: 1\naudit:\n  auditors: [npm-audit]\n' });
    const ran = await runFixby(['audit', dir, '--format', 'json', ...(await sources())]);
    expect(ran.code).toBe(3);
    expect((JSON.parse(ran.stdout) as ReportView).targets.map(({ path, reason }) => [path, reason])).toEqual([
      ['.', undefined],
      ['py', 'no-auditor-chosen'],
    ]);
  });
});
