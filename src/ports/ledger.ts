/** The append-only record of a repository's runs, findings, policies, exceptions and releases. */
import type { ChainFault, LedgerPrefix } from '../core/model/ledger-format.ts';
import type { LedgerBody, LedgerHead } from '../core/model/ledger.ts';
import type { Problem } from '../core/model/problem.ts';

/** Lines are raw, oldest first and without line ends; each is one event as JSON. A ledger that is not there yet is sound and empty. */
export type LedgerRead =
  | {
      readonly status: 'sound';
      readonly lines: readonly string[];
      /** What the first line follows: nothing, or the end of the beginning that was known. */
      readonly after: LedgerHead;
      readonly head: LedgerHead;
      /** All of it, to be known by at the next reading; absent where the store cannot tell. */
      readonly prefix?: LedgerPrefix;
      /** What was met and leaves no question open: an end that a killed run left, and where it was put. */
      readonly problems: readonly Problem[];
    }
  /** The chain is broken or of a later form. The lines are for whoever looks into it; nothing may be judged by them. */
  | {
      readonly status: 'doubtful';
      readonly lines: readonly string[];
      readonly faults: readonly ChainFault[];
      readonly problem: Problem;
    }
  | { readonly status: 'unreadable'; readonly problem: Problem };

export type LedgerAppend =
  | {
      readonly status: 'appended';
      readonly head: LedgerHead;
      /** As they lie there now. */
      readonly lines: readonly string[];
      readonly problems: readonly Problem[];
    }
  /** Somebody else appended since `after` was read: read again and reconcile again. */
  | { readonly status: 'conflict'; readonly head: LedgerHead }
  | { readonly status: 'failed'; readonly problem: Problem };

/** A ledger that is not empty is a failure, not a conflict: reading again would not help. */
export type LedgerAdopt = Exclude<LedgerAppend, { status: 'conflict' }>;

export interface Ledger {
  /** Where it lies, without credentials, for reports. */
  readonly place: string;
  /** Absent where there is no place for any that can be trusted. */
  readonly checkpoints?: LedgerCheckpoints;
  /**
   * Never rejects. Where the ledger is sound and begins with the very bytes of `known`, which was found sound before, a store
   * may give only the lines after it; with any doubt it reads everything.
   */
  read(known?: LedgerPrefix): Promise<LedgerRead>;
  /**
   * Appends all of `bodies` as one batch directly after `after`, durably, or nothing of it. `at` is UTC ISO-8601 with
   * milliseconds. Nothing is appended to a chain that is not sound. Rejects only for bodies that are no events.
   */
  append(bodies: readonly LedgerBody[], at: string, after: LedgerHead): Promise<LedgerAppend>;
  /** Takes whole lines as they are into an empty ledger (import). Refuses a chain that does not verify. */
  adopt(lines: readonly string[]): Promise<LedgerAdopt>;
  close(): Promise<void>;
}

/** What adding a ledger up gave, so that it need not be done again. */
export interface LedgerCheckpoint {
  readonly prefix: LedgerPrefix;
  /** As JSON. */
  readonly state: unknown;
}

/** Keeps the checkpoint of one ledger where nobody can write who may not decide a verdict: never in the repository. */
export interface LedgerCheckpoints {
  /** `undefined` when there is none that this very fixby wrote. Never rejects. */
  read(): Promise<LedgerCheckpoint | undefined>;
  /** Does nothing where it cannot write. */
  write(checkpoint: LedgerCheckpoint): Promise<void>;
}
