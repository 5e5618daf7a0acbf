/** Says in a sentence what came of matching. */
import type { MatchAsked, MatchFinding } from '../../model/match-report.ts';
import { count } from '../words.ts';

export interface MatchFacts {
  readonly asked: readonly MatchAsked[];
  readonly findings: readonly MatchFinding[];
  /** Whether something could not be looked at. */
  readonly isOpen: boolean;
}

/** What was found in how much, and whether that is all. */
export function describeMatch({ asked, findings, isOpen }: MatchFacts): string {
  const sum = (of: (each: MatchAsked) => number): number => asked.reduce((total, each) => total + of(each), 0);
  const packages = count(
    sum(({ matched }) => matched),
    'package',
  );
  const affected = sum((each) => each.affected);
  if (findings.length > 0) {
    const concern = findings.length === 1 ? 'concerns' : 'concern';
    const found = `${count(findings.length, 'advisory', 'advisories')} ${concern} ${affected} of ${packages} asked about.`;
    return isOpen ? `${found} Not everything could be looked at.` : found;
  }
  return isOpen
    ? `Could not look at everything; of ${packages} asked about, no advisory is known to concern any.`
    : `Nothing found: ${packages} asked about, and no advisory concerns any.`;
}
