/** Says what a mirror holds, and whether an audit against it can be believed. */
import { affects } from '../core/match/affected.ts';
import type { Ecosystem } from '../core/model/ecosystem.ts';
import { DEFAULT_MAX_AGE_MS, heldSources, staleSources } from '../core/model/mirror.ts';
import type { MirrorSource, MirrorState } from '../core/model/mirror.ts';
import type { AdvisoryStore, StoreSummary } from '../ports/advisory-store.ts';
import { isWithdrawn } from './store.ts';

/** Versions fixby adds to every audit: a source that does not know them is blind, and its silence worth nothing. */
const CANARIES: readonly { readonly ecosystem: Ecosystem; readonly name: string; readonly version: string }[] = [
  { ecosystem: 'npm', name: 'minimist', version: '0.0.8' },
  { ecosystem: 'PyPI', name: 'pycrypto', version: '2.6.1' },
];

export interface MirrorHealth extends StoreSummary {
  /** `blind` when a canary is missing, `stale` when a source is older than `DEFAULT_MAX_AGE_MS`. */
  readonly status: 'ok' | 'blind' | 'stale';
  /** Files that should have been records and could not be read. */
  readonly rejected: number;
  /** Absent for records that were not imported. */
  readonly generation?: number;
  readonly checksum?: string;
  readonly sources?: readonly { readonly source: MirrorSource; readonly entries: number; readonly asOf: string }[];
  readonly canaries: readonly { readonly ecosystem: Ecosystem; readonly package: string; readonly found: boolean }[];
}

/** What imported records add to the picture: when they are from, and what time it is now (UTC ISO-8601). */
export interface Imported {
  readonly state: MirrorState;
  readonly now: string;
}

/** `rejected` is what loading reported. Every audit of an ecosystem whose canary is missing will be called source-blind. */
export function checkHealth(store: AdvisoryStore, rejected: number, imported?: Imported): MirrorHealth {
  const canaries = CANARIES.filter(({ ecosystem }) => imported === undefined || store.holds(ecosystem)).map(
    ({ ecosystem, name, version }) => ({
      ecosystem,
      package: `${name}@${version}`,
      found: isKnown(store, ecosystem, name, version),
    }),
  );
  const isBlind = canaries.some(({ found }) => !found);
  const isStale = imported !== undefined && staleSources(imported.state, imported.now, DEFAULT_MAX_AGE_MS).length > 0;
  return {
    status: isBlind ? 'blind' : isStale ? 'stale' : 'ok',
    ...store.summary(),
    rejected,
    ...(imported === undefined ? {} : describe(imported.state)),
    canaries,
  };
}

function describe(state: MirrorState): Pick<MirrorHealth, 'generation' | 'checksum' | 'sources'> {
  const { generation, checksum } = state;
  return {
    generation,
    checksum,
    sources: heldSources(state).map(([source, { entries, asOf }]) => ({ source, entries, asOf })),
  };
}

function isKnown(store: AdvisoryStore, ecosystem: Ecosystem, name: string, version: string): boolean {
  return store
    .byPackage(ecosystem, name)
    .some(({ record }) => !isWithdrawn(record) && affects(record, ecosystem, name, version).affected);
}
