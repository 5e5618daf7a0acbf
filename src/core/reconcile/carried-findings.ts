/** Decides which findings are still open though a run did not see them: an outage hides nothing. */
import type { DatedFinding } from '../model/finding.ts';
import { byEach, byText, sortedUnique } from '../model/order.ts';
import type { Problem } from '../model/problem.ts';
import { endOf } from './end-of.ts';
import { toFinding } from './finding-facts.ts';
import { placeOf } from './ledger-state.ts';
import type { LedgerState } from './ledger-state.ts';
import { matchFindings } from './match-findings.ts';
import type { Looked } from './observation.ts';

/** Open findings that were not seen and have not ended, as they were last known, in the order of their keys. */
export function carriedFindings(state: LedgerState, looked: Looked): readonly DatedFinding[] {
  const seen = looked.sightings.map(({ finding }) => finding);
  const { absent, movedTarget } = matchFindings(state, seen, looked);
  return absent
    .map((known) => ({ known, target: movedTarget(known) }))
    .filter(({ known, target }) => endOf(known, target, looked) === null)
    .map(({ known, target }) => toFinding({ ...known, target }, state))
    .sort((a, b) => byText(a.key, b.key));
}

/** What the reader must know of findings that are shown from memory: a problem a folder, none of which blocks anything more. */
export function describeCarried(
  carried: readonly DatedFinding[],
  { audited }: Pick<LedgerState, 'audited'>,
): readonly Problem[] {
  const places = sortedUnique(carried.map(({ ecosystem, target }) => placeOf(ecosystem, target)));
  const problems = places.map((place): Problem => {
    const here = carried.filter(({ ecosystem, target }) => placeOf(ecosystem, target) === place);
    const what = here.length === 1 ? '1 finding is' : `${here.length} findings are`;
    const last = audited.get(place);
    const since = last === undefined ? 'before' : `on ${last.slice(0, 10)}`;
    return {
      target: here[0]?.target ?? null,
      code: 'finding-carried',
      message: `${what} shown as last known: no run has looked here in full since the one ${since}.`,
      mend: 'They end when an audit looks here and does not find them.',
      blocks: false,
    };
  });
  return problems.sort(
    byEach(
      (a, b) => byText(a.target ?? '', b.target ?? ''),
      (a, b) => byText(a.message, b.message),
    ),
  );
}
