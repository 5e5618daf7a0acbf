/** Says what is wrong with a chain, line by line for an inspector and in one problem for a report. */
import type * as z from 'zod';
import type { LedgerHead } from '../model/ledger.ts';
import type { ChainFault, ChainFaultKind } from '../model/ledger-format.ts';
import type { Problem } from '../model/problem.ts';
import { excerpt } from '../model/text.ts';
import type { Envelope } from './envelope.ts';

/** What is wrong with a line that is no event of ours. */
export function strangerFault(line: number, text: string, found: 'not-an-event' | 'newer'): ChainFault {
  if (found === 'newer') return { line, kind: 'newer', message: `Line ${line} was written by a later fixby.` };
  if (text.endsWith('\r')) {
    return { line, kind: 'line-end', message: `Line ${line} ends as on Windows: something converted the line ends.` };
  }
  return { line, kind: found, message: `Line ${line} is no event: "${excerpt(text, 60)}".` };
}

/** What is wrong with an event where it stands, or `undefined`. */
export function linkFault(
  line: number,
  { seq, prev, repository }: Envelope,
  after: LedgerHead,
  chain: string | undefined,
): ChainFault | undefined {
  if (seq !== after.seq + 1) return { line, kind: 'wrong-number', message: describeNumber(line, seq, after.seq) };
  if (prev !== after.hash) {
    const message =
      line === 1
        ? 'Line 1 names a line before it, and there is none.'
        : `Line ${line} does not carry the hash of line ${line - 1}: one of the two was changed.`;
    return { line, kind: 'wrong-link', message };
  }
  if (repository === chain) return undefined;
  const message = `Line ${line} belongs to ${excerpt(repository)}, the chain to ${excerpt(chain ?? '')}.`;
  return { line, kind: 'other-repository', message };
}

function describeNumber(line: number, seq: number, before: number): string {
  const missing = seq - before - 1;
  if (missing === 1) return `Line ${line} is event ${seq}: event ${before + 1} is missing before it.`;
  if (missing > 1) return `Line ${line} is event ${seq}: events ${before + 1} to ${seq - 1} are missing before it.`;
  return `Line ${line} is event ${seq}, and event ${before} stands before it: lines were moved, repeated or put in.`;
}

/** What is wrong with an event in its place whose facts fixby cannot read. */
export function factsFault(line: number, error: z.ZodError): ChainFault {
  const [issue] = error.issues;
  const where = excerpt(issue?.path.join('.') ?? '', 60);
  const message = `The facts of line ${line} cannot be read: ${where === '' ? '' : `${where}: `}${excerpt(issue?.message ?? '', 100)}.`;
  return { line, kind: 'unknown-facts', message };
}

export function canonicalFault(line: number): ChainFault {
  return { line, kind: 'not-canonical', message: `Line ${line} is not in the bytes that fixby writes for its facts.` };
}

export function tornFault(line: number): ChainFault {
  return { line, kind: 'broken-batch', message: `The batch of events that begins in line ${line} is not whole.` };
}

export function batchFault(line: number): ChainFault {
  return { line, kind: 'broken-batch', message: `Line ${line} cuts a batch of events in two.` };
}

const MENDS: Readonly<Partial<Record<ChainFaultKind, string>>> = {
  'unknown-facts':
    'Update fixby; if it is the newest, this line was not written by fixby: restore the ledger from its last good copy.',
  newer: 'Update fixby. This one leaves the ledger as it is.',
  'line-end':
    'Restore the file from git, and add `.fixby/ledger.jsonl -text -merge` to .gitattributes so that git leaves its bytes alone.',
};

const MEND =
  'Look with `fixby ledger verify`, and restore the ledger from its last good copy (`git log -- .fixby/ledger.jsonl`). Nothing is appended until it verifies.';

/** All faults as one problem; `undefined` when there are none. */
export function describeFaults(faults: readonly ChainFault[]): Problem | undefined {
  const newer = faults.find(({ kind }) => kind === 'newer');
  const first = newer ?? faults[0];
  if (first === undefined) return undefined;
  const more = faults.length === 1 ? '' : ` There are ${faults.length} such places.`;
  return {
    target: null,
    code: newer === undefined ? 'ledger-broken' : 'ledger-newer',
    message: `The ledger cannot be relied on. ${first.message}${newer === undefined ? more : ''}`,
    mend: MENDS[first.kind] ?? MEND,
    blocks: true,
  };
}
