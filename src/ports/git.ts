/** The history of the audited repository. Nothing of its own configuration is executed. */
import type { FileRead } from '../core/model/file.ts';
import type { GitQuestion, GitReply, PastPath } from '../core/model/git-question.ts';
import type { Problem } from '../core/model/problem.ts';
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
  /**
   * Folders where another repository is checked out by its commit, and those below them as far as they are checked out,
   * posix and relative to the audited folder. Empty outside a checkout.
   */
  submodules(): Promise<readonly string[]>;
  /** Files of what is checked out that were taken out of the index, posix, relative to the audited folder. Empty outside a checkout. */
  stagedDeletions(): Promise<readonly string[]>;
  /** What the history says to a question of a program. Never rejects: what cannot be answered is `unknown`. */
  answer(question: GitQuestion): Promise<GitReply>;
  /**
   * Every file for whose path (from the top of the checkout) `isWanted` holds that any commit of any branch or tag added,
   * once for each commit that did, oldest first. `null` when the history cannot be read. A shallow clone shows what it has.
   */
  everAdded(isWanted: (path: string) => boolean): Promise<readonly PastPath[] | null>;
  /**
   * Why answers so far were `null` or empty: no git, no checkout, refused ownership, a command that failed.
   * Sorted by code; each says whether it leaves a question open.
   */
  problems(): readonly Problem[];
}
