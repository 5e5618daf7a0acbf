/** Turns what became of each finding into events. */
import type { DatedFinding } from '../model/finding.ts';
import type { FindingFacts } from '../model/ledger-facts.ts';
import type { LedgerBody, LedgerFinding } from '../model/ledger.ts';
import { byText, sortedUnique } from '../model/order.ts';
import { factsOf, idsOf } from './finding-facts.ts';
import type { KnownFinding } from './ledger-state.ts';
import type { Match } from './match-findings.ts';
import { unitedWith } from './merge-known.ts';
import type { Sighting } from './observation.ts';
import { sameFacts } from './same-facts.ts';

/** Gives a new finding its ledger id: the same for the same first sight. */
export type NewId = (finding: DatedFinding, match: Match) => string;

/** A sighting, and whether it may end, revive or change anything. */
export interface Weighed extends Sighting {
  /** Whether the run looked in full and was answered in full. */
  readonly inFull: boolean;
}

/** The events of one finding that was seen, in the order they happened. */
export function eventsOf(sighting: Weighed, match: Match, newId: NewId): readonly LedgerBody[] {
  const { finding, inFull } = sighting;
  const isWithdrawn = finding.advisory.withdrawn !== undefined;
  switch (match.kind) {
    case 'same':
      return goOn(sighting, match);
    case 'again':
      return isWithdrawn || !inFull
        ? []
        : [{ type: 'finding-reopened', id: match.known.id }, ...changesOf(match.known, sighting)];
    case 'back':
      return isWithdrawn || !inFull ? [] : [opening(sighting, newId(finding, match), { back: match.known.id })];
    case 'split':
      return isWithdrawn || !inFull ? [] : [opening(sighting, newId(finding, match), { split: match.known.id })];
    case 'new':
      return isWithdrawn ? [] : [opening(sighting, newId(finding, match), {})];
  }
}

function goOn(sighting: Weighed, { known, merged }: Extract<Match, { kind: 'same' }>): readonly LedgerBody[] {
  const united = merged.map(({ id }): LedgerBody => ({ type: 'finding-closed', id, by: 'merged', into: known.id }));
  const changes = changesOf(unitedWith(known, merged), sighting);
  const isOver = sighting.inFull && sighting.finding.advisory.withdrawn !== undefined;
  return [
    ...united,
    ...changes,
    ...(isOver ? [{ type: 'finding-closed' as const, id: known.id, by: 'withdrawn' as const }] : []),
  ];
}

function opening(
  { finding, answered }: Weighed,
  id: string,
  link: { readonly back?: string } | { readonly split?: string },
): LedgerBody {
  return {
    type: 'finding-opened',
    finding: ledgerFinding(finding, id),
    facts: factsOf(finding),
    ...link,
    ...(answered ? {} : { provisional: true as const }),
  };
}

function ledgerFinding(finding: DatedFinding, id: string): LedgerFinding {
  const { target, ecosystem, package: name, advisory, versions, severity } = finding;
  return {
    id,
    target,
    ecosystem,
    package: name,
    ids: [...idsOf(finding)],
    advisory: advisory.id,
    versions: [...versions],
    severity: severity.level,
  };
}

/** What changed, as at most one event. A look that was not in full only ever adds ids. */
function changesOf(known: KnownFinding, { finding, inFull }: Weighed): readonly LedgerBody[] {
  const seen = ledgerFinding(finding, known.id);
  const ids = inFull ? seen.ids : [...sortedUnique([...known.ids, ...seen.ids])];
  const facts = inFull ? changedFacts(known.facts, factsOf(finding)) : undefined;
  const changed = {
    ...(sameFacts(ids, known.ids) ? {} : { ids }),
    ...(inFull && seen.advisory !== known.advisory ? { advisory: seen.advisory } : {}),
    ...(inFull && !sameFacts(seen.versions, known.versions) ? { versions: seen.versions } : {}),
    ...(inFull && seen.severity !== known.severity ? { severity: seen.severity } : {}),
    ...(inFull && known.provisional ? { settled: true as const } : {}),
    ...(facts === undefined ? {} : { facts }),
  };
  return Object.keys(changed).length === 0 ? [] : [{ type: 'finding-changed', id: known.id, ...changed }];
}

/** The facts that differ, each in full; `undefined` when none does. */
function changedFacts(known: FindingFacts | undefined, seen: FindingFacts): Partial<FindingFacts> | undefined {
  const changed = Object.entries(seen).filter(([name, fact]) => !sameFacts(fact, known?.[name as keyof FindingFacts]));
  return changed.length === 0 ? undefined : Object.fromEntries(changed.sort(([a], [b]) => byText(a, b)));
}
