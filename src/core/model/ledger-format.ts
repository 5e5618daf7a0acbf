/** What a ledger's store must know of its lines: handed in, so that an adapter decides nothing about events or chains. */
import type { LedgerBody, LedgerHead } from './ledger.ts';
import type { Problem } from './problem.ts';

/** SHA-256 in hex of a line, one byte a character: a line is ASCII. */
export type LineHash = (line: string) => string;

/** Where a batch belongs. */
export interface BatchPlace {
  readonly repository: string;
  /** When it became known: UTC ISO-8601 with milliseconds. */
  readonly at: string;
  readonly after: LedgerHead;
}

/** The beginning of a ledger, to know it by: where it ends, and what its bytes hash to, line ends included. */
export interface LedgerPrefix {
  readonly repository: string;
  readonly head: LedgerHead;
  readonly bytes: number;
  /** SHA-256 in hex. */
  readonly sha256: string;
}

/** Events that count in full or not at all, as lines without line ends. */
export interface LedgerBatch {
  readonly lines: readonly string[];
  readonly head: LedgerHead;
}

export type ChainFaultKind =
  /** It is no event of any form. */
  | 'not-an-event'
  /** Written by a later fixby. */
  | 'newer'
  /** Its number does not follow the line before. */
  | 'wrong-number'
  /** It does not carry the hash of the line before. */
  | 'wrong-link'
  | 'other-repository'
  /** It does not continue or begin a batch as it must. */
  | 'broken-batch'
  /** Its line end was changed to that of Windows. */
  | 'line-end'
  /** An event in its place, with facts this fixby does not know. */
  | 'unknown-facts'
  /** It holds the right facts in other bytes than fixby writes. */
  | 'not-canonical';

/** One place where a chain is not what it must be. */
export interface ChainFault {
  /** 1-based. */
  readonly line: number;
  readonly kind: ChainFaultKind;
  /** One sentence. */
  readonly message: string;
}

/** What looking at the raw lines of a chain gave. It is sound when there is no fault. */
export interface ChainReading {
  /** The lines that count, oldest first: all but a torn end. */
  readonly lines: readonly string[];
  readonly head: LedgerHead;
  /** The name in the first event; absent while there is none. */
  readonly repository?: string;
  /** What a writer that did not finish left at the end, as it lies there; empty when there is nothing. */
  readonly torn: string;
  /** In the order of lines. */
  readonly faults: readonly ChainFault[];
  /** The faults for a report; absent when there are none. It always leaves a question open. */
  readonly problem?: Problem;
}

/** What the first of some lines follows. */
export type ChainStart = Pick<LedgerPrefix, 'repository' | 'head'>;

export interface LedgerFormat {
  readonly hash: LineHash;
  /** Throws a TypeError for what could not be read again: a bug of the caller. */
  writeBatch(bodies: readonly LedgerBody[], place: BatchPlace): LedgerBatch;
  /**
   * `rest` is what follows the last line end. Fast: the facts within the events are not looked at. With `after` the lines
   * are those that follow a beginning that was found sound before.
   */
  readChain(lines: readonly string[], rest: string, after?: ChainStart): ChainReading;
  /** The head that a last line makes; `null` when it is no event this fixby knows. */
  headOf(line: string): LedgerHead | null;
  /** The same as `readChain` for lines from elsewhere, with every event read in full; a torn end is a fault. */
  examineChain(lines: readonly string[]): ChainReading;
}
