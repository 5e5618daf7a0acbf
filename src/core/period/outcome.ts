/** Decides what a finding counts as in a period. */
import type { Deadline } from '../model/deadline.ts';
import type { ClosedBy } from '../model/ledger.ts';
import type { PeriodOutcome } from '../model/period-report.ts';

/** Ends somebody brought about; the others happened to the advisory, or in the ledger. */
const FIXED: readonly ClosedBy[] = ['upgraded', 'removed', 'target-removed'];

/** `deadline` is judged at the moment the finding ended, or at the end of the period while it is open. */
export function outcomeOf({ state, window }: Deadline, closedBy: ClosedBy | undefined): PeriodOutcome {
  if (state === 'withdrawn' || (closedBy !== undefined && !FIXED.includes(closedBy))) return 'not-counted';
  if (state === 'accepted') return 'accepted';
  if (window.kind === 'opportunistic') return 'best-effort';
  if (state === 'overdue') return closedBy === undefined ? 'overdue' : 'late';
  return closedBy === undefined ? 'open' : 'within';
}
