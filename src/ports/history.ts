/** The first-parent history of what is checked out, and the files it held. Nothing of the repository's own configuration is executed. */
import type { PastCommit } from '../core/model/past.ts';
import type { Problem } from '../core/model/problem.ts';

export type HistoryWalk =
  | {
      readonly status: 'known';
      /** Oldest first; the last one is what is checked out. */
      readonly commits: readonly PastCommit[];
      /** Whether older commits exist that are not here, as in a shallow clone. */
      readonly cut: boolean;
      /** From the top of the checkout to the audited folder: empty, or ending with `/`. */
      readonly prefix: string;
    }
  /** No git, no checkout, or a history that cannot be read: nothing is known, and nothing is guessed. */
  | { readonly status: 'unknown'; readonly problem: Problem };

export type BlobRead =
  | { readonly status: 'ok'; readonly id: string; readonly text: string }
  /** `detail` is one sentence for a person. */
  | { readonly status: 'unreadable'; readonly id: string; readonly detail: string };

export interface History {
  /** Every first-parent commit, with its changes of the files for whose path (from the top) `isWanted` holds. Never rejects. */
  walk(isWanted: (path: string) => boolean): Promise<HistoryWalk>;
  /**
   * One answer for each of `ids`, in their order; texts are held one at a time. An id is a blob's, or `<commit>:<path>`
   * with a path from the top that holds no line end. Never rejects.
   */
  readBlobs(ids: readonly string[]): AsyncIterable<BlobRead>;
}
