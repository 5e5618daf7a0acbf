import { describe, expect, it } from 'vitest';
import type { AdvisoryLookup } from '../../../src/core/model/advisory.ts';
import type { Audit } from '../../../src/core/model/audit.ts';
import type { MergedFinding } from '../../../src/core/model/merged-finding.ts';
import { collect } from '../../../src/core/normalize/collect.ts';
import { mergeFindings } from '../../../src/core/normalize/merge.ts';
import { answerLookups, makeAudit, makeEntry, makeRecord, makeReported } from '../../support/audit-values.ts';

const GHSA = 'GHSA-aaaa-2222-3333';

function merge(audits: readonly Audit[], lookups: readonly AdvisoryLookup[] = []): readonly MergedFinding[] {
  return mergeFindings(collect(audits), lookups);
}

function only(findings: readonly MergedFinding[]): MergedFinding {
  expect(findings).toHaveLength(1);
  return findings[0]!;
}

describe('mergeFindings', () => {
  it('makes one finding of the ranges npm reports one by one', () => {
    const packages = [
      makeEntry('left', { direct: true, version: '10.0.0', scope: 'dev', line: 9 }),
      makeEntry('a/left', { version: '9.1.0', scope: 'prod', line: 4 }),
    ];
    const finding = only(
      merge([makeAudit([makeReported({ affects: ['left'] }), makeReported({ affects: ['a/left'] })], packages)]),
    );
    expect(finding).toMatchObject({
      key: `npm:web:left:${GHSA}`,
      versions: ['9.1.0', '10.0.0'],
      scope: 'prod',
      direct: true,
      location: { file: 'web/package-lock.json', line: 9 },
      seenBy: ['npm-audit'],
      fromCompleteAudit: true,
    });
    expect(finding.reports).toHaveLength(2);
  });

  it('keeps packages, targets and ecosystems apart though the id is the same', () => {
    const here = [makeEntry('left'), makeEntry('right')];
    const both = [makeReported(), makeReported({ package: 'right', affects: ['right'] })];
    const elsewhere = makeAudit([makeReported()], here, {
      target: { path: 'api', ecosystem: 'PyPI', sources: [{ path: 'api/uv.lock', kind: 'uv-lock' }] },
    });
    expect(merge([makeAudit(both, here), elsewhere]).map((finding) => finding.key)).toEqual([
      `PyPI:api:left:${GHSA}`,
      `npm:web:left:${GHSA}`,
      `npm:web:right:${GHSA}`,
    ]);
  });

  it('folds the spellings of a Python package, and not those of an npm package', () => {
    const python = { target: { path: 'api', ecosystem: 'PyPI' as const, sources: [] } };
    const spellings = [makeReported({ package: 'Left_Pad' }), makeReported({ package: 'left.pad' })];
    expect(merge([makeAudit(spellings, [], python)]).map((finding) => finding.package)).toEqual(['left-pad']);
    expect(merge([makeAudit(spellings, [])])).toHaveLength(2);
  });

  it('keeps a finding whose entries our reading of the lock does not hold', () => {
    expect(only(merge([makeAudit([makeReported({ affects: ['gone'] })])]))).toMatchObject({
      versions: [],
      scope: 'unknown',
      direct: false,
      location: { file: 'web/package-lock.json' },
    });
  });

  it('keeps a finding its own record says affects no installed version', () => {
    const ranges = [{ type: 'SEMVER', events: [{ introduced: '5.0.0' }, { fixed: '5.1.0' }] }];
    const record = makeRecord({ id: GHSA, affected: [{ package: { ecosystem: 'npm', name: 'left' }, ranges }] });
    expect(only(merge([makeAudit([makeReported()])], answerLookups([GHSA], [record])))).toMatchObject({
      versions: ['1.0.0'],
      fix: { available: true, version: '5.1.0', kind: 'major' },
    });
  });

  it('marks what only a failed audit reported, and not what a complete one reported too', () => {
    const failed = makeAudit([makeReported({ auditor: 'other-audit' })], undefined, {
      outcome: { status: 'unavailable', reason: 'timed-out', message: 'It took too long.', mend: 'Try again.' },
    });
    expect(only(merge([failed])).fromCompleteAudit).toBe(false);
    expect(only(merge([failed, makeAudit([makeReported()])]))).toMatchObject({
      fromCompleteAudit: true,
      seenBy: ['npm-audit', 'other-audit'],
    });
  });

  it.each([
    ['no prod entry, one of unknown scope', ['dev', 'unknown'], 'unknown'],
    ['dev entries only', ['dev', 'dev'], 'dev'],
    ['any prod entry', ['dev', 'unknown', 'prod'], 'prod'],
  ] as const)('reads the scope of %s', (_, scopes, expected) => {
    const packages = scopes.map((scope, at) => makeEntry(`${at}/left`, { scope }));
    const affects = packages.map((entry) => entry.id);
    expect(only(merge([makeAudit([makeReported({ affects })], packages)])).scope).toBe(expected);
  });

  it('names the ids nobody answered for', () => {
    const audit = makeAudit([makeReported({ ids: ['17', GHSA] })]);
    expect(only(merge([audit])).unanswered).toEqual([{ id: GHSA, detail: 'it was not asked for' }]);
    expect(only(merge([audit], [{ status: 'unavailable', id: GHSA, detail: 'refused' }])).unanswered).toEqual([
      { id: GHSA, detail: 'refused' },
    ]);
    expect(only(merge([audit], [{ status: 'not-found', id: GHSA }])).unanswered).toEqual([]);
    const record = makeRecord({ id: GHSA, aliases: ['CVE-2025-1'] });
    expect(only(merge([audit], answerLookups([GHSA], [record]))).unanswered).toEqual([]);
  });

  it('gives the same findings whatever the order of audits, reports and answers', () => {
    const packages = [makeEntry('left', { direct: true, requires: ['right'] }), makeEntry('right')];
    const reported = [
      makeReported({ fixedIn: ['2.0.0'] }),
      makeReported({ ids: ['CVE-2025-1'], auditor: 'other-audit' }),
      makeReported({ package: 'right', affects: ['right'] }),
    ];
    const records = [makeRecord({ id: GHSA, aliases: ['CVE-2025-1'] }), makeRecord({ id: 'CVE-2025-1' })];
    const lookups = answerLookups([GHSA, 'CVE-2025-1'], records);
    const forwards = merge([makeAudit(reported, packages)], lookups);
    const backwards = merge([makeAudit([...reported].reverse(), [...packages].reverse())], [...lookups].reverse());
    expect(forwards).toHaveLength(2);
    expect(backwards).toEqual(forwards);
  });
});
