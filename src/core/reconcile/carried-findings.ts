/** Decides which findings are still open though a run did not see them: an outage hides nothing. */
import type { DatedFinding } from '../model/finding.ts';
import { byEach, byText, sortedUnique } from '../model/order.ts';
import type { Problem } from '../model/problem.ts';
import { endOf } from './end-of.ts';
import { toFinding } from './finding-facts.ts';
import { lastSeenAt } from './last-seen.ts';
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
    .map(({ known, target }) => ({ ...toFinding({ ...known, target }, state), lastSeen: lastSeenAt(known, state) }))
    .sort((a, b) => byText(a.key, b.key));
}

/** What the reader must know of findings that are shown from memory: a problem a folder, none of which blocks anything more. */
export function describeCarried(findings: readonly DatedFinding[]): readonly Problem[] {
  const carried = findings.filter(({ lastSeen }) => lastSeen !== undefined);
  const places = sortedUnique(carried.map(({ ecosystem, target }) => placeOf(ecosystem, target)));
  const problems = places.map((place): Problem => {
    const here = carried.filter(({ ecosystem, target }) => placeOf(ecosystem, target) === place);
    return {
      target: here[0]?.target ?? null,
      code: 'finding-carried',
      message: `${words(here)}: this run could not look for ${here.length === 1 ? 'it' : 'them'}.`,
      mend: 'What is shown from memory ends once an audit looks here in full and does not find it.',
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

function words(here: readonly DatedFinding[]): string {
  const days = sortedUnique(here.map(({ lastSeen = '' }) => lastSeen.slice(0, 10)));
  const since = days.length === 1 ? `on ${days.join('')}` : `between ${days[0] ?? ''} and ${days.at(-1) ?? ''}`;
  return `${here.length === 1 ? '1 finding is' : `${here.length} findings are`} shown as last seen ${since}`;
}
