/** `fixby promises` on real repositories: flags in; exit code, stdout and stderr out. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runPromises } from '../../src/cli/commands/promises.ts';
import { promiseReportSchema, type PromiseReport } from '../../src/core/model/promise-report.ts';
import { runInProcess, type CommandRun } from '../support/in-process.ts';
import { makeGitRepository, makeRepository, npmProject, type FileTree } from '../support/repository.ts';

const POLICY = `# Security

## Reporting a vulnerability

Write to security@fixby.dev.

**PGP key**: coming soon

## Dependencies

- Dependabot updates every folder weekly
- Removed vulnerable packages (left-pad)
- Never commit \`.env\` files
`;

const DEPENDABOT = `version: 2
updates:
  - package-ecosystem: npm
    directory: /web
    schedule: { interval: weekly }
`;

const FILES = {
  'SECURITY.md': POLICY,
  '.github/dependabot.yml': DEPENDABOT,
  '.gitignore': '.env\n',
  ...npmProject({ ms: '2.1.3' }, 'web'),
};

function run(dir: string, options: Readonly<Record<string, unknown>> = {}): Promise<CommandRun> {
  return runInProcess(dir, (world) => runPromises(world, '.', { asOf: '2026-03-01T00:00:00Z', ...options }));
}

async function read(dir: string, options: Readonly<Record<string, unknown>> = {}): Promise<PromiseReport> {
  return promiseReportSchema.parse(JSON.parse((await run(dir, { ...options, format: 'json' })).stdout));
}

function verdicts({ promises }: PromiseReport): readonly string[] {
  return promises.map(({ kind, verdict }) => `${kind} ${verdict}`);
}

describe('a repository that keeps its promises', () => {
  it('is told so, with everything that cannot be told', async () => {
    const { dir } = makeGitRepository(FILES, '2026-01-01T00:00:00Z');
    const report = await read(dir);
    expect(verdicts(report)).toEqual([
      'reporting kept',
      'reporting cannot-tell',
      'updates-automated kept',
      'updates-automated kept',
      'packages-removed kept',
      'secrets-kept-out kept',
    ]);
    expect((await run(dir, { failOn: 'broken' })).code).toBe(0);
  });

  it('says since which commit a package is gone', async () => {
    const repository = makeGitRepository({ ...FILES, ...npmProject({ ms: '2.1.3', 'left-pad': '1.3.0' }, 'web') });
    expect(verdicts(await read(repository.dir))).toContain('packages-removed broken');
    const gone = repository.commit('Drop', '2026-02-01T00:00:00Z', npmProject({ ms: '2.1.3' }, 'web'));
    const row = (await read(repository.dir)).promises.find(({ kind }) => kind === 'packages-removed');
    expect([row?.verdict, row?.evidence.find(({ commit }) => commit !== undefined)?.commit]).toEqual(['kept', gone]);
  });
});

describe('a repository git does not tell everything of', () => {
  const secrets = async (dir: string, deep = false): Promise<PromiseReport['promises'][number] | undefined> =>
    (await read(dir, { deep })).promises.find(({ kind }) => kind === 'secrets-kept-out');

  it('is not called free of secrets while the index cannot be read', async () => {
    const repository = makeGitRepository(FILES);
    repository.write({ '.git/index': 'nonsense' });
    const row = await secrets(repository.dir);
    expect([row?.verdict, row?.evidence[0]?.text]).toEqual([
      'cannot-tell',
      expect.stringContaining('git ls-files failed'),
    ]);
  });

  it('is not called free of past secrets where the clone is shallow', async () => {
    const repository = makeGitRepository({ ...FILES, 'old.pem': 'x' });
    repository.git(['rm', '-q', 'old.pem']);
    repository.commit('Drop', '2026-02-01T00:00:00Z');
    const { dir } = makeRepository({});
    repository.git(['clone', '-q', '--depth', '1', `file://${repository.dir}`, dir]);
    expect((await secrets(dir))?.verdict).toBe('kept');
    const row = await secrets(dir, true);
    expect([row?.verdict, JSON.stringify(row?.evidence)]).toEqual(['cannot-tell', expect.stringContaining('shallow')]);
  });

  it('names what could not be walked, for a promise may be broken there', async () => {
    const { dir } = makeGitRepository(FILES);
    mkdirSync(join(dir, 'd/'.repeat(70)), { recursive: true });
    const { problems } = await read(dir);
    expect(problems.map(({ code, blocks }) => [code, blocks])).toEqual([['too-deep', true]]);
    expect((await run(dir)).code).toBe(3);
  });

  it('names the folder that is no checkout', async () => {
    const row = await secrets(makeRepository(FILES).dir);
    expect([row?.verdict, row?.evidence[0]?.text]).toEqual(['cannot-tell', expect.stringContaining('no git checkout')]);
  });
});

describe('a configuration that was named', () => {
  it('is asked for by another name when it is not there', async () => {
    const ran = await run(makeRepository(FILES).dir, { config: 'nope.yaml' });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(
      /nope\.yaml cannot be read: there is no such file\.[^]*Name a configuration that can be read\./,
    );
  });
});

describe('a repository that does not', () => {
  it.each<[string, FileTree, string]>([
    ['a folder nobody updates', npmProject({ ms: '2.1.3' }, 'api'), 'updates-automated'],
    ['an environment file in git', { '.gitignore': '', '.env': 'A=1\n' }, 'secrets-kept-out'],
    [
      'a contact nobody filled in',
      { 'SECURITY.md': POLICY.replace('security@fixby.dev', 'security@example.com') },
      'reporting',
    ],
  ])('is told of %s, and fails when asked to', async (_what, files, kind) => {
    const { dir } = makeGitRepository({ ...FILES, ...files });
    const ran = await run(dir, { failOn: 'broken' });
    expect([ran.code, ran.stderr]).toEqual([1, '']);
    expect(verdicts(await read(dir))).toContain(`${kind} broken`);
    expect((await run(dir)).code).toBe(0);
  });

  it('is told how old an announcement is', async () => {
    const { dir } = makeGitRepository(FILES, '2025-01-01T00:00:00Z');
    expect((await run(dir)).stdout).toContain('it has been announced since 2025-01-01, for 424 days');
  });

  it('has its history searched only when asked to', async () => {
    const repository = makeGitRepository({ ...FILES, 'web/.env': 'A=1\n', '.gitignore': '' });
    repository.git(['rm', '-q', '--cached', 'web/.env']);
    repository.commit('Ignore', '2026-02-01T00:00:00Z', { '.gitignore': '.env\n' });
    expect(verdicts(await read(repository.dir))).toContain('secrets-kept-out kept');
    expect(verdicts(await read(repository.dir, { deep: true }))).toContain('secrets-kept-out broken');
  });
});

describe('what cannot be looked at', () => {
  it('is said, and is never kept', async () => {
    const { dir } = makeRepository(FILES);
    const report = await read(dir);
    expect(verdicts(report).filter((each) => each.startsWith('secrets'))).toEqual(['secrets-kept-out cannot-tell']);
  });

  it('is a document no parser takes: exit code 3', async () => {
    const { dir } = makeGitRepository({ ...FILES, 'SECURITY.md': `${'>'.repeat(5000)} x` });
    const ran = await run(dir);
    expect([ran.code, ran.stdout]).toEqual([3, expect.stringContaining('document-unreadable')]);
  });

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['no document', {}, 'no SECURITY.md'],
    ['an unknown format', { format: 'pdf' }, 'no format "pdf"'],
    ['an unknown condition', { failOn: 'rain' }, '--fail-on'],
    ['evidence that is not there', { report: 'nowhere.json' }, 'nowhere.json'],
  ])('%s is a usage error', async (what, options, message) => {
    const { dir } = makeGitRepository(what === 'no document' ? { a: '' } : FILES);
    const ran = await run(dir, options);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(new RegExp(message.replace(/[^\w ]/g, '.'), 'i'));
  });
});

it('takes evidence from files', async () => {
  const policy = '## Reporting\n\n- CVE requested for critical vulnerabilities\n';
  const advisories = JSON.stringify([
    { ghsa_id: 'GHSA-2222-3333-4444', severity: 'critical', cve_id: null, published_at: '2025-06-01T00:00:00Z' },
  ]);
  const { dir } = makeGitRepository({ 'SECURITY.md': policy, 'advisories.json': advisories });
  const report = await read(dir, { advisoriesExport: join(dir, 'advisories.json') });
  expect(verdicts(report)).toContain('response-clocks broken');
});
