/** The update policy: what SECURITY.md (or the configuration) grants each severity, and how time is counted. */
import type { SeverityLevel } from './severity.ts';
import type { TimelineDate } from './finding.ts';

export type DurationUnit = 'hours' | 'days' | 'business-days' | 'weeks' | 'months';
export type ReleaseLevel = 'any' | 'patch' | 'minor' | 'major';

export type Window =
  | { readonly kind: 'immediate' }
  | { readonly kind: 'within'; readonly amount: number; readonly unit: DurationUnit }
  | { readonly kind: 'next-release'; readonly level: ReleaseLevel }
  | { readonly kind: 'opportunistic' };

/** A severity a policy can name; `unknown` is judged by `unknownAs`. */
export type PolicySeverity = Exclude<SeverityLevel, 'unknown'>;

export const POLICY_SEVERITIES: readonly PolicySeverity[] = ['critical', 'high', 'medium', 'low'];

export interface PolicyWindow {
  readonly severity: PolicySeverity;
  readonly window: Window;
  /** The words it was read from, on one line. */
  readonly text: string;
  /** 1-based line in `file`. */
  readonly line: number;
  readonly file: string;
  /** How the words were understood when they leave room, such as "24-48 hours: the later bound". */
  readonly note?: string;
}

/** `act` (default) is the latest of introduced, published and fix released: when a person could have acted. */
export type ClockStart = 'act' | Exclude<TimelineDate, 'knownExploited'>;

export interface Policy {
  readonly source: { readonly file: string; readonly line: number; readonly sha256: string };
  /** One a severity, worst first. Always all four. */
  readonly windows: readonly PolicyWindow[];
  readonly clock: ClockStart;
  /** What `unknown` is judged as; `high` unless configured. */
  readonly unknownAs: PolicySeverity;
  /** IANA zone in which days end; `UTC` unless configured. */
  readonly timeZone: string;
  /** Dates (`YYYY-MM-DD`) that are no business days, beside Saturdays and Sundays. */
  readonly holidays: readonly string[];
  /** What a finding without a fix does: wait without a clock, or count as any other. */
  readonly noFix: { readonly rule: 'pause' | 'count'; readonly longestWait?: Extract<Window, { kind: 'within' }> };
  /** The window of a known-exploited finding when it is tighter than its own. */
  readonly knownExploited?: Window;
}
