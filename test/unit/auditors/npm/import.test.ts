/** What a report made elsewhere proves, and what it is called when it proves nothing. */
import { describe, expect, it } from 'vitest';
import { npmAudit } from '../../../../src/core/auditors/npm/index.ts';
import type { AuditAnswer } from '../../../../src/core/model/audit.ts';
import { answerProgram, type FakeFiles } from '../../../support/answer-program.ts';
import { LODASH, SETTINGS, TIDY, WEB } from './demo.ts';

const V2 = {
  auditReportVersion: 2,
  vulnerabilities: { lodash: { name: 'lodash', via: [LODASH], nodes: ['node_modules/lodash'] } },
  metadata: { dependencies: { total: 1 } },
};

const V1 = {
  actions: [],
  advisories: {
    1523: {
      id: 1523,
      module_name: 'lodash',
      title: 'Prototype pollution',
      url: 'https://npm.example/advisories/1523',
      severity: 'low',
      github_advisory_id: 'GHSA-p6mc-m468-83gw',
      cves: ['CVE-2020-8203'],
      vulnerable_versions: '<4.17.21',
      patched_versions: '>=4.17.21 || >=5.0.1',
      findings: [{ version: '4.17.20', paths: ['lodash', 'a>lodash'] }],
    },
  },
  muted: [],
  metadata: { vulnerabilities: { low: 1 }, totalDependencies: 1 },
};

/** A report on lodash with other causes. */
function withVia(via: readonly unknown[]): object {
  return { ...V2, vulnerabilities: { lodash: { ...V2.vulnerabilities.lodash, via } } };
}

function judge(text: string, trusted: boolean, files: FakeFiles = TIDY): AuditAnswer {
  return answerProgram(npmAudit.interpretImport(WEB, { file: 'ci/audit.json', text, trusted }, SETTINGS), files).value;
}

describe.each([
  ['npm 7 and later', V2, ['GHSA-35jh-r3h4-6jhm'], []],
  ['npm 6', V1, ['CVE-2020-8203', 'GHSA-p6mc-m468-83gw'], ['4.17.21', '5.0.1']],
])('a report of %s', (_, report, ids, fixedIn) => {
  const text = JSON.stringify(report, null, 2);

  it('is unproven, and its findings are kept', () => {
    const answer = judge(text, false);
    expect(answer.outcome).toMatchObject({ status: 'unavailable', reason: 'import-unproven' });
    expect(answer.reported).toMatchObject([{ ids, fixedIn, affects: ['node_modules/lodash'] }]);
    expect(answer.coverage).toEqual({ packages: 1, audited: 0, skipped: [] });
    expect(answer.source).toContain('ci/audit.json');
  });

  it('counts when somebody vouches for it', () => {
    const answer = judge(text, true);
    expect(answer.outcome).toEqual({ status: 'audited' });
    expect(answer.coverage).toEqual({ packages: 1, audited: 1, skipped: [] });
  });

  it('is found behind warnings and before errors', () => {
    const noisy = `npm WARN config { "production": true }\n{ not json\n${text}\nnpm ERR! code { ELIFECYCLE }\n`;
    expect(judge(noisy, true).outcome.status).toBe('audited');
  });

  it('does not outrank a stale lock', () => {
    const files = { ...TIDY, 'web/package.json': '{"dependencies":{"lodash":"^5.0.0"}}' };
    expect(judge(text, true, files)).toMatchObject({ outcome: { reason: 'lockfile-stale' }, reported: [{ ids }] });
  });

  it('stands alone where there is no lock, with what it says itself', () => {
    const answer = judge(text, true, {});
    expect(answer.outcome.status).toBe('audited');
    expect(answer.reported).toHaveLength(1);
    expect(answer.reported[0]?.affects).toEqual([answer.inventory.packages[0]?.id]);
  });

  it('was made for another tree when it reports what the lock does not hold', () => {
    const other = text.replaceAll('lodash', 'moment');
    const answer = judge(other, true);
    expect(answer.outcome).toMatchObject({ status: 'unavailable', reason: 'count-mismatch' });
    expect(answer.problems).toMatchObject([{ code: 'import-unplaced', blocks: true }]);
  });
});

describe('a report that is none', () => {
  it.each<[string, string, string]>([
    ['empty', '', 'unreadable-output'],
    ['warnings only', 'npm WARN something', 'unreadable-output'],
    ['cut off', JSON.stringify(V2).slice(0, -5), 'unreadable-output'],
    ['an old one cut off', JSON.stringify(V1).slice(0, -5), 'unreadable-output'],
    ['cut off, with a whole piece inside', JSON.stringify(V2, null, 2).replace(/\n\}$/, ''), 'unreadable-output'],
    ['two in a row', `${JSON.stringify(V2, null, 2)}\n${JSON.stringify(V2, null, 2)}\n`, 'unreadable-output'],
    ['two in a row, a line each', `${JSON.stringify(V2)}\n${JSON.stringify(V1)}\n`, 'unreadable-output'],
    ['null', 'null', 'unreadable-output'],
    ['an empty object', '{}', 'unreadable-output'],
    ['of neither version', JSON.stringify({ ...V2, auditReportVersion: 1 }), 'unreadable-output'],
    ['old, with another shape inside', JSON.stringify({ ...V1, advisories: { 1: { id: 1 } } }), 'unreadable-output'],
    ['without a count of packages', JSON.stringify({ ...V2, vulnerabilities: {}, metadata: {} }), 'unreadable-output'],
    ['with a cause that is nothing', JSON.stringify(withVia([null])), 'unreadable-output'],
    ['with a package that has no cause', JSON.stringify(withVia([])), 'incomplete'],
    ['with a cause it does not name', JSON.stringify(withVia(['ghost'])), 'incomplete'],
    [
      'which counts more than it names',
      JSON.stringify({
        ...V2,
        vulnerabilities: {},
        metadata: { ...V2.metadata, vulnerabilities: { low: 1, total: 1 } },
      }),
      'incomplete',
    ],
    ['old, which counts a severity it does not name', JSON.stringify({ ...V1, advisories: {} }), 'incomplete'],
    [
      'another count than the lock',
      JSON.stringify({ ...V2, metadata: { dependencies: { total: 9 } } }),
      'count-mismatch',
    ],
    [
      'message and status',
      JSON.stringify({ message: '405 Method Not Allowed', statusCode: 405, error: { summary: '' } }),
      'source-refused',
    ],
    [
      'message only',
      JSON.stringify({ message: 'request failed', error: { summary: '', detail: '' } }),
      'source-unreachable',
    ],
    ['code and summary', JSON.stringify({ error: { code: 'ENOLOCK', summary: 'needs a lock' } }), 'tool-failed'],
    [
      'summary only',
      JSON.stringify({ error: { summary: 'advisories is not iterable', detail: '' } }),
      'unreadable-output',
    ],
  ])('%s', (_, text, reason) => {
    for (const trusted of [false, true]) {
      const { outcome, coverage } = judge(text, trusted);
      expect(outcome).toMatchObject({ status: 'unavailable', reason });
      expect(coverage.packages).toBe(1);
    }
  });
});
