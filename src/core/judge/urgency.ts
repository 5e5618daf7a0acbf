/** Owns the order in which findings want action; every tie is broken, so that no list depends on where it came from. */
import { DEADLINE_STATES } from '../model/deadline.ts';
import type { JudgedFinding } from '../model/judged-finding.ts';
import { byEach, byText } from '../model/order.ts';
import { SEVERITY_LEVELS } from '../model/severity.ts';

// Later than any ISO date: a finding without a due date follows those that have one.
const NO_DATE = '~';

/** State, due date, severity, target, package, key. */
export const byUrgency: (a: JudgedFinding, b: JudgedFinding) => number = byEach(
  (a, b) => DEADLINE_STATES.indexOf(a.deadline.state) - DEADLINE_STATES.indexOf(b.deadline.state),
  (a, b) => byText(a.deadline.dueAt ?? NO_DATE, b.deadline.dueAt ?? NO_DATE),
  (a, b) => SEVERITY_LEVELS.indexOf(a.severity.level) - SEVERITY_LEVELS.indexOf(b.severity.level),
  (a, b) => byText(a.target, b.target),
  (a, b) => byText(a.package, b.package),
  (a, b) => byText(a.key, b.key),
);
