/** Makes long ledgers, quickly: run after run findings come, change, and the oldest go. */
import { sha256OfLine } from '../../src/adapters/lib/sha256.ts';
import { createLedgerFormat } from '../../src/core/ledger/create-format.ts';
import type { LedgerBody, LedgerHead } from '../../src/core/model/ledger.ts';
import { GENESIS } from '../../src/core/model/ledger.ts';
import { factsOf, idsOf } from '../../src/core/reconcile/finding-facts.ts';
import { runEvent } from '../../src/core/reconcile/run-event.ts';
import { makePolicy, makeTimeline } from './judge-values.ts';
import { audited, observed, sighting } from './observed.ts';

export interface LedgerPast {
  readonly runs: number;
  readonly hoursBetween: number;
  /** A finding comes with every so-manieth run, and once there are `standing` the oldest goes. */
  readonly runsToOneFinding: number;
  readonly standing: number;
  /** Findings that each run sees on another line of their lock. */
  readonly changes: number;
  /** The moment of the first run, UTC ISO-8601. */
  readonly start: string;
}

type Opening = Extract<LedgerBody, { readonly type: 'finding-opened' }>;

const format = createLedgerFormat(sha256OfLine);

/** The lines of such a ledger, a batch a run. */
export function* generateLedger({ runs, hoursBetween, standing, start, ...rates }: LedgerPast): Iterable<string> {
  let head: LedgerHead = GENESIS;
  const open: string[] = [];
  for (let run = 0; run < runs; run += 1) {
    const at = new Date(Date.parse(start) + run * hoursBetween * 3_600_000).toISOString();
    const came = run % rates.runsToOneFinding === 0 ? [makeOpening(run, at)] : [];
    open.push(...came.map(({ finding }) => finding.id));
    const gone = open.splice(0, Math.max(0, open.length - standing));
    const changed = Array.from(
      { length: rates.changes },
      (_, index) => open[(run * rates.changes + index) % open.length],
    );
    const bodies = [
      ...beginningOf(run, at),
      ...came,
      ...changed.flatMap((id) => (id === undefined ? [] : [moved(id, run)])),
      ...gone.map((id): LedgerBody => ({ type: 'finding-closed', id, by: 'upgraded' })),
    ];
    const batch = format.writeBatch(bodies, { repository: 'acme/shop', at, after: head });
    head = batch.head;
    yield* batch.lines;
  }
}

/** The event of a run over two folders; the first run brings the policy. */
function beginningOf(run: number, at: string): readonly LedgerBody[] {
  const observation = observed([], { audits: [audited('web'), audited('api')] });
  const event = runEvent({ ...observation, run: { ...observation.run, id: at, asOf: at, generatedAt: at } });
  const policy = makePolicy({ kind: 'within', amount: 7, unit: 'days' });
  const text = 'Everything within 7 days';
  return run === 0 ? [event, { type: 'policy-changed', file: 'SECURITY.md', sha256: '00', text, policy }] : [event];
}

function makeOpening(number: number, at: string): Opening {
  const timeline = makeTimeline({ introduced: at, published: at, fixReleased: at });
  const { finding } = sighting([`GHSA-${number}`], { package: `package-${number % 800}`, timeline });
  const { target, ecosystem, package: name, versions, advisory } = finding;
  const id = number.toString(16).padStart(16, '0');
  const facts = { id, target, ecosystem, package: name, ids: [...idsOf(finding)], versions: [...versions] };
  return {
    type: 'finding-opened',
    finding: { ...facts, advisory: advisory.id, severity: 'high' },
    facts: factsOf(finding),
  };
}

function moved(id: string, run: number): LedgerBody {
  return { type: 'finding-changed', id, facts: { location: { file: 'web/package-lock.json', line: run + 1 } } };
}
