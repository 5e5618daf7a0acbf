/** The POA&M report read back by a parser: which items are open, which are closed, and how one refers to the other. */
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import type { ReportView } from '../../../src/core/model/report.ts';
import { assembleReport } from '../../../src/core/report/assemble.ts';
import { poamFormat } from '../../../src/core/report/poam.ts';
import { findingIn, richInput } from './sample.ts';
import { emptyView, plainOptions, richView, withForeignTexts } from './views.ts';

function readItems(view: ReportView): readonly Record<string, string>[] {
  return parse(poamFormat.render(view, plainOptions), { columns: true });
}

it('has an item for each finding and each target without an answer, below the verdict', () => {
  const items = readItems(richView);
  expect(items.map((item) => item['Status'])).toStrictEqual([
    'fail',
    ...Array.from({ length: 5 }, () => 'Open'),
    'Risk accepted',
    'Withdrawn by its publisher',
    'Open',
  ]);
  expect(items.at(-1)).toMatchObject({ Controls: 'RA-5', 'Weakness Name': 'api could not be assessed' });
  expect(new Set(items.map((item) => item['POAM ID'])).size).toBe(items.length);
});

it('does not read as "nothing is weak" when nothing was looked at', () => {
  expect(readItems(emptyView).map((item) => [item['Status'], item['Weakness Description']])).toStrictEqual([
    ['inconclusive', emptyView.sentence],
    ['Open', 'no target was found'],
  ]);
});

it('leaves a closed item closed, and has what came back refer to it', () => {
  const back = {
    ledgerId: 'f-old',
    firstSeenAt: '2025-09-01T00:00:00.000Z',
    closedAt: '2025-10-01T00:00:00.000Z',
    closedBy: 'upgraded',
  };
  const findings = [findingIn('overdue', 1, { ledgerId: 'f-new', back }), findingIn('due', 2, { ledgerId: 'f-2' })];
  const [, fresh, other, old] = readItems(assembleReport({ ...richInput, findings }));
  expect(fresh).toMatchObject({ 'POAM ID': 'f-new', Status: 'Open', 'Previous POAM ID': 'f-old' });
  expect(other).toMatchObject({ 'POAM ID': 'f-2', Status: 'Open', 'Previous POAM ID': '' });
  expect(old).toMatchObject({
    'POAM ID': 'f-old',
    Status: 'Closed',
    'Status Date': '2025-10-01',
    'Original Detection Date': '2025-09-01',
    Comments: 'Closed: upgraded. It came back as f-new.',
  });
});

it('plans an accepted risk for the end of its acceptance, with the rationale', () => {
  const accepted = readItems(richView).find((item) => item['Status'] === 'Risk accepted');
  expect(accepted).toMatchObject({
    'Scheduled Completion Date': '2026-01-31',
    'Point of Contact': 'ada@example.org',
    'Deviation Rationale': 'only reachable by operators (owner ada@example.org, approved by grace@example.org, SEC-7)',
    CVE: 'CVE-2025-1005',
  });
});

it('keeps the first rating of a finding that was rated otherwise since', () => {
  const severityHistory = [
    { at: '2025-11-01T00:00:00.000Z', level: 'low' as const },
    { at: '2025-11-20T00:00:00.000Z', level: 'high' as const },
  ];
  const [, item] = readItems(assembleReport({ ...richInput, findings: [findingIn('due', 1, { severityHistory })] }));
  expect(item).toMatchObject({ 'Original Risk Rating': 'low', 'Adjusted Risk Rating': 'high' });
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)'])('defuses the formula %s', (formula) => {
  for (const item of readItems(withForeignTexts(richView, () => formula))) {
    for (const cell of Object.values(item)) expect(cell).not.toMatch(/^[=+@-]/);
  }
});
