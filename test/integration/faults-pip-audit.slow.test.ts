/**
 * The fault table of pip-audit and of the OSV source: every failure and every false clean seen, one row each, through the real tool. Never 0.
 */
import { describe, expect, it } from 'vitest';
import { auditFiles, HTML, outcomesOf } from '../support/audit-files.ts';
import { npmProject } from '../support/repository.ts';
import type { FileTree } from '../support/repository.ts';
import { answers, resets, truncates } from '../support/source.ts';
import type { Fault } from '../support/source.ts';

const CLEAN_PYTHON: FileTree = {
  'pylock.toml': 'lock-version = "1.0"\ncreated-by = "test"\n\n[[packages]]\nname = "idna"\nversion = "3.11"\n',
};

describe('pip-audit: a source that fails or answers nothing', () => {
  it.each<[string, Fault, string]>([
    ['404', answers(404, '{}'), ''],
    ['405', answers(405, ''), ''],
    ['500', answers(500, ''), ''],
    ['a login page with 200', answers(200, HTML, 'text/html'), 'source-refused'],
    ['an empty body', answers(200, ''), 'source-refused'],
    ['half a body', truncates, ''],
    ['a reset', resets, ''],
    ['{}', answers(200, '{}'), 'source-blind'],
    ['null', answers(200, 'null'), 'source-blind'],
    ['[]', answers(200, '[]'), 'source-blind'],
    ['0', answers(200, '0'), 'source-blind'],
    ['no vulnerabilities for anything', answers(200, '{"vulns":[]}'), 'source-blind'],
    [
      'a schema it does not know',
      answers(
        200,
        '{"vulns":[{"id":"PYSEC-2018-97","schema_version":"2.0.0","modified":"2021-01-01T00:00:00Z","affected":[]}]}',
      ),
      'source-blind',
    ],
    [
      'a record without affected packages',
      answers(200, '{"vulns":[{"id":"PYSEC-2018-97","modified":"2021-01-01T00:00:00Z"}]}'),
      'source-blind',
    ],
    ['a text', answers(200, '"maintenance"'), ''],
  ])('%s is inconclusive', async (_what, fault, reason) => {
    const { code, view } = await auditFiles(CLEAN_PYTHON, { faults: { query: fault } });
    expect([code, view?.verdict]).toEqual([3, 'inconclusive']);
    expect(outcomesOf(view)[0]).toMatch(new RegExp(`^unavailable ${reason === '' ? '\\S+' : reason}$`));
  });
});

describe('the advisory source of severities and dates', () => {
  it.each<[string, Fault]>([
    ['500', answers(500, '')],
    ['a login page', answers(200, HTML, 'text/html')],
    ['a reset', resets],
    [
      'another record than the one asked for',
      answers(200, '{"id":"GHSA-0000-0000-0000","modified":"2024-01-01T00:00:00Z"}'),
    ],
  ])('%s leaves the finding and makes the run inconclusive', async (_what, fault) => {
    const { code, view } = await auditFiles(npmProject({ lodash: '4.17.21' }), { faults: { vulns: fault } });
    expect([code, view?.verdict]).toEqual([3, 'inconclusive']);
    expect(view?.findings.length).toBeGreaterThan(0);
    expect(view?.problems.map((problem) => problem.code)).toContain('advisory-source-unavailable');
  });
});
