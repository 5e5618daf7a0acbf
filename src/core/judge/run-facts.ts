/** What a verdict rests on. */
import type { JudgedFinding } from '../model/judged-finding.ts';
import type { Policy, PolicySeverity } from '../model/policy.ts';
import type { LookedAt } from './open-questions.ts';

/** What makes a run fail: anything overdue, or (in a gate) anything at or above a severity. */
export type RunRule =
  { readonly kind: 'audit' } | { readonly kind: 'gate'; readonly failOn: PolicySeverity | 'overdue' };

/** Everything a verdict rests on. The order of the lists does not matter. */
export interface RunFacts extends LookedAt {
  readonly findings: readonly JudgedFinding[];
  readonly policy: Pick<Policy, 'unknownAs' | 'timeZone'>;
  readonly rule: RunRule;
}
