/** An accepted risk: who accepted what, why, and until when. */

export interface RiskException {
  /** Any id of the advisory's alias set. */
  readonly advisory: string;
  readonly target?: string;
  readonly package?: string;
  /** Installed versions it covers, in the ecosystem's own range syntax. */
  readonly versions?: string;
  readonly reason: string;
  readonly owner: string;
  readonly approver: string;
  /** Last day (`YYYY-MM-DD`) on which it holds, inclusive, in the policy's time zone. */
  readonly expires: string;
  readonly ticket?: string;
  /** 1-based line in the exceptions file. */
  readonly line: number;
}
