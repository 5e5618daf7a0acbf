/** The POA&M report read back by a parser: which items are open, which are closed, and how one refers to the other. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportView } from '../../../src/core/model/report.ts';
import type { Observation } from '../../../src/core/reconcile/observation.ts';
import { assembleReport } from '../../../src/core/report/assemble.ts';
import { poamFormat } from '../../../src/core/report/poam.ts';
import { reportFromLedger } from '../../../src/pipeline/report-from-ledger.ts';
import { audited, createTestLedger, day, failed, observed, sighting } from '../../support/observed.ts';
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

describe('over time', () => {
  const seen = observed([sighting()]);
  const upgraded = observed([], { audits: [audited('web', { left: '2.0.0' })] });
  const listless = observed([], { audits: [audited('web', { left: '1.0.0' })] });
  const removed = observed([], { audits: [audited('web', {})] });
  const other = observed([sighting(['PYSEC-b'])]);
  const both = observed([sighting(['GHSA-a', 'PYSEC-b'])]);

  /** The plan on the morning after each of `runs`, without its verdict. */
  function plansAfter(runs: readonly Observation[]): readonly (readonly Record<string, string>[])[] {
    const ledger = createTestLedger();
    return runs.map((run, index) => {
      ledger.record({ ...run, run: { ...run.run, asOf: day(index + 1) } }, day(index + 1));
      const facts = { state: ledger.state(), now: day(index + 1), problems: [], parts: ['closed' as const] };
      return readItems(reportFromLedger(facts)).slice(1);
    });
  }

  const briefly = (items: readonly Record<string, string>[] = []): readonly (string | undefined)[] =>
    items.map((item) => `${item['POAM ID']} ${item['Status']} <${item['Previous POAM ID']}> ${item['Comments']}`);

  it('keeps what was mended, with how and when', () => {
    const plan = plansAfter([seen, upgraded]).at(-1) ?? [];
    expect(plan).toHaveLength(1);
    expect(plan[0]).toMatchObject({
      Status: 'Closed',
      'Status Date': '2026-03-02',
      'Original Detection Date': '2026-03-01',
      'Weakness Source Identifier': 'GHSA-a',
      'Adjusted Risk Rating': 'high',
      Comments: 'Closed: upgraded.',
    });
  });

  it.each([
    ['a change had mended it', removed, 'no longer installed'],
    ['its advisory had not named it for a night', listless, 'no longer listed by its advisory'],
  ])('opens a new item that refers to the old one when it came back after %s', (_, away, how) => {
    const [[first] = [], , last = []] = plansAfter([seen, away, seen]);
    const [open, closed] = last;
    expect(open).toMatchObject({ Status: 'Open', 'Previous POAM ID': first?.['POAM ID'] });
    expect(open?.['POAM ID']).not.toBe(first?.['POAM ID']);
    expect(closed).toMatchObject({
      'POAM ID': first?.['POAM ID'],
      Status: 'Closed',
      'Status Date': '2026-03-02',
      Comments: `Closed: ${how}. It came back as ${open?.['POAM ID']}.`,
    });
  });

  it('says what went on where two items turned out to be one', () => {
    const [open, closed] = plansAfter([seen, observed([sighting(), sighting(['PYSEC-b'])]), both]).at(-1) ?? [];
    expect(closed?.['Comments']).toBe(`Closed: found to be the same as another. It goes on as ${open?.['POAM ID']}.`);
  });

  it('never reopens an item, never forgets one, and refers only to closed ones, whatever happens', () => {
    const nights = fc.array(
      fc.constantFrom(seen, upgraded, listless, removed, other, both, observed([], { audits: [failed()] })),
      {
        minLength: 2,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(nights, (runs) => {
        const ever = new Map<string, string>();
        for (const plan of plansAfter([seen, ...runs])) {
          const items = plan.filter((item) => !item['POAM ID']?.startsWith('unassessed-'));
          const status = new Map(items.map((item) => [item['POAM ID'] ?? '', item['Status'] ?? '']));
          expect(status.size, briefly(items).join('\n')).toBe(items.length);
          for (const [id, before] of ever)
            expect([id, status.get(id)]).toStrictEqual([id, before === 'Closed' ? 'Closed' : expect.any(String)]);
          for (const { 'Previous POAM ID': previous = '' } of items)
            if (previous !== '') expect([previous, status.get(previous)]).toStrictEqual([previous, 'Closed']);
          for (const [id, word] of status) ever.set(id, word);
        }
      }),
      { numRuns: 60 },
    );
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
