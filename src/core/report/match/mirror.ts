/** Says of a mirror what an answer out of it rests on. */
import type { MatchMirror } from '../../model/match-report.ts';
import { heldSources, staleSources } from '../../model/mirror.ts';
import type { MirrorState } from '../../model/mirror.ts';

/** `state` as of `now` (UTC ISO-8601); a source older than `maxAgeMs` proves nothing by what it does not know. */
export function describeMirror(path: string, state: MirrorState, now: string, maxAgeMs: number): MatchMirror {
  const old = staleSources(state, now, maxAgeMs);
  const sources = heldSources(state).map(([source, { asOf, entries }]) => ({
    source,
    asOf,
    entries,
    isOld: old.includes(source),
  }));
  return { status: 'open', path, generation: state.generation, checksum: state.checksum, sources };
}
