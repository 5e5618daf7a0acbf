import { describe, expect, it } from 'vitest';
import type { OsvRecord } from '../../../src/core/model/advisory.ts';
import type { ReportedVulnerability } from '../../../src/core/model/audit.ts';
import { resolveSeverity } from '../../../src/core/enrich/severity.ts';
import { makeMerged, makeRecord } from '../../support/audit-values.ts';

const NOW = '2025-06-01T00:00:00.000Z';
const GHSA = 'GHSA-aaaa-2222-3333';
const CRITICAL_V4 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';
const CRITICAL_V3 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const MEDIUM_V3 = 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H';
const HIGH_V2 = 'AV:N/AC:L/Au:N/C:P/I:P/A:P';
const LOW_V3 = 'CVSS:3.0/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N';

const label = (severity: unknown, id = GHSA): OsvRecord => makeRecord({ id, database_specific: { severity } });
const scored = (id: string, ...scores: readonly string[]): OsvRecord =>
  makeRecord({ id, severity: scores.map((score) => ({ type: 'CVSS_V3', score })) });
const tool = (level: 'low' | 'critical' | 'unknown'): Partial<ReportedVulnerability> => ({
  severity: { from: 'tool', by: 'npm-audit', level },
});

describe('resolveSeverity', () => {
  it.each<[string, readonly OsvRecord[], Partial<ReportedVulnerability>, string, string]>([
    ['nobody', [], {}, 'unknown', 'none'],
    ['a record that says nothing', [makeRecord({ id: 'PYSEC-2025-1' })], {}, 'unknown', 'none'],
    ['the tool alone', [], tool('low'), 'low', 'tool npm-audit'],
    ['a tool that does not know', [], tool('unknown'), 'unknown', 'none'],
    ['v2 before the tool', [scored('CVE-2025-1', HIGH_V2)], tool('low'), 'high', 'cvss-v2 CVE-2025-1'],
    ['v3 before v2', [scored('CVE-2025-1', HIGH_V2, MEDIUM_V3)], {}, 'medium', 'cvss-v3 CVE-2025-1'],
    ['v4 before v3', [scored('CVE-2025-1', LOW_V3, CRITICAL_V4)], {}, 'critical', 'cvss-v4 CVE-2025-1'],
    [
      'a label before any vector',
      [label('MODERATE'), scored('CVE-2025-1', CRITICAL_V4)],
      tool('critical'),
      'medium',
      `ghsa-label ${GHSA}`,
    ],
    [
      'the worst of one kind',
      [scored('CVE-2025-1', LOW_V3), scored('PYSEC-2025-1', CRITICAL_V3)],
      {},
      'critical',
      'cvss-v3 PYSEC-2025-1',
    ],
    [
      'the worst of two labels',
      [label('LOW'), label('HIGH', 'GHSA-bbbb-2222-3333')],
      {},
      'high',
      'ghsa-label GHSA-bbbb-2222-3333',
    ],
    [
      'malware before everything',
      [label('LOW'), makeRecord({ id: 'MAL-2025-1' })],
      tool('low'),
      'critical',
      'malware MAL-2025-1',
    ],
    [
      'malicious code under CWE-506',
      [makeRecord({ id: GHSA, database_specific: { severity: 'HIGH', cwe_ids: ['CWE-506'] } })],
      {},
      'critical',
      `malware ${GHSA}`,
    ],
    [
      'a malware feed without a MAL- id',
      [makeRecord({ id: 'OSV-2025-1', database_specific: { 'malicious-packages-origins': [{}] } })],
      {},
      'critical',
      'malware OSV-2025-1',
    ],
    ['a MAL- id nobody has a record of', [], { ids: ['MAL-2025-1'] }, 'critical', 'malware MAL-2025-1'],
    [
      'a retracted MAL- record',
      [label('LOW'), makeRecord({ id: 'MAL-2025-1', withdrawn: '2025-02-01T00:00:00Z' })],
      {},
      'low',
      `ghsa-label ${GHSA}`,
    ],
    ['a label a database other than GitHub gave', [label('LOW', 'PYSEC-2025-1')], {}, 'unknown', 'none'],
    ['a label that is no word of ours', [label('severe')], {}, 'unknown', 'none'],
    ['a label that is no text', [label(9.8)], {}, 'unknown', 'none'],
    [
      'a vector that scores nothing',
      [scored('CVE-2025-1', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 'x')],
      tool('low'),
      'low',
      'tool npm-audit',
    ],
  ])('hears %s', (_, records, reported, level, source) => {
    expect(resolveSeverity(makeMerged(records, reported), NOW)).toMatchObject({ level, source });
  });

  it('keeps every statement, the deciding one first, and says that they differ', () => {
    const records = [label('MODERATE'), scored('CVE-2025-1', CRITICAL_V3)];
    expect(resolveSeverity(makeMerged(records, tool('low')), NOW)).toEqual({
      level: 'medium',
      source: `ghsa-label ${GHSA}`,
      disputed: true,
      all: [
        { from: 'ghsa-label', by: GHSA, level: 'medium' },
        { from: 'cvss-v3', by: 'CVE-2025-1', level: 'critical', score: 9.8, vector: CRITICAL_V3 },
        { from: 'tool', by: 'npm-audit', level: 'low' },
      ],
    });
  });

  it('carries score and vector of the deciding statement', () => {
    expect(resolveSeverity(makeMerged([scored('CVE-2025-1', CRITICAL_V3)]), NOW)).toMatchObject({
      score: 9.8,
      vector: CRITICAL_V3,
      disputed: false,
    });
  });

  it('reads the vector of the block about this package only', () => {
    const block = (name: string, score: string): unknown => ({
      package: { ecosystem: 'npm', name },
      severity: [{ type: 'CVSS_V3', score }],
    });
    const record = makeRecord({ id: 'CVE-2025-1', affected: [block('right', CRITICAL_V3), block('left', LOW_V3)] });
    expect(resolveSeverity(makeMerged([record]), NOW).level).toBe('low');
  });

  it('hears a withdrawn record only when no other is left', () => {
    const withdrawn = { ...label('CRITICAL'), withdrawn: '2025-02-01T00:00:00Z' };
    expect(resolveSeverity(makeMerged([withdrawn, scored('CVE-2025-1', LOW_V3)]), NOW).level).toBe('low');
    expect(resolveSeverity(makeMerged([withdrawn]), NOW).level).toBe('critical');
  });
});
