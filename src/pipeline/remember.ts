/** What a run adds to the ledger. */
import type { LedgerBody, LedgerHead } from '../core/model/ledger.ts';
import type { Problem } from '../core/model/problem.ts';
import { momentToRecord } from '../core/reconcile/clock-problems.ts';
import type { LedgerState } from '../core/reconcile/ledger-state.ts';
import type { Looked, Observation } from '../core/reconcile/observation.ts';
import { reconcile, unexplained } from '../core/reconcile/reconcile.ts';
import type { Digest } from '../core/reconcile/reconcile.ts';
import type { Advisories } from '../ports/advisories.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import { addUp, recall } from './recall.ts';
import type { Memory } from './recall.ts';

/** How often somebody else may append between reading and appending before a run gives up. */
const TRIES = 5;

/** What became of recording a run. */
export interface Recorded {
  /** What was appended, and to what; absent when nothing was. */
  readonly appended?: { readonly before: LedgerState; readonly events: readonly LedgerBody[] };
  /** What the ledger says now. */
  readonly state: LedgerState;
  readonly problems: readonly Problem[];
}

/** Appends what `observation` adds, after whatever others appended meanwhile. `began` is when the run did, UTC ISO-8601. */
export async function record(
  ledger: Ledger,
  memory: Memory,
  observation: Observation,
  { began, clock }: { readonly began: string; readonly clock: Pick<Clock, 'now'> },
  digest: Digest,
): Promise<Recorded> {
  let { state, head } = memory;
  for (let tries = 0; tries < TRIES && head !== null; tries += 1) {
    const events = reconcile(state, observation, digest);
    const appended = await ledger.append(events, momentToRecord(state, began, clock.now()), head);
    if (appended.status === 'appended') {
      const { lines, problems } = appended;
      return { appended: { before: state, events }, state: await after(ledger, state, head, lines), problems };
    }
    if (appended.status === 'failed') return { state, problems: [appended.problem] };
    const again = await recall(ledger);
    if (again.head === null) return { state, problems: again.problems };
    ({ state, head } = again);
  }
  return { state, problems: head === null ? [] : [crowded(ledger)] };
}

/** What was known and the appended lines; read as a whole only where their clock was behind that of what was known. */
async function after(
  ledger: Ledger,
  state: LedgerState,
  { seq }: LedgerHead,
  lines: readonly string[],
): Promise<LedgerState> {
  const { state: known, faults } = addUp(state, lines, seq);
  return known !== null && faults.length === 0 ? known : (await recall(ledger)).state;
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
