/** What a verdict rests on. */
import type { JudgedFinding } from '../model/judged-finding.ts';
import type { Policy, PolicySeverity } from '../model/policy.ts';
import type { Blocker, PlannedRelease } from '../model/release.ts';
import type { JudgeContext } from './judge-finding.ts';
import type { LookedAt } from './open-questions.ts';

/** What makes a run fail: anything overdue, in a gate anything at or above a severity, for a release whatever blocks it. */
export type RunRule =
  | { readonly kind: 'audit' }
  | { readonly kind: 'gate'; readonly failOn: PolicySeverity | 'overdue' }
  | ({ readonly kind: 'release' } & PlannedRelease);

/** A rule that looks at findings alone. */
export type FindingRule = Exclude<RunRule, { kind: 'release' }>;

/** Everything a verdict rests on. The order of the lists does not matter. */
export interface RunFacts extends LookedAt {
  readonly findings: readonly JudgedFinding[];
  readonly policy: Pick<Policy, 'unknownAs' | 'timeZone'>;
  readonly rule: RunRule;
  /** What the findings were judged by. A release needs it: it asks how they would stand once it is tagged. */
  readonly context?: JudgeContext;
  /** What breaks the rule and is no finding: a promise not kept, a lock that is not committed; absent means nothing. */
  readonly blockers?: readonly Blocker[];
}
