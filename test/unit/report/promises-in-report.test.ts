/** Promises put into a report: what they change of it, and what they leave alone. */
import { describe, expect, it } from 'vitest';
import type { PromiseOutcome, PromiseRow } from '../../../src/core/model/promise-report.ts';
import { assembleReport } from '../../../src/core/report/assemble.ts';
import type { ReportView } from '../../../src/core/model/report.ts';
import { tableFormat } from '../../../src/core/report/table.ts';
import { emptyInput } from './sample.ts';
import { emptyView } from './views.ts';

function row(verdict: PromiseRow['verdict']): PromiseRow {
  const proof =
    verdict === 'broken' ? { says: verdict, text: 'no file', mend: 'Add one.' } : { says: verdict, text: 'seen' };
  return {
    kind: 'updates-automated',
    title: 'Updates',
    file: 'SECURITY.md',
    line: 7,
    text: 'Dependabot \u001b[2J runs weekly',
    promise: 'updates come weekly',
    verdict,
    forAPerson: false,
    evidence: [proof],
  };
}

function outcome(...promises: readonly PromiseRow[]): PromiseOutcome {
  const count = (verdict: PromiseRow['verdict']): number => promises.filter((each) => each.verdict === verdict).length;
  const summary = { kept: count('kept'), broken: count('broken'), cannotTell: count('cannot-tell'), forAPerson: 0 };
  return { files: ['SECURITY.md'], summary, promises: [...promises], problems: [] };
}

const look = { color: false, width: 80, verbose: false };

const withPromises = (...rows: readonly PromiseRow[]): ReportView =>
  assembleReport({ ...emptyInput, promises: outcome(...rows) });

describe('promises in a report', () => {
  it('change nothing else in it', () => {
    const { promises, ...rest } = withPromises(row('broken'));
    expect(rest).toEqual(emptyView);
    expect(promises?.summary.broken).toBe(1);
  });

  it('stand on the first screen with the mend, harmless and only where there are any', () => {
    const screen = tableFormat.render(withPromises(row('broken'), row('kept')), look);
    expect(screen).toContain('Broken promises (1)');
    expect(screen).toContain('→ Add one.');
    expect(screen).toMatch(/^Promises +1 broken · 1 kept/m);
    expect(screen).not.toContain('\u001b');
    expect(tableFormat.render(emptyView, look)).not.toContain('romise');
  });
});
