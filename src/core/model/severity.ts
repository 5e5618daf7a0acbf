/** How bad an advisory is, and who says so. */

export type SeverityLevel = 'critical' | 'high' | 'medium' | 'low' | 'unknown';

/** From worst to least; `unknown` last. */
export const SEVERITY_LEVELS: readonly SeverityLevel[] = ['critical', 'high', 'medium', 'low', 'unknown'];

/** What one source says. `from` names it: `ghsa-label`, `cvss-v4`, `cvss-v3`, `cvss-v2`, `tool`, `malware`. */
export interface SeverityStatement {
  readonly from: 'malware' | 'ghsa-label' | 'cvss-v4' | 'cvss-v3' | 'cvss-v2' | 'tool';
  /** The record or tool that made the statement, such as `GHSA-…` or `npm-audit`. */
  readonly by: string;
  readonly level: SeverityLevel;
  /** Base score, 0.1 to 10. */
  readonly score?: number;
  readonly vector?: string;
}

/** The level that counts, the statement it came from, and every other statement. */
export interface Severity {
  readonly level: SeverityLevel;
  readonly score?: number;
  readonly vector?: string;
  /** `from` and `by` of the deciding statement, such as `ghsa-label GHSA-…`; `none` when nobody said anything. */
  readonly source: string;
  readonly all: readonly SeverityStatement[];
  /** Whether the statements name more than one level. */
  readonly disputed: boolean;
}
