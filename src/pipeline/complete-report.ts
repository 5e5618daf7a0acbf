/** Makes the report whole: what the stages found out, the count of every deadline, and what the ledger remembers. */
import type { ReportView } from '../core/model/report.ts';
import type { LedgerState } from '../core/reconcile/ledger-state.ts';
import { closedFindings } from '../core/reconcile/closed-findings.ts';
import { assembleReport } from '../core/report/assemble.ts';
import type { ReportInput } from '../core/report/assemble.ts';
import { countDeadline } from './count-deadline.ts';
import { measureTrend } from './measure-trend.ts';

/** `state` is what the ledger knew by `asOf`, the run itself included where it was recorded. */
export function completeReport(input: ReportInput, state: LedgerState): ReportView {
  const view = assembleReport(input);
  const trend = measureTrend(state, { policy: input.policy, releases: input.releases, now: input.asOf });
  return {
    ...view,
    findings: view.findings.map((finding) => ({
      ...finding,
      deadline: { ...finding.deadline, arithmetic: [...countDeadline(finding, view)] },
    })),
    ...(input.parts?.includes('closed') === true ? { closed: [...closedFindings(state)] } : {}),
    ...(trend === undefined ? {} : { trend }),
  };
}
