/**
 * The fault table of npm: every failure and every false clean seen, one row each, through the real tool. Never 0.
 */
import { describe, expect, it } from 'vitest';
import { auditFiles, HTML, outcomesOf } from '../support/audit-files.ts';
import { makeCertificates } from '../support/certificates.ts';
import { startServer } from '../support/http-server.ts';
import { npmProject } from '../support/repository.ts';
import type { FileTree } from '../support/repository.ts';
import type { ReportView } from '../../src/core/model/report.ts';
import { answers, hangs, redirects, resets, truncates } from '../support/source.ts';
import type { Fault } from '../support/source.ts';

const CLEAN_NPM = npmProject({ ms: '2.1.3' });
const CLEAN_PYTHON: FileTree = {
  'pylock.toml': 'lock-version = "1.0"\ncreated-by = "test"\n\n[[packages]]\nname = "idna"\nversion = "3.11"\n',
};

describe('a sound source', () => {
  it('passes a clean npm lock', async () => {
    const { code, view } = await auditFiles(CLEAN_NPM);
    expect([code, view?.verdict, outcomesOf(view)]).toEqual([0, 'pass', ['audited']]);
    expect(view?.findings).toEqual([]);
  });

  it('passes a clean Python lock', async () => {
    const { code, view } = await auditFiles(CLEAN_PYTHON);
    expect([code, view?.verdict, outcomesOf(view)]).toEqual([0, 'pass', ['audited']]);
    expect(view?.findings).toEqual([]);
  });

  it('fails a lock with an overdue finding', async () => {
    const { code, view } = await auditFiles(npmProject({ 'form-data': '4.0.3' }));
    expect([code, view?.verdict, outcomesOf(view)]).toEqual([1, 'fail', ['audited']]);
    expect(
      view?.findings.map(({ advisory, severity, deadline }) => [advisory.id, severity.level, deadline.state]),
    ).toEqual([['GHSA-fjxv-7rqg-78g4', 'critical', 'overdue']]);
  });
});

