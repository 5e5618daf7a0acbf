/** The plug-in interface of a promise: sentences of SECURITY.md that a repository can be held against. */
import type { EvidenceFile } from './file.ts';
import type { PastPath } from './git-question.ts';
import type { PolicyWindow } from './policy.ts';
import type { Problem } from './problem.ts';
import type { Program } from './program.ts';
import type { Release } from './release.ts';
import type { SetAside, Target } from './target.ts';

/** A piece of a policy document, with everything a reader knows when coming to it. */
export interface Passage {
  /** `sentence` is one of a paragraph, `item` one of a list, `row` one of a table, `code` a fenced block. */
  readonly kind: 'heading' | 'sentence' | 'item' | 'row' | 'code';
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Without decoration, and without what was struck out. A row's cells are joined by ` | `. */
  readonly text: string;
  /** Enclosing items, the words that introduce the list, table or block, then the headings; nearest first. */
  readonly above: readonly string[];
  /** The line of the nearest heading; 0 before the first one. */
  readonly section: number;
  /** Addresses of its links, as written. */
  readonly links: readonly string[];
  /** Its inline code. */
  readonly codes: readonly string[];
  /** Whether the box of a task-list item is ticked; absent for anything else. */
  readonly checked?: boolean;
  /** For a row: the header's cells and its own. */
  readonly header?: readonly string[];
  readonly cells?: readonly string[];
  /** Of a passage in another language than English: its words that are not understood. Absent for an English one. */
  readonly unread?: readonly string[];
}

/**
 * Why something cannot be told:
 * - `for-a-person`: nothing a repository holds could say it; a person can confirm it in `.fixby/attestations.yaml`;
 * - `no-evidence`: something could say it, and was not given or is not there;
 * - `unreadable`: a file that should say it cannot be read as what it should be;
 * - `unclear`: what it says leaves room.
 */
export type Doubt = 'for-a-person' | 'no-evidence' | 'unreadable' | 'unclear';

/** Where something was seen. */
export interface ProofPlace {
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly commit?: string;
}

/** One thing that was seen, and what it says about the promise. `text` is a sentence without a full stop; `mend` is one with. */
export type Evidence = ProofPlace & { readonly text: string } & (
    | { readonly says: 'kept' }
    | { readonly says: 'broken'; readonly mend: string }
    | { readonly says: 'cannot-tell'; readonly because: Doubt; readonly mend: string }
    /** Worth knowing; decides nothing. */
    | { readonly says: 'remark' }
  );

/** A sentence as one promise. A sentence that promises several things makes several claims. */
export interface Claim {
  readonly passage: Passage;
  /** What it is taken to promise, as a clause without a full stop. */
  readonly promise: string;
  /** Set where the promise stands whatever the other words of the sentence mean, such as an address that is named. */
  readonly wordless?: true;
  /** Everything that bears on it. What follows from it is not the plug-in's to say: one rule decides for all promises. */
  check(facts: PromiseFacts): Program<readonly Evidence[]>;
}

/** One file in `core/promises`, one line in its registry. */
export interface PromiseKind {
  /** As it stands in reports and attestations, such as `updates-automated`. */
  readonly name: string;
  readonly title: string;
  /** What `passages`, all of one document, promise; in their order. */
  find(passages: readonly Passage[]): readonly Claim[];
}

/** The packages one file names. */
export interface StatedPackages {
  readonly target: string;
  readonly file: string;
  /** Whether nothing else is installed with them: true for a lock, false for a list of wishes. */
  readonly complete: boolean;
  /** Normalized names with versions, where stated; sorted. */
  readonly packages: readonly { readonly name: string; readonly version?: string }[];
}

/** What git knows without being asked in particular. */
export interface CheckoutFacts {
  /** Posix, relative to the audited folder; sorted. */
  readonly tracked: readonly string[];
  /** Oldest first. */
  readonly releases: readonly Release[];
  /** Whether there is a commit. */
  readonly committed: boolean;
  readonly shallow: boolean;
}

/** What every check may know; what else it needs, it reads or asks. */
export interface PromiseFacts {
  /** UTC ISO-8601 with milliseconds. */
  readonly now: string;
  readonly targets: readonly Target[];
  readonly setAside: readonly SetAside[];
  /**
   * One entry a file that could be read; targets without one are known by `targets` and `setAside` only. The locks are
   * read when this is first called: few promises are about them.
   */
  readonly stated: () => readonly StatedPackages[];
  /** Files that promises care about (`isPromisePath`), on disk or tracked; sorted. */
  readonly paths: readonly string[];
  /** `null` where git cannot tell: then nothing is known of what is tracked, tagged or committed. */
  readonly checkout: CheckoutFacts | null;
  /** Why it cannot; absent means that this is no checkout. */
  readonly checkoutUnknown?: Pick<Problem, 'message' | 'mend'>;
  /** Secret-bearing files that any commit added; absent unless the history was searched, `null` when it could not be. */
  readonly pastSecrets?: readonly PastPath[] | null;
  /** Fix times for reported flaws, as the policy's grammar reads them. */
  readonly reportedWindows: readonly PolicyWindow[];
  /** The advisories the project published, as GitHub's API lists them. */
  readonly advisories?: EvidenceFile;
  /** Why they could not be had where they were asked for, in a clause. */
  readonly advisoriesUnavailable?: string;
}
