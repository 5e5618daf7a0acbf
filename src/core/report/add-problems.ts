/** Adds to a report what was met after it was judged: none of it changes the verdict. */
import type { Problem } from '../model/problem.ts';
import type { ReportView } from '../model/report.ts';
import { byWeight } from './order.ts';

/** The view with `problems` in their places among its own. */
export function addProblems(view: ReportView, problems: readonly Problem[]): ReportView {
  if (problems.length === 0) return view;
  return { ...view, problems: [...view.problems, ...problems.map((problem) => ({ ...problem }))].sort(byWeight) };
}
