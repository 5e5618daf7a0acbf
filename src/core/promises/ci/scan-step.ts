/** One place of a CI configuration that runs a scanner, and everything that decides whether it counts. */
import type { Scanner } from './scanners.ts';

/** What starts a run. `by-hand` stands for starts a person makes. */
export interface Trigger {
  readonly event: 'push' | 'pull_request' | 'schedule' | 'release' | 'by-hand' | 'other';
  /** For a schedule: how often, in days; absent when it cannot be read. */
  readonly days?: number;
  /** Set when only some paths, branches or tags start it. */
  readonly filtered?: boolean;
}

export interface ScanStep {
  readonly scanner: Scanner;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly job: string;
  /** Folders it looks at, relative to the repository; `null` when that cannot be read. */
  readonly folders: readonly string[] | null;
  readonly triggers: readonly Trigger[];
  /** Why its result cannot fail the job, or why it never runs; `null` when it can. */
  readonly silenced: string | null;
  /** Why it cannot be told whether it runs or fails the job; `null` when it can. */
  readonly unsure: string | null;
  /** The least severity that fails the job; absent means any. */
  readonly level?: 'low' | 'moderate' | 'high' | 'critical';
}

/** A command that looks as if it scans and leads elsewhere, such as `npm run audit`. */
export interface Lead {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly command: string;
}

/** A command that does what files of the repository say. */
export interface Errand extends Lead {
  /** Where that may stand; not every one needs to be there. */
  readonly behind: readonly string[];
}

/** Everything the CI files of a repository say about scanning. */
export interface CiReading {
  /** The files that were read, sorted. */
  readonly files: readonly string[];
  readonly steps: readonly ScanStep[];
  readonly leads: readonly Lead[];
  readonly errands: readonly Errand[];
}
