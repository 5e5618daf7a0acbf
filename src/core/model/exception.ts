/** An accepted risk: who accepted what, why, and until when. */
import type { PolicySeverity } from './policy.ts';

export interface RiskException {
  /** Any id of the advisory's alias set. */
  readonly advisory: string;
  readonly target?: string;
  readonly package?: string;
  /** Installed versions it covers, in the ecosystem's own range syntax. */
  readonly versions?: string;
  /** Package names from a direct dependency on, joined with ` > `: it covers only what comes in that way. */
  readonly path?: string;
  readonly reason: string;
  readonly owner: string;
  readonly approver: string;
  /** Last day (`YYYY-MM-DD`) on which it holds, inclusive, in the policy's time zone. */
  readonly expires: string;
  readonly ticket?: string;
  /** 1-based line in the exceptions file. */
  readonly line: number;
  /** The last day the configuration lets it hold for findings of a severity; an absent one is not limited. */
  readonly longest?: { readonly [S in PolicySeverity]?: string };
}