describe('npm: a source that cannot prove who it is', () => {
  it('is not believed, though the operator told npm to believe any', async () => {
    const { url: registry } = await startServer((response, request) => {
      request.resume().on('end', () => response.end('{}'));
    }, makeCertificates());
    const env = { npm_config_strict_ssl: 'false', NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const { code, view } = await auditFiles(CLEAN_NPM, { args: ['--registry', registry], env });
    expect([code, outcomesOf(view)]).toEqual([3, ['unavailable source-unreachable']]);
    expect(JSON.stringify(view?.targets)).toContain('certificate');
  });
});

describe('npm: a source that fails or answers nothing', () => {
  it.each<[string, Fault, string]>([
    ['400', answers(400, '{}'), 'source-refused'],
    ['401', answers(401, '{}'), 'source-refused'],
    ['403', answers(403, '{}'), 'source-refused'],
    ['404', answers(404, '{}'), 'source-refused'],
    ['405, as a registry without the endpoint', answers(405, ''), 'source-refused'],
    ['429', answers(429, '{}'), 'source-unreachable'],
    ['500', answers(500, '{}'), 'source-unreachable'],
    ['503', answers(503, '{}'), 'source-unreachable'],
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
    [
      'advisories for other names only',
      answers(
        200,
        '{"left-pad":[{"id":1,"url":"https://github.com/advisories/GHSA-xxxx-xxxx-xxxx","title":"x","severity":"low","vulnerable_versions":"<1"}]}',
      ),
      'source-blind',
    ],
    [
      'a range that cannot be read',
      answers(
        200,
        '{"minimist":[{"id":1,"url":"https://github.com/advisories/GHSA-xvch-5gv4-984h","title":"x","severity":"low","vulnerable_versions":"no range"}]}',
      ),
      'source-blind',
    ],
    ['a text', answers(200, '"maintenance"'), ''],
    ['an error object', answers(200, '{"error":"maintenance"}'), ''],
  ])('%s is inconclusive', async (_what, fault, reason) => {
    const { code, view } = await auditFiles(CLEAN_NPM, { faults: { bulk: fault } });
    expect([code, view?.verdict]).toEqual([3, 'inconclusive']);
    expect(outcomesOf(view)[0]).toMatch(new RegExp(`^unavailable ${reason === '' ? '\\S+' : reason}$`));
  });

  it('says which mend there is for a registry without the endpoint', async () => {
    const { view } = await auditFiles(CLEAN_NPM, { faults: { bulk: answers(405, '') } });
    expect(view?.targets[0]?.mend).toContain('fixby mirror serve');
  });

  it('a redirect that loses the question is inconclusive', async () => {
    const faults = { bulk: redirects(302, '/empty'), packument: answers(200, '{}') };
    const { code, view } = await auditFiles(CLEAN_NPM, { faults });
    expect([code, outcomesOf(view)]).toEqual([3, ['unavailable source-blind']]);
  });

  it('gives up on a source that never answers', async () => {
    const { code, view } = await auditFiles(CLEAN_NPM, { faults: { bulk: hangs }, timeout: '3 seconds' });
    expect([code, view?.verdict]).toEqual([3, 'inconclusive']);
  });

  it('keeps what it found when metadata of packages is refused', async () => {
    const { code, view } = await auditFiles(npmProject({ 'form-data': '4.0.3' }), {
      faults: { packument: answers(503, '{}') },
    });
    expect(code).toBe(1);
    expect(view?.findings.map(({ advisory }) => advisory.id)).toEqual(['GHSA-fjxv-7rqg-78g4']);
  });

  it('names a broken policy and what could not be looked at side by side', async () => {
    const broken = { ...npmProject({ 'form-data': '4.0.3' }), ...CLEAN_PYTHON };
    const { code, view } = await auditFiles(broken, { faults: { query: answers(500, '') } });
    expect([code, view?.verdict]).toEqual([1, 'fail']);
    expect(view?.open.join(' ')).toMatch(/pip-audit|PyPI|Python/);
  });
});

describe('the second opinion', () => {
  const rows = (view: ReportView | null): readonly string[] =>
    (view?.targets ?? []).map(
      ({ auditor, outcome, reason, secondOpinion }) =>
        `${auditor}${secondOpinion === true ? ' beside' : ''}: ${[outcome, reason].join(' ').trim()}`,
    );

  it('is asked for in every audit, and both are named for what both saw', async () => {
    const { code, view } = await auditFiles(npmProject({ 'form-data': '4.0.3' }));
    expect([code, rows(view)]).toEqual([1, ['npm-audit: audited', 'osv beside: audited']]);
    expect(view?.findings.map(({ seenBy }) => seenBy)).toEqual([['npm-audit', 'osv']]);
    expect(view?.summary.coverage).toMatchObject({ targets: 1, audited: 1, packages: 1, packagesAudited: 1 });
  });

  it.each<[string, Fault, string]>([
    ['500', answers(500, '{}'), 'source-unreachable'],
    ['a login page', answers(200, HTML, 'text/html'), 'source-unreachable'],
    ['nothing for any question', answers(200, '{"results":[{},{}]}'), 'source-blind'],
    ['too few answers', answers(200, '{"results":[{}]}'), 'source-unreachable'],
  ])('that meets %s blocks nothing and is told of', async (_title, fault, reason) => {
    const { code, view } = await auditFiles(CLEAN_NPM, { faults: { query: fault } });
    expect([code, rows(view)]).toEqual([0, ['npm-audit: audited', `osv beside: unavailable ${reason}`]]);
    expect(view?.problems).toContainEqual(expect.objectContaining({ code: 'second-opinion-missing', blocks: false }));
  });

  it('does not stand in for npm without a mirror of the operator', async () => {
    const { code, view } = await auditFiles(CLEAN_NPM, { faults: { bulk: answers(405, '') } });
    expect([code, rows(view)]).toEqual([3, ['npm-audit: unavailable source-refused', 'osv beside: audited']]);
  });
});
