/** Decides what belongs on the first screen: what is due first, and what could not be checked. */
import type { DeadlineState } from '../model/deadline.ts';
import { NOT_COVERED } from '../model/problem.ts';
import type { ReportFinding, ReportTarget, ReportView } from '../model/report.ts';

const URGENT: readonly DeadlineState[] = ['overdue', 'due', 'next-release'];

/** Findings somebody has to act on: those that made the run fail, whatever their state, then those with an end. */
export function dueFirst({ findings }: ReportView): readonly ReportFinding[] {
  const urgent = findings.filter(({ breaks, deadline }) => !breaks && URGENT.includes(deadline.state));
  return [...findings.filter(({ breaks }) => breaks), ...urgent];
}

/** Findings of one state, in the order of the view. */
export function inState({ findings }: ReportView, state: DeadlineState): readonly ReportFinding[] {
  return findings.filter(({ deadline }) => deadline.state === state);
}

/** Targets that should have been audited and were not. */
export function notChecked({ targets }: ReportView): readonly ReportTarget[] {
  return targets.filter(({ outcome, secondOpinion }) => outcome === 'unavailable' && secondOpinion !== true);
}

/** Whether marking the findings that made the run fail says anything: it does when there are others beside them. */
export function breaksDiffer(findings: readonly ReportFinding[]): boolean {
  return findings.some(({ breaks }) => breaks) && findings.some(({ breaks }) => !breaks);
}

/** Open questions that neither a target nor a problem of the view speaks of in the same words. */
export function otherQuestions(view: ReportView): readonly string[] {
  const blocking = view.problems.filter(({ blocks }) => blocks);
  const said = [...notChecked(view), ...blocking].flatMap(({ message }) => (message ? [message] : []));
  return view.open.filter((question) => !said.some((message) => question.includes(message)));
}

/** Ecosystems nobody looked at, but for those that an open question speaks of already: no verdict waits for them. */
export function notCovered({ problems, open }: ReportView): ReportView['problems'] {
  return problems.filter(
    ({ code, message }) => code === NOT_COVERED && !open.some((question) => question.includes(message)),
  );
}

/** Problems, but for those that the rest of a first screen speaks of already. */
export function unsaidProblems(view: ReportView): ReportView['problems'] {
  const said = new Set(notChecked(view).map(({ path, reason }) => JSON.stringify([path, reason])));
  return view.problems.filter(({ target, code }) => code !== NOT_COVERED && !said.has(JSON.stringify([target, code])));
}

/** Those of them that leave a question open. */
export function openProblems(view: ReportView): ReportView['problems'] {
  return unsaidProblems(view).filter(({ blocks }) => blocks);
}
