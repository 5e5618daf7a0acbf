/** Finds every edit, removal, insertion and reordering in the lines of a chain, without reading the facts in them. */
import { GENESIS } from '../model/ledger.ts';
import type { LedgerHead } from '../model/ledger.ts';
import type { ChainFault, ChainReading, ChainStart, LineHash } from '../model/ledger-format.ts';
import { closes, readEnvelope, readOpening } from './envelope.ts';
import type { BatchIndex } from './envelope.ts';
import { batchFault, describeFaults, linkFault, strangerFault } from './faults.ts';
import { couldBeFragment, countStanding } from './torn-end.ts';
import type { StandingLine } from './torn-end.ts';

/** One line where it stands. `batch` is absent for what is no event. */
interface LineReading extends StandingLine {
  readonly seq: number;
  readonly fault?: ChainFault;
}

/** A line of the tail, and the head it makes. */
interface TailLine extends LineReading {
  readonly head: LedgerHead;
}

/** What one walk over all lines gives: only the tail, which may be torn, is kept line by line. */
interface Walk {
  /** The head before the tail. */
  readonly head: LedgerHead;
  readonly tail: readonly TailLine[];
  readonly faults: readonly ChainFault[];
}

/** `rest` is what follows the last line end. With `after` the lines are those that follow a sound beginning. */
export function readChain(lines: readonly string[], rest: string, hash: LineHash, after?: ChainStart): ChainReading {
  const begin = { repository: after?.repository ?? nameIn(lines), head: after?.head ?? GENESIS };
  const { repository } = begin;
  // No later line vouches for the bytes of the last batch: it is read with care.
  const tailStart = Math.max(
    0,
    lines.findLastIndex((line) => readOpening(line)?.batch.index === 0),
  );
  const walk = walkLines(lines, tailStart, begin, hash);
  const kept = countStanding(walk.tail);
  const standing = tailStart + kept;
  const known = begin.head.seq;
  const faults = [
    ...walk.faults.filter(({ line }) => line <= known + standing),
    ...faultsOfRest(rest, known + lines.length + 1),
  ];
  const problem = describeFaults(faults);
  return {
    lines: standing === lines.length ? lines : lines.slice(0, standing),
    head: walk.tail[kept - 1]?.head ?? walk.head,
    torn: `${lines
      .slice(standing)
      .map((line) => `${line}\n`)
      .join('')}${rest}`,
    faults,
    ...(repository === undefined || known + standing === 0 ? {} : { repository }),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** What the lines follow; without a name where there is no first line to take it from. */
interface Begin {
  readonly repository: string | undefined;
  readonly head: LedgerHead;
}

function walkLines(lines: readonly string[], tailStart: number, begin: Begin, hash: LineHash): Walk {
  const { repository: chain } = begin;
  const tail: TailLine[] = [];
  const faults: ChainFault[] = [];
  let [head, beforeTail] = [begin.head, begin.head];
  let batch: BatchIndex | undefined;
  for (const [at, text] of lines.entries()) {
    const line = begin.head.seq + at + 1;
    const reading = (at < tailStart ? skimLine(text, head, chain) : null) ?? readLine(text, line, head, chain);
    // At most one fault a line: the one that explains the others.
    const fault = reading.fault ?? (follows(reading.batch, batch) ? undefined : batchFault(line));
    if (fault !== undefined) faults.push(fault);
    head = { seq: reading.seq, hash: hash(text) };
    if (at < tailStart) beforeTail = head;
    else tail.push({ ...reading, head });
    batch = reading.batch;
  }
  return { head: beforeTail, tail, faults };
}

function nameIn(lines: readonly string[]): string | undefined {
  const first = lines[0] === undefined ? undefined : readEnvelope(lines[0]);
  return typeof first === 'object' ? first.repository : undefined;
}

/** A line as fixby writes it, in its place, costs two comparisons; `null` when one of them fails. */
function skimLine(text: string, after: LedgerHead, chain: string | undefined): LineReading | null {
  const opening = readOpening(text);
  if (opening === null || chain === undefined || !closes(text, chain, after)) return null;
  return { text, seq: after.seq + 1, batch: opening.batch, isLinked: true };
}

/** Parses the line, to say what is wrong with it. */
function readLine(text: string, line: number, after: LedgerHead, chain: string | undefined): LineReading {
  const envelope = readEnvelope(text);
  if (typeof envelope === 'string') {
    return { text, seq: after.seq + 1, isLinked: false, fault: strangerFault(line, text, envelope) };
  }
  const { seq, batch } = envelope;
  const fault = linkFault(line, envelope, after, chain);
  return { text, seq, batch, isLinked: fault === undefined, ...(fault === undefined ? {} : { fault }) };
}

function follows(batch: BatchIndex | undefined, before: BatchIndex | undefined): boolean {
  if (batch === undefined) return false;
  if (batch.index === 0) return before === undefined || before.index === before.size - 1;
  return before !== undefined && batch.index === before.index + 1 && batch.size === before.size;
}

function faultsOfRest(rest: string, line: number): readonly ChainFault[] {
  return couldBeFragment(rest) ? [] : [strangerFault(line, rest, 'not-an-event')];
}
