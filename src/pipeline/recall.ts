/** What the ledger remembers: added up from a checkpoint where there is one it begins with, else from its first event. */
import { describeFaults } from '../core/ledger/faults.ts';
import { readEvents, readTimes } from '../core/ledger/read-events.ts';
import type { ChainFault } from '../core/model/ledger-format.ts';
import type { LedgerHead } from '../core/model/ledger.ts';
import type { Problem } from '../core/model/problem.ts';
import { dateEvents } from '../core/reconcile/date-events.ts';
import { NOTHING_KNOWN, foldOnto } from '../core/reconcile/fold-ledger.ts';
import type { KnownEvent } from '../core/reconcile/fold-ledger.ts';
import type { LedgerState } from '../core/reconcile/ledger-state.ts';
import { readState, storeState } from '../core/reconcile/stored-state.ts';
import type { Ledger, LedgerCheckpoint, LedgerRead } from '../ports/ledger.ts';

/** What the ledger said. `head` is `null` when nothing may be appended to it. */
export interface Memory {
  readonly state: LedgerState;
  readonly head: LedgerHead | null;
  readonly problems: readonly Problem[];
}

/** Fewer events than this are added up sooner than a checkpoint is written. */
const MANY = 5_000;

/** What was known at `asOf`, or is known now. Without a ledger nothing is known, and nothing is missing. Never rejects. */
export async function recall(ledger: Ledger | null, asOf?: string): Promise<Memory> {
  if (ledger === null) return { state: NOTHING_KNOWN, head: null, problems: [] };
  return recallFrom(ledger, await readStart(ledger, asOf), asOf);
}

/** A checkpoint, with its state as such. */
interface Start extends Pick<LedgerCheckpoint, 'prefix'> {
  readonly state: LedgerState;
}

/** `undefined` where there is none, or none that tells of a moment as early as `asOf`. */
async function readStart({ checkpoints }: Ledger, asOf: string | undefined): Promise<Start | undefined> {
  const found = await checkpoints?.read();
  const state = found === undefined ? null : readState(found.state);
  if (found === undefined || state === null) return undefined;
  return asOf !== undefined && (state.ended ?? '') > asOf ? undefined : { prefix: found.prefix, state };
}

async function recallFrom(ledger: Ledger, start: Start | undefined, asOf: string | undefined): Promise<Memory> {
  const read = await ledger.read(start?.prefix);
  if (read.status !== 'sound') return { state: NOTHING_KNOWN, head: null, problems: [read.problem] };
  const known = read.after.seq > 0 ? start?.state : NOTHING_KNOWN;
  const { state, faults } = addUp(known ?? NOTHING_KNOWN, read.lines, read.after.seq, asOf);
  // Events that move dates in what is known, or cannot be read, are judged in sight of all the others.
  const isOdd = known === undefined || state === null || (known !== NOTHING_KNOWN && faults.length > 0);
  // A store that cannot say what it is known by after a part tells it again in full, once the rest has become long.
  const isLong = read.prefix === undefined && read.after.seq > 0 && read.lines.length >= MANY;
  if (isOdd || isLong) return recallFrom(ledger, undefined, asOf);
  const fault = describeFaults(faults);
  if (fault !== undefined) return { state, head: null, problems: [...read.problems, fault] };
  await keepCheckpoint(ledger, read, state);
  return { state, head: read.head, problems: read.problems };
}

/** What `state` and the lines after event `before` say (`foldOnto`), and lines whose facts cannot be read. */
export function addUp(
  state: LedgerState,
  lines: readonly string[],
  before: number,
  asOf?: string,
): { readonly state: LedgerState | null; readonly faults: readonly ChainFault[] } {
  const faults: ChainFault[] = [];
  const events = knownEvents(lines, before, (fault) => faults.push(fault));
  return { state: foldOnto(state, events, asOf), faults };
}

function* knownEvents(
  lines: readonly string[],
  before: number,
  onFault: (fault: ChainFault) => void,
): Generator<KnownEvent> {
  const dates = dateEvents(readTimes(lines).map((at) => ({ at })));
  for (const event of readEvents(lines, onFault, before)) {
    const { seq, at, body } = event;
    yield { seq, at, body, known: dates[seq - before - 1] ?? at };
  }
}

/** Only of everything there is: a state as of a moment is worth nothing to the next run. */
async function keepCheckpoint(
  { checkpoints }: Ledger,
  { lines, head, prefix }: Extract<LedgerRead, { status: 'sound' }>,
  state: LedgerState,
): Promise<void> {
  if (checkpoints === undefined || prefix === undefined) return;
  if (lines.length < MANY || state.events !== head.seq) return;
  await checkpoints.write({ prefix, state: storeState(state) });
}
