/** What the ledger last knew of a repository, in the words of a run that looked at it. */
import { toFinding } from '../core/reconcile/finding-facts.ts';
import { openFindings } from '../core/reconcile/ledger-state.ts';
import type { LedgerState } from '../core/reconcile/ledger-state.ts';
import type { Examined } from './accepted-risks.ts';
import { placesOfRun } from './places-of-run.ts';

/** The open findings, and where the last run looked; nothing was looked at where there was none. */
export function examineLedger(state: LedgerState): Examined {
  const places = state.lastRun === null ? { audits: [], setAside: [] } : placesOfRun(state.lastRun);
  return { ...places, findings: openFindings(state).map((known) => toFinding(known, state)) };
}
