/** Runs as reconciling sees them, and a ledger in memory to reconcile them with. */
import { createHash } from 'node:crypto';
import type { Audit } from '../../src/core/model/audit.ts';
import type { DatedFinding } from '../../src/core/model/finding.ts';
import type { LedgerBody, LedgerEvent } from '../../src/core/model/ledger.ts';
import type { SetAside, Target } from '../../src/core/model/target.ts';
import { foldLedger } from '../../src/core/reconcile/fold-ledger.ts';
import type { LedgerState } from '../../src/core/reconcile/ledger-state.ts';
import type { Observation, Sighting } from '../../src/core/reconcile/observation.ts';
import { reconcile } from '../../src/core/reconcile/reconcile.ts';
import { makeAudit, makeEntry, makeInventory } from './audit-values.ts';
import { makeDated, makePolicy, makeSeverity } from './judge-values.ts';

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Event as the ledger gives it back, without its place in the hash chain. */
export type TestEvent = Pick<LedgerEvent, 'seq' | 'at' | 'body'>;

/** A ledger that only remembers. */
export interface TestLedger {
  readonly events: TestEvent[];
  state(): LedgerState;
  /** Reconciles and appends; gives back what was appended, without the event of the run itself. */
  record(observation: Observation, at: string): readonly LedgerBody[];
}

export function createTestLedger(): TestLedger {
  const events: TestEvent[] = [];
  const state = (): LedgerState => foldLedger(events);
  return {
    events,
    state,
    record: (observation, at) => {
      const bodies = reconcile(state(), observation, digest);
      for (const body of bodies) events.push({ seq: events.length + 1, at, body });
      return bodies.slice(1);
    },
  };
}

/** The one flaw of `left` 1.0.0 in `web`, unless told otherwise. */
export function sighting(
  ids: readonly [string, ...string[]] = ['GHSA-a'],
  over: Partial<DatedFinding> & {
    readonly answered?: boolean;
    readonly level?: DatedFinding['severity']['level'];
  } = {},
): Sighting {
  const { answered = true, level = 'high', ...rest } = over;
  const { advisory, ...base } = makeDated();
  const [id, ...aliases] = ids;
  const target = rest.target ?? base.target;
  const name = rest.package ?? base.package;
  return {
    answered,
    finding: {
      ...base,
      key: `npm:${target}:${name}:${[...ids].sort().join('+')}`,
      advisory: { ...advisory, id, aliases: [...aliases].sort() },
      severity: makeSeverity(level),
      ...rest,
    },
  };
}

export function target(path = 'web'): Target {
  return { path, ecosystem: 'npm', sources: [{ path: `${path}/package-lock.json`, kind: 'package-lock' }] };
}

/** An audit that answered in full, for a lock that holds `left` 1.0.0 unless told otherwise. */
export function audited(path = 'web', packages: Readonly<Record<string, string>> = { left: '1.0.0' }): Audit {
  const entries = Object.entries(packages).map(([name, version]) => makeEntry(name, { version }));
  return makeAudit([], entries, {
    target: target(path),
    inventory: makeInventory(entries),
    coverage: { packages: entries.length, audited: entries.length, skipped: [] },
  });
}

export function failed(path = 'web'): Audit {
  return {
    ...audited(path, {}),
    outcome: { status: 'unavailable', reason: 'tool-failed', message: 'It crashed.', mend: 'Run it again.' },
  };
}

export function aside(path: string, reason: string, outcome: SetAside['outcome'] = 'not-applicable'): SetAside {
  const sources = [{ path: `${path}/package.json`, kind: 'package-json' as const }];
  return { path, ecosystem: 'npm', sources, outcome, reason, message: 'Set aside.', mend: '' };
}

/** A run that found `sightings` and audited `web`, unless told otherwise; every audit's target was discovered. */
export function observed(
  sightings: readonly Sighting[],
  over: Partial<Observation> & { readonly setAside?: readonly SetAside[]; readonly complete?: boolean } = {},
): Observation {
  const { setAside = [], complete = true, audits = [audited()], ...rest } = over;
  return {
    run: {
      id: 'run',
      command: 'audit',
      tool: '1.0.0',
      asOf: '2026-03-01T02:00:00.000Z',
      generatedAt: '2026-03-01T02:00:00.000Z',
      verdict: 'pass',
      problems: [],
    },
    today: '2026-03-01',
    policy: makePolicy({ kind: 'within', amount: 7, unit: 'days' }),
    policyText: 'High: 7 days',
    exceptions: [],
    releases: [],
    discovery: { complete, targets: audits.map((audit) => audit.target), setAside },
    audits,
    sightings,
    renamed: [],
    offline: false,
    withdrawn: new Set(),
    ...rest,
  };
}

/** Midnight of the `n`th day of March 2026, as events and runs of a test have it. */
export function day(n: number): string {
  return new Date(Date.UTC(2026, 2, n)).toISOString();
}
