/** Attestations say what was scanned and found, and nothing of what was not looked at. */
import { describe, expect, it } from 'vitest';
import { makeStatements } from '../../../src/core/evidence/statements.ts';
import type { KeptRun } from '../../../src/core/model/evidence.ts';
import type { ReportView } from '../../../src/core/model/report.ts';
import { makeKeptRun } from '../../support/evidence.ts';
import { makeRepository } from '../../support/repository.ts';
import { cleanView, emptyView, richView } from '../report/views.ts';

function runs(): readonly KeptRun[] {
  const { dir } = makeRepository();
  return [makeKeptRun(dir), makeKeptRun(dir, { startedAt: '2025-12-03T10:00:05.000Z', durationMs: 1000 })];
}

describe('a statement', () => {
  it('binds the files, the scanner, its source, its time and every finding', () => {
    const [statement, ...more] = makeStatements(richView, runs());
    expect(more).toEqual([]);
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'web/package-lock.json', digest: { sha256: 'b'.repeat(64) } }],
      predicateType: 'https://in-toto.io/attestation/vulns/v0.2',
      predicate: {
        scanner: {
          uri: 'pkg:npm/npm',
          version: '10.8.2',
          db: { uri: 'https://advisories.example.org', lastUpdate: richView.generatedAt },
        },
        metadata: { scanStartedOn: '2025-12-03T10:00:00.000Z', scanFinishedOn: '2025-12-03T10:00:06.000Z' },
        'fixby.coverage': { packages: 120, audited: 118 },
      },
    });
    const results = statement?.predicate.scanner.result ?? [];
    expect(results.map(({ id }) => id)).toEqual(richView.findings.map(({ advisory }) => advisory.id));
    expect(results.every(({ severity }) => severity.length > 0)).toBe(true);
    expect(results.find(({ annotations }) => annotations[0]?.['level'] === 'unknown')?.severity).toEqual([
      { method: 'none', score: 'unknown' },
    ]);
  });

  it.each<[string, ReportView, readonly KeptRun[]]>([
    ['nothing was audited', emptyView, []],
    ['nobody here saw the scan', cleanView, []],
    [
      'the audit gave no full answer',
      { ...cleanView, targets: cleanView.targets.map((target) => ({ ...target, outcome: 'unavailable' })) },
      runs2(),
    ],
    [
      'no file is known',
      { ...cleanView, targets: cleanView.targets.map((target) => ({ ...target, files: [] })) },
      runs2(),
    ],
  ])('is not made where %s', (_, view, kept) => {
    expect(makeStatements(view, kept)).toEqual([]);
  });
});

/** For rows of a table, which are made outside of a test. */
function runs2(): readonly KeptRun[] {
  const text = { spooled: '', sha256: '0'.repeat(64), bytes: 0, redactions: 0 };
  return [
    {
      ...{ target: 'web', auditor: 'npm-audit', tool: 'npm', version: '1', status: 'exited', detail: '', argv: [] },
      ...{ exitCode: 0, startedAt: '2025-12-03T10:00:00.000Z', durationMs: 1, environment: [], inputs: [] },
      ...{ stdout: text, stderr: text, collected: [] },
    },
  ];
}
