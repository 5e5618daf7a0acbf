/** Whose word is a target's outcome: a table of what the first and the second auditor met. */
import { describe, expect, it } from 'vitest';
import { settleOpinions } from '../../../src/core/auditors/settle-opinions.ts';
import type { Audit, AuditOutcome, UnavailableReason } from '../../../src/core/model/audit.ts';
import type { Problem } from '../../../src/core/model/problem.ts';
import { makeAudit, makeEntry, makeReported } from '../../support/audit-values.ts';

const ORDER = ['npm-audit', 'pip-audit', 'osv'];
const AUDITED: AuditOutcome = { status: 'audited' };
const failed = (reason: UnavailableReason): AuditOutcome => ({
  status: 'unavailable',
  reason,
  message: 'It did not.',
  mend: 'Mend it.',
});
const MIRROR = { isMirror: true };
const STALE = { isMirror: true, stale: 'it is 9 days old' };
const API = { isMirror: false };

function npm(outcome: AuditOutcome, over: Partial<Audit> = {}): Audit {
  return makeAudit([makeReported()], [makeEntry('left')], { outcome, ...over });
}

function osv(outcome: AuditOutcome, over: Partial<Audit> = {}): Audit {
  return npm(outcome, { auditor: 'osv', source: 'a mirror', age: API, ...over });
}

/** `npm-audit` decides, `osv` stands in, or osv alone is told of in problems. */
function settle(...audits: readonly Audit[]) {
  const settled = settleOpinions(audits, ORDER);
  return {
    decides: settled.filter(({ secondOpinion }) => secondOpinion !== true).map(({ auditor }) => auditor),
    standsInFor: settled.flatMap(({ standsInFor }) => standsInFor ?? []),
    problems: settled.flatMap(({ problems }) => problems),
    settled,
  };
}

describe('the second opinion', () => {
  it('is quiet when both looked', () => {
    expect(settle(osv(AUDITED), npm(AUDITED))).toMatchObject({ decides: ['npm-audit'], standsInFor: [], problems: [] });
  });

  it('that could not look is said and blocks nothing', () => {
    const { decides, problems } = settle(npm(AUDITED), osv(failed('source-unreachable')));
    expect(decides).toEqual(['npm-audit']);
    expect(problems).toMatchObject([{ code: 'second-opinion-missing', target: 'web', blocks: false }]);
    expect(problems[0]?.message).toContain('source-unreachable');
  });

  it('leaves what both say blocking, and unblocks what only it says', () => {
    const shared: Problem = { target: 'web', code: 'lock', message: 'm', mend: '', blocks: true };
    const own: Problem = { ...shared, code: 'own' };
    const { problems } = settle(npm(AUDITED, { problems: [shared] }), osv(AUDITED, { problems: [shared, own] }));
    expect(problems).toEqual([shared, shared, { ...own, blocks: false }]);
  });

  it('is nobody to a target of its own', () => {
    expect(settle(osv(failed('source-blind')))).toMatchObject({ decides: ['osv'], problems: [] });
  });

  it('does not speak for another folder or ecosystem', () => {
    const elsewhere = osv(AUDITED, { target: { path: 'api', ecosystem: 'PyPI', sources: [] } });
    expect(settle(npm(failed('source-refused')), elsewhere).decides).toEqual(['npm-audit', 'osv']);
  });
});

describe('standing in', () => {
  it.each<[string, AuditOutcome, AuditOutcome, Partial<Audit>, boolean]>([
    ['a registry without an audit endpoint', failed('source-refused'), AUDITED, { age: MIRROR }, true],
    ['a registry that is down', failed('source-unreachable'), AUDITED, { age: MIRROR }, true],
    ['a blind source', failed('source-blind'), AUDITED, { age: MIRROR }, true],
    ['a missing tool', failed('tool-missing'), AUDITED, { age: MIRROR }, true],
    ['a tool that took too long', failed('timed-out'), AUDITED, { age: MIRROR }, true],
    ['an API is no mirror', failed('source-refused'), AUDITED, { age: API }, false],
    ['a stale mirror is none', failed('source-refused'), AUDITED, { age: STALE }, false],
    ['a mirror that could not answer', failed('source-refused'), failed('source-blind'), { age: MIRROR }, false],
    ['a range it could not read', failed('source-refused'), AUDITED, { age: MIRROR, problems: [{ target: 'web', code: 'x', message: '', mend: '', blocks: true }] }, false], // prettier-ignore
    ['a stale lock is stale for all', failed('lockfile-stale'), AUDITED, { age: MIRROR }, false],
    ['packages nobody can audit', failed('incomplete'), AUDITED, { age: MIRROR }, false],
    ['a run that was stopped', failed('interrupted'), AUDITED, { age: MIRROR }, false],
    ['a report made elsewhere', failed('import-unproven'), AUDITED, { age: MIRROR }, false],
  ])('%s', (_title, first, second, over, stands) => {
    const { decides, standsInFor, problems } = settle(npm(first), osv(second, over));
    expect({ decides, standsInFor }).toEqual(
      stands
        ? { decides: ['osv'], standsInFor: ['npm-audit'] }
        : { decides: ['npm-audit'], standsInFor: [] },
    ); // prettier-ignore
    expect(problems.some(({ code }) => code === 'auditor-replaced')).toBe(stands);
  });

  it('says who could not look, why, and whose answer stands', () => {
    const [problem] = settle(npm(failed('source-refused')), osv(AUDITED, { age: MIRROR })).problems;
    expect(problem).toMatchObject({ code: 'auditor-replaced', target: 'web', mend: 'Mend it.', blocks: false });
    expect(problem?.message).toBe(
      'npm-audit could not look (source-refused): It did not. osv answers for this target in its place, from a mirror.',
    );
  });
});

describe('a report of a tool that is never asked', () => {
  it.each<[string, AuditOutcome, string]>([
    ['comes first when it is complete', AUDITED, 'pnpm-audit'],
    ['comes last when it is not', failed('import-unproven'), 'osv'],
  ])('%s', (_title, outcome, decides) => {
    expect(settle(osv(AUDITED), npm(outcome, { auditor: 'pnpm-audit' })).decides).toEqual([decides]);
  });
});
