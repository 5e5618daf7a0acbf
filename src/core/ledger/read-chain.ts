/** Finds every edit, removal, insertion and reordering in the lines of a chain, without reading the facts in them. */
import { GENESIS } from '../model/ledger.ts';
import type { LedgerHead } from '../model/ledger.ts';
import type { ChainFault, ChainReading, LineHash } from '../model/ledger-format.ts';
import { closingOf, readEnvelope, readOpening } from './envelope.ts';
import type { BatchIndex } from './envelope.ts';
import { batchFault, describeFaults, linkFault, strangerFault } from './faults.ts';
import { couldBeFragment, countStanding } from './torn-end.ts';
import type { StandingLine } from './torn-end.ts';

/** One line where it stands. `batch` is absent for what is no event. */
interface LineReading extends StandingLine {
  readonly seq: number;
  readonly fault?: ChainFault;
}

/** `rest` is what follows the last line end. */
export function readChain(lines: readonly string[], rest: string, hash: LineHash): ChainReading {
  const repository = nameIn(lines);
  const readings: LineReading[] = [];
  const heads: LedgerHead[] = [GENESIS];
  let head = GENESIS;
  const lastBatch = lines.findLastIndex((line) => readOpening(line)?.batch.index === 0);
  for (const [at, line] of lines.entries()) {
    // No later line vouches for the bytes of the last batch.
    const reading =
      (at < lastBatch ? skimLine(line, head, repository) : null) ?? readLine(line, at + 1, head, repository);
    head = { seq: reading.seq, hash: hash(line) };
    readings.push(reading);
    heads.push(head);
  }
  const standing = countStanding(readings);
  const faults = [...faultsOf(readings.slice(0, standing)), ...faultsOfRest(rest, lines.length + 1)];
  const problem = describeFaults(faults);
  return {
    lines: standing === lines.length ? lines : lines.slice(0, standing),
    head: heads[standing] ?? GENESIS,
    torn: `${lines
      .slice(standing)
      .map((line) => `${line}\n`)
      .join('')}${rest}`,
    faults,
    ...(repository === undefined || standing === 0 ? {} : { repository }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function nameIn(lines: readonly string[]): string | undefined {
  const first = lines[0] === undefined ? undefined : readEnvelope(lines[0]);
  return typeof first === 'object' ? first.repository : undefined;
}

/** A line as fixby writes it, in its place, costs two comparisons; `null` when one of them fails. */
function skimLine(text: string, after: LedgerHead, chain: string | undefined): LineReading | null {
  const opening = readOpening(text);
  if (opening === null || chain === undefined || !text.endsWith(closingOf(chain, after))) return null;
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

/** At most one fault a line: the one that explains the others. */
function faultsOf(readings: readonly LineReading[]): readonly ChainFault[] {
  return readings.flatMap(({ batch, fault }, at) => {
    if (fault !== undefined) return [fault];
    return follows(batch, readings[at - 1]?.batch) ? [] : [batchFault(at + 1)];
  });
}

function follows(batch: BatchIndex | undefined, before: BatchIndex | undefined): boolean {
  if (batch === undefined) return false;
  if (batch.index === 0) return before === undefined || before.index === before.size - 1;
  return before !== undefined && batch.index === before.index + 1 && batch.size === before.size;
}

function faultsOfRest(rest: string, line: number): readonly ChainFault[] {
  return couldBeFragment(rest) ? [] : [strangerFault(line, rest, 'not-an-event')];
}
