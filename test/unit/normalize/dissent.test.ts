/** Why auditors disagree: a table of what each of them met, and what the report says of it. */
import { describe, expect, it } from 'vitest';
import type { Audit, Dismissal } from '../../../src/core/model/audit.ts';
import type { OsvRecord } from '../../../src/core/model/advisory.ts';
import type { DissentReason } from '../../../src/core/model/finding.ts';
import type { MergedFinding } from '../../../src/core/model/merged-finding.ts';
import { explainDissent } from '../../../src/core/normalize/dissent.ts';
import { makeAudit, makeEntry, makeMerged, makeRecord, makeReported } from '../../support/audit-values.ts';

const ID = 'GHSA-aaaa-2222-3333';

function npm(over: Partial<Audit> = {}): Audit {
  return makeAudit([], [makeEntry('left')], over);
}

function osv(over: Partial<Audit> = {}): Audit {
  return npm({
    auditor: 'osv',
    source: 'a mirror',
    age: { isMirror: true },
    dismissed: [],
    secondOpinion: true,
    ...over,
  });
}

function dismissed(why: Dismissal['why'], detail: string): Partial<Audit> {
  return { dismissed: [{ package: 'left', ids: [ID.toLowerCase(), 'CVE-2026-1'], why, detail }] };
}

function finding(
  over: Partial<MergedFinding> = {},
  records: readonly OsvRecord[] = [makeRecord({ id: ID })],
): MergedFinding {
  return makeMerged(records, {}, over);
}

const byOsv = { seenBy: ['osv'], reports: [makeReported({ auditor: 'osv', fixedIn: ['2.0.0'] })] };
const MALWARE = { ...byOsv, ids: ['MAL-2026-1'] };
const WITHDRAWN = [makeRecord({ id: ID, withdrawn: '2026-02-03T00:00:00Z' })];
const STALE = { age: { isMirror: true, stale: 'its records of npm are of 2026-01-01' } };
const TWO = [makeEntry('left', { version: '1.0.0' }), makeEntry('x/left', { name: 'left', version: '2.0.0' })];

describe('an auditor that says otherwise', () => {
  it.each<[string, MergedFinding, Audit, DissentReason, string]>([
    ['has another range', finding(), osv(dismissed('not-in-range', '<0.9.0')), 'range-differs', 'covers <0.9.0, and not 1.0.0'],
    ['knows that it was withdrawn', finding(), osv(dismissed('withdrawn', '2026-02-03T00:00:00Z')), 'withdrawn', 'withdrawn on 2026-02-03'],
    ['cannot read its range', finding(), osv(dismissed('malformed-range', 'fixed soon')), 'malformed-range', 'fixed soon'],
    ['has no record of it', finding(), osv(), 'not-carried', 'a mirror'],
    ['has an old source', finding(), osv({ ...STALE, outcome: { status: 'unavailable', reason: 'source-stale', message: '', mend: '' } }), 'stale-source', '2026-01-01'],
    ['leaves out what was withdrawn', finding(byOsv, WITHDRAWN), npm(), 'withdrawn', '2026-02-03'],
    ['carries no malware', finding(MALWARE), npm(), 'not-carried', 'GitHub'],
    ['does not say', finding(byOsv), npm(), 'unknown', 'cannot be told'],
    ['is pip-audit and does not say', finding({ ...MALWARE, ecosystem: 'PyPI' }), npm({ auditor: 'pip-audit', target: { path: 'web', ecosystem: 'PyPI', sources: [] } }), 'unknown', 'cannot be told'],
    ['counts fewer versions', finding({ versions: ['1.0.0', '2.0.0'], seenBy: ['npm-audit', 'osv'], reports: [makeReported({ auditor: 'osv', range: '<2.0.0' })] }), osv({ inventory: { ...osv().inventory, packages: TWO } }), 'range-differs', 'it counts 1.0.0 (<2.0.0), and not 2.0.0'],
  ])('%s', (_title, one, audit, why, detail) => {
    const [told] = explainDissent([one], [audit]);
    expect(told?.dissent).toMatchObject([{ auditor: audit.auditor, why }]);
    expect(told?.dissent?.[0]?.detail).toContain(detail);
  }); // prettier-ignore

  it('may mean the same flaw by another name', () => {
    const mine = finding({ ids: [ID], reports: [makeReported({ fixedIn: ['2.0.0'] })] });
    const theirs = finding({ ...byOsv, key: 'other', ids: ['PYSEC-1'] });
    const told = explainDissent([mine, theirs], [npm(), osv()]);
    expect(told.map(({ dissent }) => dissent?.map(({ auditor, why }) => [auditor, why]))).toEqual([
      [['osv', 'alias']],
      [['npm-audit', 'alias']],
    ]);
    expect(told[0]?.dissent?.[0]?.detail).toContain('PYSEC-1');
  });

  it('shows foreign text without its control characters, and not without end', () => {
    const [told] = explainDissent([finding()], [osv(dismissed('not-in-range', `<1\u001b[2J${'x'.repeat(5000)}`))]);
    expect(told?.dissent?.[0]?.detail).not.toContain('\u001b');
    expect(told?.dissent?.[0]?.detail.length).toBeLessThanOrEqual(300);
  });
});

describe('nobody contradicts', () => {
  it.each<[string, MergedFinding, readonly Audit[]]>([
    ['what both saw', finding({ seenBy: ['npm-audit', 'osv'], reports: [makeReported(), makeReported({ auditor: 'osv' })] }), [npm(), osv()]],
    ['where the other could not look', finding(), [osv({ outcome: { status: 'unavailable', reason: 'source-unreachable', message: '', mend: '' } })]],
    ['where the other looked elsewhere', finding(), [osv({ target: { path: 'api', ecosystem: 'npm', sources: [] } })]],
    ['where nobody else was asked', finding(), [npm()]],
  ])('%s', (_title, one, audits) => {
    expect(explainDissent([one], audits)).toEqual([one]);
  }); // prettier-ignore
});
