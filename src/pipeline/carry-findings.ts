/** Adds to a run what it could not look for: what the ledger knows to be open is shown, judged and counted all the same. */
import type { DatedFinding } from '../core/model/finding.ts';
import { sortedUnique } from '../core/model/order.ts';
import type { Release } from '../core/model/release.ts';
import { carriedFindings } from '../core/reconcile/carried-findings.ts';
import type { LedgerState } from '../core/reconcile/ledger-state.ts';
import type { Looked } from '../core/reconcile/observation.ts';
import { findCarriers } from './find-carriers.ts';
import type { PastLocks } from './past-locks.ts';

/** The findings nobody could look for, with the tags that were cut meanwhile: those are read from git. */
export async function carryFindings(
  state: LedgerState,
  looked: Looked,
  releases: readonly Release[],
  now: string,
  past: PastLocks,
): Promise<readonly DatedFinding[]> {
  const carried = carriedFindings(state, looked);
  const bare = carried.map((finding) => ({ ...finding, records: [] }));
  const carriers = await findCarriers({ findings: carried, merged: bare }, releases, now, past);
  const order = new Map(releases.map(({ tag }, index) => [tag, index]));
  return carried.map((finding, index) => {
    const tags = [...sortedUnique([...finding.carriedBy, ...(carriers[index] ?? [])])];
    return { ...finding, carriedBy: tags.sort((a, b) => (order.get(a) ?? -1) - (order.get(b) ?? -1)) };
  });
}
