/** Decides which findings of a run are findings the ledger knows. */
import type { DatedFinding } from '../model/finding.ts';
import { byEach, byText } from '../model/order.ts';
import { idsOf } from './finding-facts.ts';
import { byMoment } from './fold-finding.ts';
import { createMovedTarget } from './moved-target.ts';
import type { MovedTarget } from './moved-target.ts';
import type { KnownFinding, LedgerState } from './ledger-state.ts';
import type { Looked } from './observation.ts';

/** What the ledger makes of a finding. */
export type Match =
  | { readonly kind: 'new' }
  /** It is open. `merged` are others that turned out to be the same flaw, oldest first; `known` is the oldest of all. */
  | { readonly kind: 'same'; readonly known: KnownFinding; readonly merged: readonly KnownFinding[] }
  /** What was known as one finding turns out to be several, and this is not the one that goes on. */
  | { readonly kind: 'split'; readonly known: KnownFinding }
  /** It had ended though nothing in the repository had changed: the same finding. */
  | { readonly kind: 'again'; readonly known: KnownFinding }
  /** A change of the repository had ended it, and another brought it back: a new occurrence. */
  | { readonly kind: 'back'; readonly known: KnownFinding };

export interface Matching<F> {
  readonly matches: readonly { readonly sighting: F; readonly match: Match }[];
  /** Open findings that were not seen, in the order of their opening. */
  readonly absent: readonly KnownFinding[];
  readonly movedTarget: MovedTarget;
}

type Identity = Pick<DatedFinding, 'key' | 'target' | 'ecosystem' | 'package' | 'advisory'>;

/**
 * Same ecosystem, package and target (wherever that is now), and an id in common. The order of `sightings` does not matter:
 * the matches come in the order of their keys.
 */
export function matchFindings<F extends Identity>(
  state: Pick<LedgerState, 'findings'>,
  sightings: readonly F[],
  looked: Pick<Looked, 'discovery' | 'renamed'>,
): Matching<F> {
  const movedTarget = createMovedTarget(looked);
  const buckets = fillBuckets(state, sightings, movedTarget);
  const matches = [...buckets.values()].flatMap(matchBucket).sort((a, b) => byText(a.sighting.key, b.sighting.key));
  const seen = new Set(matches.flatMap(({ match }) => openIdsOf(match)));
  const absent = [...state.findings.values()].filter(({ id, closed }) => closed === undefined && !seen.has(id));
  return { matches, absent, movedTarget };
}

function openIdsOf(match: Match): readonly string[] {
  return match.kind === 'same' ? [match.known, ...match.merged].map(({ id }) => id) : [];
}

/** What may be one flaw: everything seen or known of one package of one target. */
interface Bucket<F> {
  readonly sighted: Sighted<F>[];
  readonly known: KnownFinding[];
}

interface Sighted<F> {
  readonly sighting: F;
  readonly ids: readonly string[];
}

function fillBuckets<F extends Identity>(
  { findings }: Pick<LedgerState, 'findings'>,
  sightings: readonly F[],
  movedTarget: MovedTarget,
): ReadonlyMap<string, Bucket<F>> {
  const buckets = new Map<string, Bucket<F>>();
  for (const sighting of [...sightings].sort((a, b) => byText(a.key, b.key))) {
    const key = JSON.stringify([sighting.ecosystem, sighting.target, sighting.package]);
    const bucket = buckets.get(key) ?? { sighted: [], known: [] };
    bucket.sighted.push({ sighting, ids: idsOf(sighting) });
    buckets.set(key, bucket);
  }
  for (const known of findings.values()) {
    buckets.get(JSON.stringify([known.ecosystem, movedTarget(known), known.package]))?.known.push(known);
  }
  return buckets;
}

