/** What asking one auditor about one target gave. "Could not look" is a value of its own, never an empty list. */
import type { SourceAge } from './advisory.ts';
import type { SkippedPackage, Inventory } from './inventory.ts';
import type { Problem } from './problem.ts';
import type { Target } from './target.ts';
import type { SeverityStatement } from './severity.ts';

/** `reason` is a short stable word for machines, `message` a sentence for people. */
export type AuditOutcome =
  | { readonly status: 'audited' }
  | {
      readonly status: 'unavailable';
      readonly reason: UnavailableReason;
      readonly message: string;
      readonly mend: string;
    }
  | { readonly status: 'not-applicable'; readonly reason: string; readonly message: string };

export type UnavailableReason =
  /** The tool is not on this machine, or too old to be trusted. */
  | 'tool-missing'
  | 'tool-too-old'
  /** The tool did not finish: crash or signal, our time limit, our output cap. */
  | 'tool-failed'
  | 'timed-out'
  | 'output-too-large'
  | 'interrupted'
  /** The tool finished and its output is not the document it should be. */
  | 'unreadable-output'
  /** The advisory source refused or could not be reached. */
  | 'source-refused'
  | 'source-unreachable'
  /** The source answered without the advisory we know it must have. */
  | 'source-blind'
  /** The source is older than is believed. */
  | 'source-stale'
  /** Fewer packages were answered for than our reading of the lock holds. */
  | 'count-mismatch'
  | 'incomplete'
  /** The lock itself: not there, unreadable, not in step with its manifest, or of a kind no auditor covers. */
  | 'no-lockfile'
  | 'lockfile-unreadable'
  | 'lockfile-stale'
  | 'lockfile-suspect'
  | 'lockfile-not-covered'
  /** Python ranges could not be turned into pins. */
  | 'resolution-failed'
  /** A report made elsewhere that cannot prove what a run of ours proves. */
  | 'import-unproven';

export interface Coverage {
  /** Packages in our own reading of the lock. */
  readonly packages: number;
  /** Packages the auditor answered for. */
  readonly audited: number;
  readonly skipped: readonly SkippedPackage[];
}

/** One program that was run for an audit, for the evidence. */
export interface ToolRun {
  readonly tool: string;
  readonly version: string;
  readonly argv: readonly string[];
  readonly exitCode: number | null;
  readonly durationMs: number;
}

/** One flaw as one auditor reported it for one package, before anything is merged. */
export interface ReportedVulnerability {
  readonly auditor: string;
  /** Normalized package name. */
  readonly package: string;
  /** Ids of the inventory entries it affects; never empty. */
  readonly affects: readonly string[];
  /** Every id and alias the tool gave, sorted; never empty. */
  readonly ids: readonly string[];
  readonly summary: string;
  readonly url?: string;
  readonly severity?: SeverityStatement;
  /** The affected range as the tool wrote it. */
  readonly range?: string;
  /** Versions the tool names as fixed, as written and of every branch. */
  readonly fixedIn: readonly string[];
}

/** An advisory about an installed package that was looked at and does not count, and why: what explains a disagreement. */
export interface Dismissal {
  /** Normalized package name. */
  readonly package: string;
  /** Every id and alias, sorted. */
  readonly ids: readonly string[];
  readonly why: 'not-in-range' | 'withdrawn' | 'malformed-range';
  /** The range it has, or what cannot be read of it; safe to show. */
  readonly detail: string;
}

/** Whether an audit's outcome is its target's: with `false` it is a second opinion. */
export function decides({ secondOpinion }: Pick<Audit, 'secondOpinion'>): boolean {
  return secondOpinion !== true;
}

/** What an auditor's program returns. Partial results of an `unavailable` audit are kept in `reported`. */
export interface AuditAnswer {
  readonly outcome: AuditOutcome;
  readonly inventory: Inventory;
  readonly coverage: Coverage;
  readonly reported: readonly ReportedVulnerability[];
  readonly problems: readonly Problem[];
  /** Where the advisories came from: a URL without credentials, or a sentence. */
  readonly source: string;
  /** What the reader must know of how it was resolved, such as the Python version. */
  readonly notes: readonly string[];
  /** Only of auditors that see every advisory of a package. */
  readonly dismissed?: readonly Dismissal[];
  /** How old its source is; absent means that the tool does not say. */
  readonly age?: SourceAge;
}

export interface Audit extends AuditAnswer {
  readonly target: Target;
  readonly auditor: string;
  readonly runs: readonly ToolRun[];
  readonly durationMs: number;
  /** Set when another audit answers for the target: what this one found counts, what it could not look at is no open question. */
  readonly secondOpinion?: true;
  /** Names of the auditors that could not answer and that this one answers for; absent means none. */
  readonly standsInFor?: readonly string[];
}
