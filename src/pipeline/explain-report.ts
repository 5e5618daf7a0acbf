/** The story of an explanation: finds what was asked about in a report, counts its deadlines again, and says how. */
import type { ClosedFinding } from '../core/model/closed-finding.ts';
import type { ReportView } from '../core/model/report.ts';
import { explainFinding } from '../core/report/explain/explanation.ts';
import type { ExplainedFinding } from '../core/report/explain/explanation.ts';
import { selectFindings } from '../core/report/explain/select.ts';
import { countDeadline } from './count-deadline.ts';

/** The findings that match, explained, and those that ended; where none does, what comes near. */
export interface ReportExplanation {
  readonly explained: readonly ExplainedFinding[];
  /** The last one first; none where the view does not carry what ended. */
  readonly ended: readonly ClosedFinding[];
  readonly near: readonly string[];
}

/** `query` is an id of any kind or a package name. `view.asOf` has to be a moment. */
export function explainReport(view: ReportView, query: string): ReportExplanation {
  const { findings, ended, near } = selectFindings(view, query);
  const explained = findings.map((finding) => explainFinding(finding, view, countDeadline(finding, view)));
  return { explained, ended, near };
}
