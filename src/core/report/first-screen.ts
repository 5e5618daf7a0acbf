/** Decides what belongs on the first screen: what is due first, and what could not be checked. */
import type { DeadlineState } from '../model/deadline.ts';
import type { ReportFinding, ReportTarget, ReportView } from '../model/report.ts';

const URGENT: readonly DeadlineState[] = ['overdue', 'due', 'next-release'];
// A gate may fail on a severity whose window leaves time; what made it fail must not be missing.
const URGENT_IN_A_FAILURE: readonly DeadlineState[] = ['awaiting-fix', 'opportunistic'];

/** Findings somebody has to act on, those that count for the verdict first; otherwise in the order of the view. */
export function dueFirst({ findings, verdict }: ReportView): readonly ReportFinding[] {
  const urgent = findings.filter(
    ({ deadline, counts }) =>
      URGENT.includes(deadline.state) || (verdict === 'fail' && counts && URGENT_IN_A_FAILURE.includes(deadline.state)),
  );
  return [...urgent.filter(({ counts }) => counts), ...urgent.filter(({ counts }) => !counts)];
}

/** Findings of one state, in the order of the view. */
export function inState({ findings }: ReportView, state: DeadlineState): readonly ReportFinding[] {
  return findings.filter(({ deadline }) => deadline.state === state);
}

/** Targets that should have been audited and were not. */
export function notChecked({ targets }: ReportView): readonly ReportTarget[] {
  return targets.filter(({ outcome }) => outcome === 'unavailable');
}

/** Whether telling the findings that count from those that do not says anything: it does when there are both. */
export function countsDiffer(findings: readonly ReportFinding[]): boolean {
  return findings.some(({ counts }) => counts) && findings.some(({ counts }) => !counts);
}
