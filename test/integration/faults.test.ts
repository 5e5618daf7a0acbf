/**
 * The fault table: every failure and every false clean of the two auditors, and what the repository itself can do, one row
 * each, through the real npm and the real pip-audit. The answer is never 0.
 */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReportView } from '../../src/core/model/report.ts';
import { runFixby } from '../support/fixby.ts';
import { makeRepository, npmProject, SECURITY_MD } from '../support/repository.ts';
import type { FileTree, TestRepository } from '../support/repository.ts';
import { answers, hangs, redirects, resets, startSource, truncates } from '../support/source.ts';
import type { Fault, Route } from '../support/source.ts';

const AS_OF = '2026-04-03T09:00:00Z';
const CLEAN_NPM = npmProject({ ms: '2.1.3' });
const CLEAN_PYTHON: FileTree = {
  'pylock.toml': 'lock-version = "1.0"\ncreated-by = "test"\n\n[[packages]]\nname = "idna"\nversion = "3.11"\n',
};
const HTML = '<!doctype html><title>Sign in</title><p>Please sign in.</p>';

async function audit(files: FileTree, faults: { readonly [R in Route]?: Fault } = {}, extra: readonly string[] = [], prepare?: (repository: TestRepository) => void) {
  const source = await startSource(faults);
  const repository = makeRepository({ 'SECURITY.md': SECURITY_MD, ...files });
  prepare?.(repository);
  const config = join(makeRepository({ 'config.yaml': 'version: 1\naudit:\n  attempts: 1\n  timeout: 15 seconds\n' }).dir, 'config.yaml');
  const args = ['audit', repository.dir, '--registry', source.url, '--osv-url', source.url, '--as-of', AS_OF, '--format', 'json', '--config', config];
  const ran = await runFixby([...args, ...extra]);
  return { ...ran, source, view: ran.stdout === '' ? null : (JSON.parse(ran.stdout) as ReportView) };
}

const reasonsOf = (view: ReportView | null) => (view?.targets ?? []).map(({ outcome, reason }) => [outcome, reason ?? ''].join(' ').trim());

describe('a sound source', () => {
  it('passes a clean npm lock', async () => {
    const { code, view } = await audit(CLEAN_NPM);
    expect([code, view?.verdict, reasonsOf(view)]).toEqual([0, 'pass', ['audited']]);
    expect(view?.findings).toEqual([]);
  });

  it('passes a clean Python lock', async () => {
    const { code, view } = await audit(CLEAN_PYTHON);
    expect([code, view?.verdict, reasonsOf(view)]).toEqual([0, 'pass', ['audited']]);
    expect(view?.findings).toEqual([]);
  });

  it('fails a lock with an overdue finding', async () => {
    const { code, view } = await audit(npmProject({ 'form-data': '4.0.3' }));
    expect([code, view?.verdict, reasonsOf(view)]).toEqual([1, 'fail', ['audited']]);
    expect(view?.findings.map(({ advisory, severity, deadline }) => [advisory.id, severity.level, deadline.state])).toEqual([
      ['GHSA-fjxv-7rqg-78g4', 'critical', 'overdue'],
    ]);
  });
});

