/** Questions a program may ask about the history of the audited repository, and what git says to them. */

/**
 * - `ignored`: which rule of the repository's own .gitignore files ignores each path, whether or not it is tracked or exists;
 * - `line`: the commit that wrote the line `text`, which stands at `line` of the file on disk;
 * - `mention`: the last commit that changed how often the files of `paths` mention `name`, in any spelling of its case and
 *   of its `-`, `_` and `.`.
 *
 * Paths are posix and relative to the audited folder; lines are 1-based.
 */
export type GitQuestion =
  | { readonly about: 'ignored'; readonly paths: readonly string[] }
  | { readonly about: 'line'; readonly path: string; readonly line: number; readonly text: string }
  | { readonly about: 'mention'; readonly name: string; readonly paths: readonly string[] };

/** A line of an ignore file. */
export interface IgnoreRule {
  readonly file: string;
  readonly line: number;
  readonly pattern: string;
}

/** `at` is when it was committed, UTC ISO-8601. */
export interface CommitMark {
  readonly commit: string;
  readonly at: string;
}

/** `atLeast` marks the border of a history that is cut off: the line is as old as that, or older. */
export interface LineOrigin extends CommitMark {
  readonly atLeast: boolean;
}

/**
 * `rules` holds one entry a path, `null` for one that is not ignored. `origin` is `null` for a line no commit holds,
 * `change` for a name no commit mentions. `unknown` is no answer at all: `detail` says why, in a sentence.
 */
export type GitReply =
  | { readonly about: 'ignored'; readonly rules: readonly (IgnoreRule | null)[] }
  | { readonly about: 'line'; readonly origin: LineOrigin | null }
  | { readonly about: 'mention'; readonly change: CommitMark | null }
  | { readonly about: 'unknown'; readonly detail: string };

/** A file that some commit of some branch added. `at` is as in `CommitMark`, `null` where the commit states no date that can be one. */
export interface PastPath extends Omit<CommitMark, 'at'> {
  readonly path: string;
  readonly at: string | null;
}
