/** The CSV report read back by a parser: one line a record, every fact in its column, and nothing a spreadsheet would run. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ReportView } from '../../../src/core/model/report.ts';
import { csvFormat } from '../../../src/core/report/csv.ts';
import { HOSTILE_TEXTS, emptyView, plainOptions, richView, withForeignTexts } from './views.ts';

function readRows(view: ReportView): readonly Record<string, string>[] {
  return parse(csvFormat.render(view, plainOptions), { columns: true });
}

it('has a line for the verdict, each finding, each target without an answer and each open question', () => {
  const rows = readRows(richView);
  const kinds = rows.map((row) => row['record']);
  expect(kinds.filter((kind) => kind === 'finding')).toHaveLength(richView.findings.length);
  expect(kinds).toStrictEqual([
    'verdict',
    ...richView.findings.map(() => 'finding'),
    'not checked',
    'open question',
    'problem',
  ]);
  expect(rows[0]).toMatchObject({ state: 'fail', what: richView.sentence, 'as of': richView.asOf });
});

it('says of a run that looked at nothing that it is inconclusive', () => {
  expect(readRows(emptyView).map((row) => [row['record'], row['state'], row['what']])).toStrictEqual([
    ['verdict', 'inconclusive', emptyView.sentence],
    ['open question', '', 'no target was found'],
  ]);
});

it('keeps each fact of a finding in its column', () => {
  const row = readRows(richView).find((each) => each['state'] === 'accepted');
  expect(row).toMatchObject({
    record: 'finding',
    severity: 'high',
    target: 'web',
    package: 'package-5',
    advisory: 'GHSA-test-0000-0005',
    aliases: 'CVE-2025-1005',
    fix: '1.0.1 (patch)',
    file: 'web/package-lock.json',
    line: '15',
    'accepted until': '2026-01-31',
    owner: 'ada@example.org',
    breaks: 'false',
  });
});

const FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\r=1', '=cmd|x\nline', '\uff1d1', '\u200b=1', '"=1'];

it.each(FORMULAS)('defuses the formula %j', (formula) => {
  for (const row of readRows(withForeignTexts(richView, () => formula))) {
    for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+@\t\r\uff1d\uff0b\uff20-]/);
  }
});

it('has as many lines as records, whatever its texts are', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE_TEXTS, ...FORMULAS));
  const property = fc.property(text, (foreign) => {
    const view = withForeignTexts(richView, () => foreign);
    const lines = csvFormat.render(view, plainOptions).trimEnd().split('\n');
    expect(readRows(view)).toHaveLength(lines.length - 1);
  });
  fc.assert(property, { numRuns: 60 });
});
