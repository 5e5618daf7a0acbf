/** Reads the facts out of lines whose chain was found sound. */
import { LEDGER_SCHEMA, ledgerBodySchema, ledgerEventSchema } from '../model/ledger.ts';
import type { LedgerEvent } from '../model/ledger.ts';
import type { ChainFault } from '../model/ledger-format.ts';
import { parseLine, readOpening } from './envelope.ts';
import { factsFault } from './faults.ts';

/** How a line as fixby writes it ends. */
const CLOSING =
  /^,"prev":"([0-9a-f]{64})","repository":"([!#-[\]-~]{1,200})","schema":"fixby\.ledger\/v1","seq":([1-9]\d{0,14})\}$/;

/**
 * The events of `lines`, one at a time so that a fold over a hundred thousand holds none it does not want. A line whose facts
 * cannot be read is left out and handed to `onFault`; whoever judges by the rest must say so (`describeFaults`).
 */
export function* readEvents(
  lines: readonly string[],
  onFault: (fault: ChainFault) => void,
): Generator<LedgerEvent, void, undefined> {
  for (const [at, line] of lines.entries()) {
    const event = readEvent(line, at + 1);
    if ('kind' in event) onFault(event);
    else yield event;
  }
}

/** The event in the line of that number, or why its facts cannot be read. */
export function readEvent(text: string, line: number): LedgerEvent | ChainFault {
  const parts = cut(text);
  const body = parts === undefined ? undefined : parseLine(parts.body);
  if (parts === undefined || body === undefined) {
    const event = ledgerEventSchema.safeParse(parseLine(text));
    return event.success ? event.data : factsFault(line, event.error);
  }
  const checked = ledgerBodySchema.safeParse(body);
  return checked.success ? { ...parts.frame, body: checked.data } : factsFault(line, checked.error);
}

/** The frame and the body's own text of a line as fixby writes it: parsing the frame too would cost half as much again. */
function cut(line: string): { readonly frame: Omit<LedgerEvent, 'body'>; readonly body: string } | undefined {
  const opening = readOpening(line);
  const bodyEnd = line.lastIndexOf(',"prev":"');
  const [, prev, repository, seq] = CLOSING.exec(line.slice(bodyEnd)) ?? [];
  if (opening === null || prev === undefined || repository === undefined || seq === undefined) return undefined;
  const { at, batch, bodyStart } = opening;
  const frame = { schema: LEDGER_SCHEMA, repository, seq: Number(seq), at, prev, batch } as const;
  return { frame, body: line.slice(bodyStart, bodyEnd) };
}