describe('npm: a source that fails or answers nothing', () => {
  it.each<[string, Fault, string]>([
    ['400', answers(400, '{}'), 'source-refused'],
    ['401', answers(401, '{}'), 'source-refused'],
    ['403', answers(403, '{}'), 'source-refused'],
    ['404', answers(404, '{}'), 'source-refused'],
    ['405, as a registry without the endpoint', answers(405, ''), 'source-refused'],
    ['429', answers(429, '{}'), 'source-refused'],
    ['500', answers(500, '{}'), 'source-refused'],
    ['503', answers(503, '{}'), 'source-refused'],
    ['a login page with 200', answers(200, HTML, 'text/html'), 'unreadable-output'],
    ['an empty body', answers(200, ''), 'unreadable-output'],
    ['half a body', truncates, ''],
    ['a reset', resets, ''],
    ['{}', answers(200, '{}'), 'source-blind'],
    ['null', answers(200, 'null'), 'source-blind'],
    ['[]', answers(200, '[]'), 'source-blind'],
    ['0', answers(200, '0'), 'source-blind'],
    ['false', answers(200, 'false'), 'source-blind'],
    ['a message instead of advisories', answers(200, '{"message":[]}'), 'source-blind'],
    ['advisories for other names only', answers(200, '{"left-pad":[{"id":1,"url":"https://github.com/advisories/GHSA-xxxx-xxxx-xxxx","title":"x","severity":"low","vulnerable_versions":"<1"}]}'), 'source-blind'],
    ['a range that cannot be read', answers(200, '{"minimist":[{"id":1,"url":"https://github.com/advisories/GHSA-xvch-5gv4-984h","title":"x","severity":"low","vulnerable_versions":"no range"}]}'), 'source-blind'],
    ['a text', answers(200, '"maintenance"'), ''],
    ['an error object', answers(200, '{"error":"maintenance"}'), ''],
    ['a redirect that loses the question', redirects(302, '/-/empty'), ''],
  ])('%s is inconclusive', async (_what, fault, reason) => {
    const { code, view } = await audit(CLEAN_NPM, { bulk: fault });
    expect([code, view?.verdict]).toEqual([3, 'inconclusive']);
    expect(reasonsOf(view)[0]).toMatch(new RegExp(`^unavailable ${reason === '' ? '\\S+' : reason}$`));
  });

  it('says which mend there is for a registry without the endpoint', async () => {
    const { view } = await audit(CLEAN_NPM, { bulk: answers(405, '') });
    expect(view?.targets[0]?.mend).toContain('fixby mirror serve');
  });

  it('gives up on a source that never answers', async () => {
    const { code, view } = await audit(CLEAN_NPM, { bulk: hangs });
    expect([code, view?.verdict]).toEqual([3, 'inconclusive']);
  });

  it('keeps what it found when metadata of packages is refused', async () => {
    const { code, view } = await audit(npmProject({ 'form-data': '4.0.3' }), { packument: answers(503, '{}') });
    expect(code).toBe(1);
    expect(view?.findings.map(({ advisory }) => advisory.id)).toEqual(['GHSA-fjxv-7rqg-78g4']);
  });

  it('names a broken policy and what could not be looked at side by side', async () => {
    const broken = { ...npmProject({ 'form-data': '4.0.3' }), ...CLEAN_PYTHON };
    const { code, view } = await audit(broken, { query: answers(500, '') });
    expect([code, view?.verdict]).toEqual([1, 'fail']);
    expect(view?.open.join(' ')).toMatch(/pip-audit|PyPI|Python/);
  });
});

describe('pip-audit: a source that fails or answers nothing', () => {
  it.each<[string, Fault, string]>([
    ['404', answers(404, '{}'), ''],
    ['405', answers(405, ''), ''],
    ['500', answers(500, ''), ''],
    ['a login page with 200', answers(200, HTML, 'text/html'), ''],
    ['an empty body', answers(200, ''), ''],
    ['half a body', truncates, ''],
    ['a reset', resets, ''],
    ['{}', answers(200, '{}'), 'source-blind'],
    ['null', answers(200, 'null'), 'source-blind'],
    ['[]', answers(200, '[]'), 'source-blind'],
    ['0', answers(200, '0'), 'source-blind'],
    ['no vulnerabilities for anything', answers(200, '{"vulns":[]}'), 'source-blind'],
    ['a schema it does not know', answers(200, '{"vulns":[{"id":"PYSEC-2018-97","schema_version":"2.0.0","modified":"2021-01-01T00:00:00Z","affected":[]}]}'), 'source-blind'],
    ['a record without affected packages', answers(200, '{"vulns":[{"id":"PYSEC-2018-97","modified":"2021-01-01T00:00:00Z"}]}'), 'source-blind'],
    ['a text', answers(200, '"maintenance"'), ''],
  ])('%s is inconclusive', async (_what, fault, reason) => {
    const { code, view } = await audit(CLEAN_PYTHON, { query: fault });
    expect([code, view?.verdict]).toEqual([3, 'inconclusive']);
    expect(reasonsOf(view)[0]).toMatch(new RegExp(`^unavailable ${reason === '' ? '\\S+' : reason}$`));
  });
});

describe('the advisory source of severities and dates', () => {
  it.each<[string, Fault]>([
    ['500', answers(500, '')],
    ['a login page', answers(200, HTML, 'text/html')],
    ['a reset', resets],
    ['another record than the one asked for', answers(200, '{"id":"GHSA-0000-0000-0000","modified":"2024-01-01T00:00:00Z"}')],
  ])('%s leaves the finding and makes the run inconclusive', async (_what, fault) => {
    const { code, view } = await audit(npmProject({ lodash: '4.17.21' }), { vulns: fault });
    expect([code, view?.verdict]).toEqual([3, 'inconclusive']);
    expect(view?.findings.length).toBeGreaterThan(0);
    expect(view?.problems.map((problem) => problem.code)).toContain('advisory-source-unavailable');
  });
});

