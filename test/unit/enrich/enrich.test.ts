import { describe, expect, it } from 'vitest';
import { enrichFindings } from '../../../src/core/enrich/enrich.ts';
import { makeMerged, makeRecord } from '../../support/audit-values.ts';

const NOW = '2025-06-01T00:00:00.000Z';
const GHSA = 'GHSA-2222-3333-4444';
const outage = { unanswered: [{ id: GHSA, detail: 'connection refused' }] };

describe('enrichFindings', () => {
  it('adds advisory, severity and publication, and drops what was only needed to find them', () => {
    const { findings, problems } = enrichFindings([makeMerged([makeRecord({ id: GHSA, summary: 'Falls' })])], NOW);
    expect(problems).toEqual([]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      key: `npm:web:left:${GHSA}`,
      advisory: { id: GHSA, summary: 'Falls', published: '2025-01-10T00:00:00.000Z', malware: false },
      severity: { level: 'unknown', source: 'none' },
      timeline: { published: { at: '2025-01-10T00:00:00.000Z', source: `published in ${GHSA}` } },
    });
    for (const gone of ['ids', 'records', 'reports', 'unanswered']) expect(findings[0]).not.toHaveProperty(gone);
  });

  it('keeps findings through an outage, and says once that it blocks', () => {
    const reported = { ids: [GHSA], severity: { from: 'tool', by: 'npm-audit', level: 'low' } } as const;
    const { findings, problems } = enrichFindings(
      [makeMerged([], reported, outage), makeMerged([], { ids: [GHSA] }, { ...outage, target: 'api' })],
      NOW,
    );
    expect(findings.map((finding) => finding.severity.level)).toEqual(['low', 'unknown']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ target: null, code: 'advisory-source-unavailable', blocks: true });
    expect(problems[0]?.message).toContain('2 findings');
    expect(problems[0]?.message).toContain('connection refused');
  });

  it('blocks when one alias is unanswered though another is known: a worse word may be behind it', () => {
    const { problems } = enrichFindings([makeMerged([makeRecord({ id: 'PYSEC-2025-1' })], {}, outage)], NOW);
    expect(problems.map((problem) => problem.code)).toEqual(['advisory-source-unavailable']);
  });

  it.each([
    ['no record', []],
    ['a record without a date', [makeRecord({ id: GHSA, published: undefined })]],
    ['a record whose date is none', [makeRecord({ id: GHSA, published: 'once' })]],
  ])('blocks once a target where nobody states a date: %s', (_, records) => {
    const findings = ['web', 'web', 'api'].map((target) => makeMerged(records, { ids: [GHSA] }, { target }));
    const { problems } = enrichFindings(findings, NOW);
    expect(problems.map(({ code, target, blocks }) => [code, target, blocks])).toEqual([
      ['advisory-unknown', 'api', true],
      ['advisory-unknown', 'web', true],
    ]);
  });

  it('does not mind an alias nobody has a record of', () => {
    expect(enrichFindings([makeMerged([makeRecord({ id: GHSA, aliases: ['CVE-2025-1'] })])], NOW).problems).toEqual([]);
  });

  it('reports a publication that is still to come', () => {
    const record = makeRecord({ id: GHSA, published: '2099-01-01T00:00:00Z' });
    expect(enrichFindings([makeMerged([record])], NOW).problems).toMatchObject([
      { target: 'web', code: 'advisory-dated-in-future', blocks: false },
    ]);
  });

  it('asks nothing of a withdrawn finding', () => {
    const record = makeRecord({ id: GHSA, published: undefined, withdrawn: '2025-01-02T00:00:00Z' });
    expect(enrichFindings([makeMerged([record])], NOW).problems).toEqual([]);
  });
});
