/** Reads the facts out of lines whose chain was found sound. */
import { ledgerBodySchema, ledgerEventSchema } from '../model/ledger.ts';
import type { LedgerEvent } from '../model/ledger.ts';
import type { ChainFault } from '../model/ledger-format.ts';
import { parseLine, readEnvelope, readOpening } from './envelope.ts';
import { factsFault } from './faults.ts';

/** What a fold needs of an event. The rest of its frame did its work when the chain was read. */
export type DatedFact = Pick<LedgerEvent, 'seq' | 'at' | 'body'>;

/**
 * The facts of the lines of a sound chain, one at a time so that a fold over a hundred thousand holds none it does not want. A
 * line whose facts cannot be read is left out and handed to `onFault`; whoever judges by the rest must say so (`describeFaults`).
 * `before` is the number of the event that the first line follows.
 */
export function* readEvents(
  lines: readonly string[],
  onFault: (fault: ChainFault) => void,
  before = 0,
): Generator<DatedFact, void, undefined> {
  for (const [at, line] of lines.entries()) {
    const event = readEvent(line, before + at + 1);
    if ('kind' in event) onFault(event);
    else yield event;
  }
}

/** When each line says its event became known; empty for a line that does not say so. */
export function readTimes(lines: readonly string[]): readonly string[] {
  return lines.map((line) => {
    const opening = readOpening(line);
    if (opening !== null) return opening.at;
    const envelope = readEnvelope(line);
    return typeof envelope === 'string' ? '' : envelope.at;
  });
}

/** The event in the line of that number, or why its facts cannot be read. */
export function readEvent(text: string, line: number): DatedFact | ChainFault {
  const opening = readOpening(text);
  const body = opening === null ? undefined : parseBody(text, opening.bodyStart);
  if (opening === null || body === undefined) return readWhole(text, line);
  const checked = ledgerBodySchema.safeParse(body);
  return checked.success ? { seq: line, at: opening.at, body: checked.data } : factsFault(line, checked.error);
}

/** The body alone, of a line as fixby writes it: parsing its frame too would cost half as much again. */
function parseBody(text: string, start: number): unknown {
  try {
    return JSON.parse(text.slice(start, text.lastIndexOf(',"prev":"')));
  } catch {
    return undefined;
  }
}

function readWhole(text: string, line: number): DatedFact | ChainFault {
  const event = ledgerEventSchema.safeParse(parseLine(text));
  if (!event.success) return factsFault(line, event.error);
  const { at, body } = event.data;
  return { seq: line, at, body };
}
