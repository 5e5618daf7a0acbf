/** Promises put into a report: what they change of it, and what they leave alone. */
import { describe, expect, it } from 'vitest';
import type { PromiseOutcome, PromiseRow } from '../../../src/core/model/promise-report.ts';
import { withPromises } from '../../../src/core/report/promises/attach.ts';
import { tableFormat } from '../../../src/core/report/table.ts';
import { cleanView } from './views.ts';

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

describe('promises in a report', () => {
  it('leave the verdict alone unless the team says otherwise', () => {
    const { promises, ...rest } = withPromises(cleanView, outcome(row('broken')), false);
    expect(rest).toEqual(cleanView);
    expect(promises?.summary.broken).toBe(1);
  });

  it('fail the run when they decide, and only when one is broken', () => {
    const failed = withPromises(cleanView, outcome(row('broken'), row('kept')), true);
    expect([failed.verdict, failed.broken]).toEqual(['fail', ['SECURITY.md:7: not kept that updates come weekly']]);
    expect(failed.sentence.endsWith('1 promise of the security policy is broken.')).toBe(true);
    expect(withPromises(cleanView, outcome(row('kept'), row('cannot-tell')), true).verdict).toBe(cleanView.verdict);
  });

  it('stand on the first screen with the mend, harmless and only where there are any', () => {
    const screen = tableFormat.render(withPromises(cleanView, outcome(row('broken'), row('kept')), false), look);
    expect(screen).toContain('Broken promises (1)');
    expect(screen).toContain('→ Add one.');
    expect(screen).toMatch(/^Promises +1 broken · 1 kept/m);
    expect(screen).not.toContain('\u001b');
    expect(tableFormat.render(cleanView, look)).not.toContain('romise');
  });
});
