/** Decides when a finding was last seen, so that what is shown from memory says how old it is. */
import { placeOf } from './ledger-state.ts';
import type { KnownFinding, LedgerState } from './ledger-state.ts';

/**
 * The last full look at the place of an open finding, wherever that was then: it saw the finding, or it would have ended
 * it. At the earliest its first sight, or its return.
 */
export function lastSeenAt(known: KnownFinding, { looks }: Pick<LedgerState, 'looks'>): string {
  const { ecosystem, package: name, target, moves, absences, firstSeen } = known;
  const places = [target, ...moves.map(({ from }) => from)].map((path) => looks.get(placeOf(ecosystem, path)));
  const seen = places.map((look) => (look?.passedOver.has(name) === true ? look.passedOver.get(name) : look?.at));
  const own = [firstSeen.at, ...absences.map(({ to }) => to)];
  return [...own, ...seen.filter((at) => at !== undefined)].reduce((last, at) => (at > last ? at : last));
}
