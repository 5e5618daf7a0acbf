/** A finding with what the policy makes of it, as reports and verdicts take it. */
import type { Deadline } from './deadline.ts';
import type { RiskException } from './exception.ts';
import type { DatedFinding } from './finding.ts';

export interface JudgedFinding extends DatedFinding {
  readonly deadline: Deadline;
  /** The accepted risk that holds today; absent when there is none or it has expired. */
  readonly exception?: RiskException;
  /** Whether it counts for the verdict of this run: a gate may ask for new findings only. */
  readonly counts: boolean;
}
