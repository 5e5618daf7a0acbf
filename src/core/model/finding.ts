/** A finding: one advisory that affects one package in one target, with the dates that matter. */
import type { Advisory } from './advisory.ts';
import type { Ecosystem } from './ecosystem.ts';
import type { Scope } from './inventory.ts';
import type { Severity, SeverityLevel } from './severity.ts';

export type FixKind = 'patch' | 'minor' | 'major' | 'downgrade';

/** `available: false` means no source names a fixed version. `version` is the smallest one above every installed version. */
export interface Fix {
  readonly available: boolean;
  readonly version?: string;
  readonly kind?: FixKind;
  /** The smallest way out of each installed version, oldest first; only where one of them needs less than `version`. */
  readonly steps?: readonly FixStep[];
}

/** The smallest version above `from` that clears a finding there, whatever else is installed. */
export interface FixStep {
  readonly from: string;
  readonly version: string;
  readonly kind?: FixKind;
}

/** Why an auditor that looked did not see a finding, or saw it in fewer versions. */
export type DissentReason =
  'range-differs' | 'withdrawn' | 'malformed-range' | 'alias' | 'stale-source' | 'not-carried' | 'unknown';

/** `detail` is a clause for people, safe to show. */
export interface Dissent {
  readonly auditor: string;
  readonly why: DissentReason;
  readonly detail: string;
}

export interface Finding {
  /** `ecosystem:target:package:ids`, the ids being the sorted alias set joined with `+`. */
  readonly key: string;
  readonly target: string;
  readonly ecosystem: Ecosystem;
  readonly package: string;
  /** Affected installed versions, sorted oldest first. */
  readonly versions: readonly string[];
  readonly advisory: Advisory;
  readonly severity: Severity;
  readonly scope: Scope;
  readonly direct: boolean;
  /** Chains of package names from a direct dependency to this package; empty where the lock does not say. */
  readonly paths: readonly (readonly string[])[];
  /** Chains beyond the cap that `paths` leaves out. */
  readonly pathsOmitted: number;
  readonly fix: Fix;
  /** The file that states the package, and its line where known. */
  readonly location: { readonly file: string; readonly line?: number };
  /** Auditors that reported it, sorted. */
  readonly seenBy: readonly string[];
  /** Auditors that looked and say otherwise, sorted; absent when none does. */
  readonly dissent?: readonly Dissent[];
  /** False when the audit it came from was only partial: kept and shown, and it cannot be closed from here. */
  readonly fromCompleteAudit: boolean;
}

/** A date with its origin. `at` is UTC ISO-8601; `source` says who says so, in words for a reader. */
export interface DatedFact {
  readonly at: string;
  readonly source: string;
}

export type TimelineDate = 'introduced' | 'published' | 'fixReleased' | 'firstSeen' | 'knownExploited';

/** The dates of a finding; an absent one is not known, never guessed. */
export type Timeline = { readonly [K in TimelineDate]?: DatedFact };

/**
 * How likely a flaw is to be exploited within 30 days (`score`) and how many flaws are less likely (`percentile`), both 0 to 1.
 * Informational: no deadline follows from it. https://www.first.org/epss/model
 */
export interface Epss {
  readonly score: number;
  readonly percentile: number;
  /** The day (`YYYY-MM-DD`) the score is of; absent when the feed does not say. */
  readonly date?: string;
}

/** The level a finding had from a moment (UTC ISO-8601) on. */
export interface SeverityChange {
  readonly at: string;
  readonly level: SeverityLevel;
}

/** The same flaw in the same place, ended by a change of the repository and now "back again": a new clock, and a link. */
export interface EarlierOccurrence {
  readonly ledgerId: string;
  readonly firstSeenAt: string;
  readonly closedAt: string;
  /** How it ended, such as `upgraded`. */
  readonly closedBy: string;
}

/** A finding with its dates, as judging takes it. */
export interface DatedFinding extends Finding {
  readonly timeline: Timeline;
  /** Every level the ledger saw it at, beginning with the first; absent when no earlier one is known. */
  readonly severityHistory?: readonly SeverityChange[];
  /** What the ledger calls it, whatever else about it changes; absent before it was recorded. */
  readonly ledgerId?: string;
  /** The occurrence before this one; absent when none is known. */
  readonly back?: EarlierOccurrence;
  /** When it was last seen (UTC ISO-8601), where nobody could look for it now; absent when it was seen. */
  readonly lastSeen?: string;
  /** The score of its likeliest CVE; absent when no feed is configured, or none of them has a score. */
  readonly epss?: Epss;
  /** Releases (tag names, oldest first) whose tagged lock still carried the finding after it was published. */
  readonly carriedBy: readonly string[];
}
