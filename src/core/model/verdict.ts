/** The three things a run can say. */
import type { Blocker, PlannedRelease } from './release.ts';

export type Verdict = 'pass' | 'fail' | 'inconclusive';

/** Why: `broken` names what breaks the policy, `open` what could not be looked at. Both may be set when the verdict is `fail`. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly broken: readonly string[];
  readonly open: readonly string[];
  /** Keys of the findings that break the rule of the run; absent means those that count and are overdue. */
  readonly brokenKeys?: readonly string[];
  /** Of a release: what is to be tagged, and every reason why it may not be, findings first. Empty only when it may. */
  readonly release?: PlannedRelease & { readonly blockers: readonly Blocker[] };
  /** The verdict and its cause in one sentence. */
  readonly sentence: string;
}
