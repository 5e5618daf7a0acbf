/** Something a reader must know about a run: what was met, and what mends it. */

/**
 * `blocks` marks a problem that leaves a question open: with one of those the verdict cannot be `pass`.
 * `target` is the folder of the target it belongs to, or `null` when it concerns the whole run.
 */
export interface Problem {
  readonly target: string | null;
  readonly code: string;
  readonly message: string;
  readonly mend: string;
  readonly blocks: boolean;
}

/** The code of the problem that speaks of an ecosystem no auditor covers. It is on every first screen. */
export const NOT_COVERED = 'not-covered';

/** What makes a run unusable before it started: bad flags, bad configuration. Exit code 2. */
export class UsageError extends Error {
  readonly code: string;
  readonly mend: string;
  /** Every single problem, when there are several. */
  readonly problems: readonly Problem[];
  constructor(code: string, message: string, mend: string, problems: readonly Problem[] = []) {
    super(message);
    this.name = 'UsageError';
    this.code = code;
    this.mend = mend;
    this.problems = problems;
  }
}
