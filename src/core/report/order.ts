/** Owns the order in which a report lists things: what wants action first comes first, and every tie is broken. */
import { DEADLINE_STATES } from '../model/deadline.ts';
import { byEach, byText } from '../model/order.ts';
import type { Problem } from '../model/problem.ts';
import type { ReportFinding, ReportTarget } from '../model/report.ts';
import { SEVERITY_LEVELS } from '../model/severity.ts';

// Later than any ISO date: a finding without a due date follows those that have one.
const NO_DATE = '~';

/** State, due date, severity, target, package, id. */
export const byUrgency: (a: ReportFinding, b: ReportFinding) => number = byEach(
  (a, b) => DEADLINE_STATES.indexOf(a.deadline.state) - DEADLINE_STATES.indexOf(b.deadline.state),
  (a, b) => byText(a.deadline.dueAt ?? NO_DATE, b.deadline.dueAt ?? NO_DATE),
  (a, b) => SEVERITY_LEVELS.indexOf(a.severity.level) - SEVERITY_LEVELS.indexOf(b.severity.level),
  (a, b) => byText(a.target, b.target),
  (a, b) => byText(a.package, b.package),
  (a, b) => byText(a.advisory.id, b.advisory.id),
  (a, b) => byText(a.key, b.key),
);

/** Path, ecosystem, auditor. */
export const byPlace: (a: ReportTarget, b: ReportTarget) => number = byEach(
  (a, b) => byText(a.path, b.path),
  (a, b) => byText(a.ecosystem, b.ecosystem),
  (a, b) => byText(a.auditor, b.auditor),
  (a, b) => byText(a.reason ?? '', b.reason ?? ''),
  (a, b) => byText(a.message ?? '', b.message ?? ''),
);

/** Blocking ones first; then those of the whole run, then by target, code and message. */
export const byWeight: (a: Problem, b: Problem) => number = byEach(
  (a, b) => Number(b.blocks) - Number(a.blocks),
  (a, b) => byText(a.target ?? '', b.target ?? ''),
  (a, b) => byText(a.code, b.code),
  (a, b) => byText(a.message, b.message),
  (a, b) => byText(a.mend, b.mend),
);
