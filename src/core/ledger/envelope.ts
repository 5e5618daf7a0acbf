/** The frame of a line around its body: who follows whom. Read here without reading the body. */
import * as z from 'zod';
import { LEDGER_SCHEMA, ledgerEventSchema } from '../model/ledger.ts';
import type { LedgerEvent, LedgerHead } from '../model/ledger.ts';

export type Envelope = Omit<LedgerEvent, 'body'>;
export type BatchIndex = LedgerEvent['batch'];

const envelopeSchema = ledgerEventSchema.omit({ body: true });
/** Enough to see that a line was written by a ledger of some form, though not of ours. */
const anyFormSchema = z.object({ schema: z.string().regex(/^fixby\.ledger\/v\d{1,6}$/) });

/** How every line of ours begins; what follows is the body. The keys are sorted, so the rest of the frame is at the end. */
const OPENING = /^\{"at":"([^"\\]{1,40})","batch":\{"index":(\d{1,9}),"size":(\d{1,9})\},"body":(?=\{)/;

/** What the opening of a line says, and where its body begins. */
export interface Opening {
  readonly at: string;
  readonly batch: BatchIndex;
  readonly bodyStart: number;
}

/** `null` when the line was not written as fixby writes it. */
export function readOpening(line: string): Opening | null {
  const match = OPENING.exec(line);
  if (match === null) return null;
  const [whole, at = '', index, size] = match;
  return { at, batch: { index: Number(index), size: Number(size) }, bodyStart: whole.length };
}

/**
 * Whether a line ends as one that follows `after` must. Its parts are compared where they lie: putting the end together for
 * each of a hundred thousand lines costs more than hashing them. No name that is allowed needs escaping.
 */
export function closes(line: string, repository: string, after: LedgerHead): boolean {
  const parts = [
    `${after.seq + 1}}`,
    `","schema":"${LEDGER_SCHEMA}","seq":`,
    repository,
    '","repository":"',
    after.hash,
    PREV,
  ];
  let end = line.length;
  return parts.every((part) => {
    end -= part.length;
    return end >= 0 && line.startsWith(part, end);
  });
}

const PREV = ',"prev":"';

/** The frame of a line in whatever bytes it is written. */
export function readEnvelope(line: string): Envelope | 'not-an-event' | 'newer' {
  const value = parseLine(line);
  const envelope = envelopeSchema.safeParse(value);
  if (envelope.success) return envelope.data;
  const form = anyFormSchema.safeParse(value);
  return form.success && form.data.schema !== LEDGER_SCHEMA ? 'newer' : 'not-an-event';
}

/** The JSON value of a line of printable ASCII; `undefined` when it is none. */
export function parseLine(line: string): unknown {
  if (/[^ -~]/.test(line)) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
