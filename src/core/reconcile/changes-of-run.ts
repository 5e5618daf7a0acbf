/** Tells what a run changed, in the words of a report: which findings are new, back again, or gone and how. */
import type { DatedFinding } from '../model/finding.ts';
import type { LedgerBody } from '../model/ledger.ts';
import { byEach, byText, sortedUnique } from '../model/order.ts';
import type { RunChanges } from '../model/report.ts';
import type { LedgerState } from './ledger-state.ts';

/** `events` are those that the run appended to what `before` says; `findings` are those it saw. Sorted. */
export function changesOf(
  before: LedgerState,
  events: readonly LedgerBody[],
  findings: readonly DatedFinding[],
): RunChanges {
  const keyAt = new Map(findings.map((finding) => [placeIn(finding, finding.advisory.id), finding.key]));
  const keyOf = new Map(findings.map(({ ledgerId, key }) => [ledgerId, key]));
  const opened: string[] = [];
  const back: string[] = [];
  for (const event of events) {
    if (event.type === 'finding-opened') {
      const key = keyAt.get(placeIn(event.finding, event.finding.advisory));
      // One that was split off was known as a part of the whole.
      if (key !== undefined && event.split === undefined) (event.back === undefined ? opened : back).push(key);
    } else if (event.type === 'finding-reopened') {
      const key = keyOf.get(event.id);
      if (key !== undefined) back.push(key);
    }
  }
  return {
    ...(before.lastRun === null ? {} : { previousRun: before.lastRun.at }),
    opened: [...sortedUnique(opened)],
    back: [...sortedUnique(back)],
    cleared: clearedBy(events, before),
  };
}

interface Place {
  readonly target: string;
  readonly ecosystem: string;
  readonly package: string;
}

/** No two findings of a run share it: alias sets of a package do not overlap. */
function placeIn({ target, ecosystem, package: name }: Place, advisory: string): string {
  return JSON.stringify([target, ecosystem, name, advisory]);
}

type Cleared = RunChanges['cleared'][number];

/** Two that turned out to be one are not cleared: the other goes on. */
function clearedBy(events: readonly LedgerBody[], { findings }: LedgerState): Cleared[] {
  return events
    .flatMap((event): readonly Cleared[] => {
      if (event.type !== 'finding-closed' || event.by === 'merged') return [];
      const known = findings.get(event.id);
      if (known === undefined) return [];
      const { id, target, ecosystem, package: name, versions, advisory, severity, firstSeen } = known;
      const what = { ledgerId: id, target, ecosystem, package: name, versions: [...versions], advisory, severity };
      return [{ ...what, by: event.by, firstSeen: firstSeen.at }];
    })
    .sort(byPlace);
}

const byPlace = byEach<Cleared>(
  (a, b) => byText(a.target, b.target),
  (a, b) => byText(a.package, b.package),
  (a, b) => byText(a.ledgerId, b.ledgerId),
);
