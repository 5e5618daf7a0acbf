/** The story of an explanation: finds what was asked about in a report, counts its deadlines again, and says how. */
import type { ReportView } from '../core/model/report.ts';
import { explainFinding } from '../core/report/explain/explanation.ts';
import type { ExplainedFinding } from '../core/report/explain/explanation.ts';
import { selectFindings } from '../core/report/explain/select.ts';
import { countDeadline } from './count-deadline.ts';

/** The findings that match, explained; where none does, what of the report comes near. */
export interface ReportExplanation {
  readonly explained: readonly ExplainedFinding[];
  readonly near: readonly string[];
}

/** `query` is an id of any kind or a package name. `view.asOf` has to be a moment. */
export function explainReport(view: ReportView, query: string): ReportExplanation {
  const { findings, near } = selectFindings(view, query);
  return { explained: findings.map((finding) => explainFinding(finding, view, countDeadline(finding, view))), near };
}