describe('the repository', () => {
  const lock = (content: string): FileTree => ({ ...npmProject({ ms: '2.1.3' }), 'package-lock.json': content });
  const entry = (fields: object): FileTree =>
    lock(JSON.stringify({ lockfileVersion: 3, packages: { '': { dependencies: { ms: '2.1.3' } }, 'node_modules/ms': fields } }));

  it.each<[string, FileTree]>([
    ['nothing at all', {}],
    ['an empty lock', lock('')],
    ['a lock that is {}', lock('{}')],
    ['a lock without packages', lock('{"lockfileVersion":3,"packages":{}}')],
    ['a truncated lock', lock('{"lockfileVersion":3,"packages":{"":')],
    ['a page instead of a lock', lock(HTML)],
    ['merge conflict markers', lock('<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n')],
    ['a lock of a version nobody knows', lock('{"lockfileVersion":99,"packages":{"":{"dependencies":{"ms":"2.1.3"}},"node_modules/ms":{"version":"2.1.3"}}}')],
    ['a lock that is not in step with its manifest', { ...CLEAN_NPM, 'package.json': '{"name":"app","dependencies":{"ms":"2.1.3","lodash":"4.17.21"}}' }],
    ['an entry without a version', entry({})],
    ['an entry whose version is no version', entry({ version: 'banana' })],
    ['an entry under another name', entry({ name: 'totally-safe', version: '2.1.3', resolved: 'https://registry.example/ms/-/ms-2.1.3.tgz' })],
    ['an entry whose download is another version', entry({ version: '2.1.3', resolved: 'https://registry.example/ms/-/ms-0.7.0.tgz' })],
    ['a link to somewhere', entry({ link: true, resolved: '../elsewhere' })],
    ['a manifest without a lock', { 'package.json': '{"name":"app","dependencies":{"ms":"2.1.3"}}' }],
    ['a yarn lock', { 'package.json': '{"name":"app","dependencies":{"ms":"2.1.3"}}', 'yarn.lock': '# yarn lockfile v1\n' }],
    ['a poetry lock', { 'pyproject.toml': '[tool.poetry]\nname = "app"\n', 'poetry.lock': '' }],
    ['a Pipfile.lock', { 'Pipfile.lock': '{}' }],
    ['a pylock that is no TOML', { 'pylock.toml': HTML }],
    ['requirements that hide behind an include outside', { 'requirements.txt': '-r ../../etc/passwd\n' }],
    ['a git requirement', { 'requirements.txt': 'x @ git+https://host.example/x.git\n' }],
    ['a path requirement', { 'requirements.txt': './pkg\n', 'pkg/setup.py': 'raise SystemExit(1)\n' }],
    ['a line that is no requirement', { 'requirements.txt': 'idna==3.11 ???\n' }],
  ])('%s is inconclusive', async (_what, files) => {
    const { code, stderr, view } = await audit(files);
    expect([code, view?.verdict]).toEqual([3, 'inconclusive']);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(view?.open.length).toBeGreaterThan(0);
  });

  it('refuses a folder that bears the name of a lock', async () => {
    const { code, view } = await audit({ 'package.json': CLEAN_NPM['package.json']! }, {}, [], ({ dir }) => mkdirSync(join(dir, 'package-lock.json')));
    expect([code, view?.verdict]).toEqual([3, 'inconclusive']);
  });

  it('does not follow a link out of the repository', async () => {
    const { code, view } = await audit({}, {}, [], ({ dir }) => symlinkSync('/etc/passwd', join(dir, 'requirements.txt')));
    expect([code, view?.verdict]).toEqual([3, 'inconclusive']);
    expect(JSON.stringify(view)).not.toContain('root:');
  });

  it('reports what its .npmrc asks for and does not obey', async () => {
    const { code, view, source } = await audit({
      ...CLEAN_NPM,
      '.npmrc': 'registry=http://127.0.0.1:9/\noffline=true\naudit-level=none\nomit[]=dev\nusage=true\n',
    });
    expect(source.asked).toContain('POST /-/npm/v1/security/advisories/bulk');
    expect(view?.problems.map((problem) => problem.code)).toContain('repository-npmrc');
    expect(code).toBe(0);
  });
});
