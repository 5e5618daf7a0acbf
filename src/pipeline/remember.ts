/** What a run takes from the ledger before it judges, and adds to it afterwards. */
import { describeFaults } from '../core/ledger/faults.ts';
import { readEvents, readTimes } from '../core/ledger/read-events.ts';
import type { ChainFault } from '../core/model/ledger-format.ts';
import type { LedgerBody, LedgerHead } from '../core/model/ledger.ts';
import type { Problem } from '../core/model/problem.ts';
import { dateEvents } from '../core/reconcile/date-events.ts';
import { foldKnown, foldLedger } from '../core/reconcile/fold-ledger.ts';
import type { KnownEvent } from '../core/reconcile/fold-ledger.ts';
import type { LedgerState } from '../core/reconcile/ledger-state.ts';
import type { Looked, Observation } from '../core/reconcile/observation.ts';
import { reconcile, unexplained } from '../core/reconcile/reconcile.ts';
import type { Digest } from '../core/reconcile/reconcile.ts';
import type { Advisories } from '../ports/advisories.ts';
import type { Ledger } from '../ports/ledger.ts';

/** How often somebody else may append between reading and appending before a run gives up. */
const TRIES = 5;

/** What the ledger said. `head` is `null` when nothing may be appended to it. */
export interface Memory {
  readonly state: LedgerState;
  readonly head: LedgerHead | null;
  readonly problems: readonly Problem[];
}

/** What was known at `asOf`, or is known now. Without a ledger nothing is known, and nothing is missing. Never rejects. */
export async function recall(ledger: Ledger | null, asOf?: string): Promise<Memory> {
  if (ledger === null) return { state: foldLedger([]), head: null, problems: [] };
  const read = await ledger.read();
  if (read.status !== 'sound') return { state: foldLedger([]), head: null, problems: [read.problem] };
  const faults: ChainFault[] = [];
  const state = foldKnown(
    knownEvents(read.lines, (each) => faults.push(each)),
    asOf,
  );
  const fault = describeFaults(faults);
  return {
    state,
    head: fault === undefined ? read.head : null,
    problems: fault === undefined ? read.problems : [...read.problems, fault],
  };
}

/** What became of recording a run. */
export interface Recorded {
  /** What was appended, and to what; absent when nothing was. */
  readonly appended?: { readonly before: LedgerState; readonly events: readonly LedgerBody[] };
  readonly problems: readonly Problem[];
}

function* knownEvents(lines: readonly string[], onFault: (fault: ChainFault) => void): Generator<KnownEvent> {
  const dates = dateEvents(readTimes(lines).map((at) => ({ at })));
  for (const event of readEvents(lines, onFault)) {
    const { seq, at, body } = event;
    yield { seq, at, body, known: dates[seq - 1] ?? at };
  }
}

/** Appends what `observation` adds, after whatever others appended meanwhile. */
export async function record(
  ledger: Ledger,
  memory: Memory,
  observation: Observation,
  at: string,
  digest: Digest,
): Promise<Recorded> {
  let { state, head } = memory;
  for (let tries = 0; tries < TRIES && head !== null; tries += 1) {
    const events = reconcile(state, observation, digest);
    const appended = await ledger.append(events, at, head);
    if (appended.status === 'appended') return { appended: { before: state, events }, problems: appended.problems };
    if (appended.status === 'failed') return { problems: [appended.problem] };
    const again = await recall(ledger);
    if (again.head === null) return { problems: again.problems };
    ({ state, head } = again);
  }
  return { problems: head === null ? [] : [crowded(ledger)] };
}

/** Ledger ids of open findings that were not seen because every record of theirs is withdrawn. */
export async function findWithdrawn(
  { state }: Memory,
  looked: Looked,
  advisories: Advisories,
): Promise<ReadonlySet<string>> {
  const asked = unexplained(state, looked);
  const lookups = await Promise.all(asked.map(({ ids }) => advisories.lookUp(ids)));
  const isWithdrawn = lookups.map((answers) => {
    const found = answers.flatMap((answer) => (answer.status === 'found' ? [answer.record] : []));
    return found.length > 0 && found.every(({ withdrawn }) => typeof withdrawn === 'string');
  });
  return new Set(asked.filter((_known, index) => isWithdrawn[index] === true).map(({ id }) => id));
}

function crowded({ place }: Ledger): Problem {
  return {
    target: null,
    code: 'ledger-crowded',
    message: `Other runs kept appending to ${place}; this run could not be recorded in ${TRIES} tries.`,
    mend: 'Run again when the others have ended.',
    blocks: true,
  };
}
