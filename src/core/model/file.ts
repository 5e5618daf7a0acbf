/** What reading one file of the audited repository gave: its text, or why there is none. */
import type { Problem } from './problem.ts';

/** How the bytes were decoded. `lossy` means some were not valid text and stand as U+FFFD. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'lossy';

export type FileRead =
  | {
      readonly status: 'ok';
      readonly path: string;
      readonly text: string;
      readonly encoding: TextEncoding;
      /** Hex digest of the bytes as they lie on disk. */
      readonly sha256: string;
    }
  | {
      readonly status: 'missing' | 'not-a-file' | 'too-large' | 'outside' | 'unreadable';
      readonly path: string;
      /** One sentence for a person: what stood in the way. */
      readonly detail: string;
    };

/** A file the operator handed over as evidence, or a report that stands for one. */
export interface EvidenceFile {
  readonly file: string;
  readonly text: string;
}

/** A directory entry as discovery sees it. Paths are posix and relative to the repository. */
export interface FileEntry {
  readonly path: string;
  /** `directory`: one that bears a manifest's name, or is empty. `link-outside` is a symlink whose real path leaves the repository; it is named and never followed. */
  readonly kind: 'file' | 'directory' | 'link-outside' | 'other';
  /** Set when the entry is skipped by rule (vendored, excluded by configuration): the rule in words. */
  readonly excludedBy?: string;
  /** With `excludedBy`: the folder, or the file itself, at which the rule took hold. */
  readonly excludedAt?: string;
  /** Known from git's index alone: an ignore rule hides it, or it is not on disk. */
  readonly trackedOnly?: true;
}

/** What walking the repository gave. */
export interface FileListing {
  /** Sorted by path. */
  readonly entries: readonly FileEntry[];
  /** Folders that could not be read, caps that were reached: each with whether it leaves a question open. */
  readonly problems: readonly Problem[];
}

/** What a walk must know of discovery: handed in, so that an adapter decides nothing about manifests. */
export interface ListingRules {
  /** Whether discovery cares about an entry, by its path. */
  readonly isManifestPath: (path: string) => boolean;
  /** Folders never entered and never mentioned, by name, such as `node_modules`. */
  readonly isSkippedFolder: (path: string) => boolean;
  /** Names a virtual environment likes to have; skipped only when it looks like one. */
  readonly environmentNames: ReadonlySet<string>;
  /** Patterns in .gitignore syntax for other people's code, such as `vendor/`: listed as excluded, not audited. */
  readonly vendored: readonly string[];
}
