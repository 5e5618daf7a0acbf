/** The past of a repository as git tells it: commits, the files each of them changed, and what those files said. */
import type { Source } from './target.ts';

/** One commit of the first-parent history. Dates are UTC ISO-8601; `null` where the commit states none that can be one. */
export interface PastCommit {
  readonly id: string;
  /** When the branch got it, as the commit claims. */
  readonly committedAt: string | null;
  readonly authoredAt: string | null;
  /** Against its first parent; only files that were asked for. */
  readonly changes: readonly FileChange[];
}

export interface FileChange {
  /** Posix, relative to the top of the checkout. */
  readonly path: string;
  /** The object that lies there from this commit on; absent when no regular file does. */
  readonly blob?: string;
}

/** What a file says of one package: one exact version, or an open range (empty when any version will do). */
export type Statement =
  { readonly name: string; readonly version: string } | { readonly name: string; readonly range: string };

/** How deep includes are followed, today and in the past; what lies deeper is named, and not audited. */
export const DEEPEST_INCLUDE = 10;

/** One version of one file. */
export interface PastFile {
  /** Each once, names normalized. Equal ones are the same object, so that two versions are compared by identity. */
  readonly statements: readonly Statement[];
  /** Paths of files whose statements count as its own. */
  readonly includes: readonly string[];
}

/**
 * How an auditor reads the files of its targets as they were: names and versions only, none of the judging an audit does.
 * It remembers what it has read, so that a revision costs little more than what it changed.
 */
export interface PastReader {
  /** Those of a folder's sources that state what is installed. */
  choose(sources: readonly Source[]): readonly Source[];
  /** `null` for a text that cannot be read as what its kind says. */
  read(source: Source, text: string): PastFile | null;
}
