/** The GitLab report against a schema of its documented fields, and what GitLab makes of it. */
import { describe, expect, it } from 'vitest';
import type { ReportView } from '../../../src/core/model/report.ts';
import { assembleReport } from '../../../src/core/report/assemble.ts';
import { gitlabFormat } from '../../../src/core/report/gitlab.ts';
import { schemaCheck } from '../../support/json-schema.ts';
import { findingIn, richInput } from './sample.ts';
import {
  HOSTILE_TEXTS,
  cleanView,
  emptyView,
  manyView,
  plainOptions,
  releaseView,
  richView,
  withForeignTexts,
} from './views.ts';

const faultsIn = schemaCheck('gitlab-dependency-scanning-15.2.1.schema.json');

interface Report {
  readonly scan: { readonly status: string; readonly messages: readonly { level: string; value: string }[] };
  readonly vulnerabilities: readonly Record<string, unknown>[];
}

function read(view: ReportView): Report {
  const report = JSON.parse(gitlabFormat.render(view, plainOptions)) as Report;
  expect(faultsIn(report)).toStrictEqual([]);
  return report;
}

it('is held to a schema that can say no', () => {
  expect(faultsIn({ version: '15.2.1', scan: {}, vulnerabilities: [{ id: 1 }] })).not.toStrictEqual([]);
});

describe('keeps to the schema', () => {
  it.each([
    ['nothing found to audit', emptyView],
    ['everything kept', cleanView],
    ['a release', releaseView],
    ['2,000 findings', manyView],
  ])('%s', (_, view) => {
    expect(read(view).vulnerabilities).toHaveLength(view.findings.length);
  });

  it.each(HOSTILE_TEXTS)('with %j for every text', (text) => {
    const { vulnerabilities } = read(withForeignTexts(richView, () => text));
    expect(vulnerabilities).toHaveLength(richView.findings.length);
  });
});

it('is a failed scan when something could not be looked at, and says what', () => {
  const { status, messages } = read(richView).scan;
  expect(status).toBe('failure');
  expect(messages[1]).toStrictEqual({
    level: 'fatal',
    value:
      'api (pip-audit): the advisory source answered without the advisory it must have [source-blind]. Point --osv-url at a complete OSV source.',
  });
  expect(read(emptyView).scan.status).toBe('failure');
  expect(read(cleanView).scan.status).toBe('success');
});

it('gives a finding the same id while its version, severity and title change, and another finding another', () => {
  const advisory = { ...findingIn('due', 1).advisory, summary: 'Told otherwise' };
  const findings = [
    findingIn('due', 1),
    findingIn('overdue', 1, { versions: ['2.0.0'], advisory }),
    findingIn('due', 2),
  ];
  const ids = findings.map((one) => read(assembleReport({ ...richInput, findings: [one] })).vulnerabilities[0]?.['id']);
  expect(ids[0]).toBe(ids[1]);
  expect(ids[0]).not.toBe(ids[2]);
});

it('tells a withdrawn advisory from one to act on, and shows an accepted risk as such', () => {
  const { vulnerabilities } = read(richView);
  expect(vulnerabilities.at(-1)?.['severity']).toBe('Info');
  expect(vulnerabilities.at(-2)).toMatchObject({
    severity: 'High',
    details: {
      accepted: { value: expect.stringContaining('until 2026-01-31: only reachable by operators') as string },
    },
  });
});

it('makes addresses of nothing but ids of a known shape', () => {
  const advisory = { ...findingIn('due', 1).advisory, id: 'CVE-2025-1/../../x', aliases: ['PYSEC-2025-1', 'OTHER-1'] };
  const [one] = read(assembleReport({ ...richInput, findings: [findingIn('due', 1, { advisory })] })).vulnerabilities;
  expect(one?.['identifiers']).toStrictEqual([
    { type: 'cve', name: 'CVE-2025-1/../../x', value: 'CVE-2025-1/../../x' },
    { type: 'pysec', name: 'PYSEC-2025-1', value: 'PYSEC-2025-1', url: 'https://osv.dev/vulnerability/PYSEC-2025-1' },
    { type: 'fixby', name: 'OTHER-1', value: 'OTHER-1' },
  ]);
});
