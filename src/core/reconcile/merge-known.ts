/** What several findings are together, once they turn out to be one. */
import { absorb } from './fold-finding.ts';
import type { FindingDraft } from './fold-finding.ts';
import type { KnownFinding } from './ledger-state.ts';

/** `known` with the earlier dates, the worse levels and the ids of all; itself when there is nothing to merge. */
export function unitedWith(known: KnownFinding, merged: readonly KnownFinding[]): KnownFinding {
  if (merged.length === 0) return known;
  const draft: FindingDraft = {
    ...known,
    severityHistory: [...known.severityHistory],
    everIds: new Set(known.everIds),
    moves: [...known.moves],
    absences: [...known.absences],
  };
  for (const other of merged) absorb(draft, other);
  return draft;
}
