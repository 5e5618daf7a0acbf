/** Decides what a run adds to the ledger: the facts that are new, and nothing that was known. */
import type { DatedFinding } from '../model/finding.ts';
import type { LedgerBody } from '../model/ledger.ts';
import { byText } from '../model/order.ts';
import { endOf } from './end-of.ts';
import { eventsOf } from './finding-events.ts';
import type { NewId, Weighed } from './finding-events.ts';
import { idsOf } from './finding-facts.ts';
import type { KnownFinding, LedgerState } from './ledger-state.ts';
import { matchFindings } from './match-findings.ts';
import type { Match, Matching } from './match-findings.ts';
import type { Looked, Observation, Sighting } from './observation.ts';
import { runEvent } from './run-event.ts';
import { exceptionEvents, policyEvents, releaseEvents } from './setting-events.ts';

/** A hash of a text, in hex. Core has no cryptography of its own. */
export type Digest = (text: string) => string;

/**
 * The events of a run, to be appended as one batch. Same state and same observation, same events; once they are appended,
 * the same observation adds nothing but that a run took place.
 *
 * - Only what was looked at in full ends a finding (design rule 3); what is in doubt goes on.
 * - Renamed, re-scored, bumped to a version that is affected too, moved with its folder: the same finding (rule 4).
 * - What ended by a change of the repository and comes back is a new finding with a link to the old one. What was gone
 *   though nothing had changed is the same finding again.
 */
export function reconcile(state: LedgerState, observation: Observation, digest: Digest): readonly LedgerBody[] {
  return [
    runEvent(observation),
    ...policyEvents(state, observation),
    ...releaseEvents(state, observation.releases),
    ...exceptionEvents(state, observation.exceptions, observation.today),
    ...findingEvents(state, observation, digest),
  ];
}

/** Open findings that were not seen though nothing in the repository explains it: whether they were withdrawn is worth asking. */
export function unexplained(state: LedgerState, looked: Looked): readonly KnownFinding[] {
  const { absent, movedTarget } = match(state, looked);
  return absent.filter((known) => endOf(known, movedTarget(known), looked) === 'no-longer-affected');
}

function match(state: LedgerState, looked: Looked): Matching<DatedFinding> {
  return matchFindings(
    state,
    looked.sightings.map(({ finding }) => finding),
    looked,
  );
}

function findingEvents(state: LedgerState, looked: Looked, digest: Digest): readonly LedgerBody[] {
  const { matches, absent, movedTarget } = match(state, looked);
  const weighed = new Map(looked.sightings.map((sighting) => [sighting.finding, weigh(sighting, looked)]));
  const newId = createNewId(state, digest);
  const seen = matches.flatMap(({ sighting, match: found }) => {
    const each = weighed.get(sighting);
    return each === undefined ? [] : eventsOf(each, found, newId);
  });
  return [...movesOf(state, movedTarget), ...bySplitsFirst(seen), ...endsOf(absent, movedTarget, looked)];
}

function weigh(sighting: Sighting, { offline }: Looked): Weighed {
  return { ...sighting, inFull: !offline && sighting.answered && sighting.finding.fromCompleteAudit };
}

/** Ended ones move too: they may come back where their folder is then. */
function movesOf({ findings }: LedgerState, movedTarget: Matching<unknown>['movedTarget']): readonly LedgerBody[] {
  return [...findings.values()].flatMap((known): readonly LedgerBody[] => {
    const target = movedTarget(known);
    return target === known.target ? [] : [{ type: 'finding-changed', id: known.id, target }];
  });
}

/** A split takes the dates of the whole as they are before anything else becomes of it. */
function bySplitsFirst(events: readonly LedgerBody[]): readonly LedgerBody[] {
  const isSplit = (body: LedgerBody): boolean => body.type === 'finding-opened' && body.split !== undefined;
  return [...events.filter(isSplit), ...events.filter((body) => !isSplit(body))];
}

function endsOf(
  absent: readonly KnownFinding[],
  movedTarget: Matching<unknown>['movedTarget'],
  looked: Looked,
): readonly LedgerBody[] {
  return absent
    .flatMap((known): readonly Extract<LedgerBody, { type: 'finding-closed' }>[] => {
      const by = endOf(known, movedTarget(known), looked);
      return by === null ? [] : [{ type: 'finding-closed', id: known.id, by }];
    })
    .sort((a, b) => byText(a.id, b.id));
}

const ID_LENGTH = 16;

/** Made from the first sight; a later occurrence, or the rare other finding that began as the same, gets one of its own. */
function createNewId({ findings }: LedgerState, digest: Digest): NewId {
  const given = new Set(findings.keys());
  return (finding, found: Match) => {
    const { ecosystem, target, package: name } = finding;
    const origin = found.kind === 'new' ? '' : found.known.id;
    for (let count = 0; ; count += 1) {
      const id = digest(JSON.stringify([ecosystem, target, name, idsOf(finding), origin, count])).slice(0, ID_LENGTH);
      if (given.has(id)) continue;
      given.add(id);
      return id;
    }
  };
}
