/** A finding: one advisory that affects one package in one target, with the dates that matter. */
import type { Advisory } from './advisory.ts';
import type { Ecosystem } from './ecosystem.ts';
import type { Scope } from './inventory.ts';
import type { Severity } from './severity.ts';

export type FixKind = 'patch' | 'minor' | 'major' | 'downgrade';

/** `available: false` means no source names a fixed version. `version` is the smallest one above every installed version. */
export interface Fix {
  readonly available: boolean;
  readonly version?: string;
  readonly kind?: FixKind;
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

/** A finding with its dates, as judging takes it. */
export interface DatedFinding extends Finding {
  readonly timeline: Timeline;
  /** Releases (tag names, oldest first) whose tagged lock still carried the finding after it was published. */
  readonly carriedBy: readonly string[];
}
