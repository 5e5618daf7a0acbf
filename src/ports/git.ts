/** The history of the audited repository. Nothing of its own configuration is executed. */
import type { FileRead } from '../core/model/file.ts';
import type { Release } from '../core/model/release.ts';

export interface GitState {
  readonly commit: string;
  readonly branch?: string;
  /** History is cut off: older facts are not known. */
  readonly shallow: boolean;
}

export interface Git {
  /** `null` when this is no git checkout (or git is missing): then nothing is known, and nothing is guessed. */
  state(): Promise<GitState | null>;
  /** Tags that read as semver after `pattern`, oldest first by date. */
  releases(): Promise<readonly Release[]>;
  /** A file as it was at a ref (tag, commit, branch); `missing` when it was not there. Throws a UsageError for an unknown ref. */
  readAt(ref: string, path: string): Promise<FileRead>;
  /** Tracked files, posix and relative to the audited folder. Empty outside a checkout. */
  trackedFiles(): Promise<readonly string[]>;
}
