/** Says what a mirror holds, and whether an audit against it can be believed. */
import { affects } from '../core/match/affected.ts';
import type { Ecosystem } from '../core/model/ecosystem.ts';
import type { AdvisoryStore, StoreSummary } from '../ports/advisory-store.ts';
import { isWithdrawn } from './store.ts';

/** Versions fixby adds to every audit: a source that does not know them is blind, and its silence worth nothing. */
const CANARIES: readonly { readonly ecosystem: Ecosystem; readonly name: string; readonly version: string }[] = [
  { ecosystem: 'npm', name: 'minimist', version: '0.0.8' },
  { ecosystem: 'PyPI', name: 'pycrypto', version: '2.6.1' },
];

export interface MirrorHealth extends StoreSummary {
  /** `blind` when a canary is missing. */
  readonly status: 'ok' | 'blind';
  /** Files that should have been records and could not be read. */
  readonly rejected: number;
  readonly canaries: readonly { readonly ecosystem: Ecosystem; readonly package: string; readonly found: boolean }[];
}

/** `rejected` is what loading reported. Every audit of an ecosystem whose canary is missing will be called source-blind. */
export function checkHealth(store: AdvisoryStore, rejected: number): MirrorHealth {
  const canaries = CANARIES.map(({ ecosystem, name, version }) => ({
    ecosystem,
    package: `${name}@${version}`,
    found: isKnown(store, ecosystem, name, version),
  }));
  const status = canaries.every(({ found }) => found) ? 'ok' : 'blind';
  return { status, ...store.summary(), rejected, canaries };
}

function isKnown(store: AdvisoryStore, ecosystem: Ecosystem, name: string, version: string): boolean {
  return store
    .byPackage(ecosystem, name)
    .some(({ record }) => !isWithdrawn(record) && affects(record, ecosystem, name, version).affected);
}