function matchBucket<F>({ sighted, known }: Bucket<F>): readonly { readonly sighting: F; readonly match: Match }[] {
  const open = known.filter(({ closed }) => closed === undefined).sort(byAge);
  const ended = known.filter(({ closed }) => closed !== undefined && closed.by !== 'merged').sort(byEnd);
  const heirs = new Map(open.map((each) => [each, heirOf(each, sighted)]));
  const past: Past = {
    ended,
    unseen: new Set(open.filter((each) => heirs.get(each) === undefined)),
    revived: new Set(),
  };
  return sighted.map(({ sighting, ids }) => {
    const [oldest, ...merged] = open.filter((each) => heirs.get(each)?.sighting === sighting);
    if (oldest !== undefined) return { sighting, match: { kind: 'same', known: oldest, merged } };
    const whole = open.find((each) => overlaps(each, ids));
    if (whole !== undefined) return { sighting, match: { kind: 'split', known: whole } };
    return { sighting, match: matchEnded(ids, past) };
  });
}

/** The sighting a known finding goes on as: the one with its primary id, else with most of its ids, else the first. */
function heirOf<F>(known: KnownFinding, sighted: readonly Sighted<F>[]): Sighted<F> | undefined {
  const isPrimary = ({ ids }: Sighted<F>): number => Number(ids.includes(known.advisory));
  const shared = ({ ids }: Sighted<F>): number => ids.filter((id) => known.everIds.has(id)).length;
  const byNearness = byEach<Sighted<F>>(
    (a, b) => isPrimary(b) - isPrimary(a),
    (a, b) => shared(b) - shared(a),
  );
  const [heir] = sighted.filter(({ ids }) => overlaps(known, ids)).sort(byNearness);
  return heir;
}

/** What a sighting without an open namesake may be. */
interface Past {
  /** The last to end first. */
  readonly ended: readonly KnownFinding[];
  /** Open ones that no sighting shares an id with. */
  readonly unseen: Set<KnownFinding>;
  /** Ended ones that a sighting has revived. */
  readonly revived: Set<KnownFinding>;
}

/**
 * The last occurrence decides, by whatever name of any of them it is called now; a second sighting of what is one finding
 * again is split off from it.
 */
function matchEnded(ids: readonly string[], { ended, unseen, revived }: Past): Match {
  const named = ended.find((each) => overlaps(each, ids));
  if (named === undefined) return { kind: 'new' };
  const later = [...unseen].find((each) => comesAfter(each, named, ended));
  if (later !== undefined) {
    unseen.delete(later);
    return { kind: 'same', known: later, merged: [] };
  }
  const known = ended.find((each) => each === named || comesAfter(each, named, ended)) ?? named;
  if (isRealChange(known)) return { kind: 'back', known };
  if (revived.has(known)) return { kind: 'split', known };
  revived.add(known);
  return { kind: 'again', known };
}

/** Whether `later` is an occurrence after `earlier`. */
function comesAfter(later: KnownFinding, earlier: KnownFinding, ended: readonly KnownFinding[]): boolean {
  for (let at: KnownFinding | undefined = later; at?.back !== undefined;) {
    const { back }: KnownFinding = at;
    if (back === earlier.id) return true;
    at = ended.find(({ id }) => id === back);
  }
  return false;
}

/** Whether a change of the repository ended it, rather than a change of what is said about it. */
function isRealChange({ closed }: KnownFinding): boolean {
  return closed !== undefined && closed.by !== 'withdrawn' && closed.by !== 'no-longer-affected';
}

function overlaps({ everIds }: KnownFinding, ids: readonly string[]): boolean {
  return ids.some((id) => everIds.has(id));
}

/** Oldest first. */
const byAge = byEach<KnownFinding>(
  (a, b) => byMoment(a.firstSeen, b.firstSeen),
  (a, b) => byText(a.id, b.id),
);

/** The last to end first. */
const byEnd = byEach<KnownFinding>(
  (a, b) => byMoment(b.closed ?? b.firstSeen, a.closed ?? a.firstSeen),
  (a, b) => byText(a.id, b.id),
);
