/** The window that lasts until the next release: the first tag of its level that still carries the finding breaks it. */
import type { ReleaseLevel } from '../../model/policy.ts';
import type { Release } from '../../model/release.ts';
import type { WindowFacts, WindowOf, WindowOutcome, WindowRule } from '../../model/window-rule.ts';
import { dayOf } from '../calendar.ts';
import { countedReleases, isOfLevel, nextTag } from '../releases.ts';

export const nextRelease: WindowRule<WindowOf<'next-release'>> = {
  kind: 'next-release',
  judge(window, facts) {
    const breach = firstBreach(window, facts);
    return breach === undefined ? waitFor(window, facts) : breakAt(breach, facts);
  },
};

/** The first release of the level, cut after the clock started and before now, that still carried the finding. */
function firstBreach(
  { level }: WindowOf<'next-release'>,
  { startedAt, now, releases, carriedBy }: WindowFacts,
): Release | undefined {
  const counted = countedReleases(releases);
  const after = counted.filter(({ at }) => at > startedAt && at < now);
  const carrying = after.filter((release) => carriedBy.includes(release.tag) && isOfLevel(release, level, counted));
  return carrying.reduce<Release | undefined>(
    (first, each) => (first === undefined || each.at < first.at ? each : first),
    undefined,
  );
}

function breakAt({ tag, at }: Release, { timeZone }: WindowFacts): WindowOutcome {
  return {
    state: 'overdue',
    dueAt: at,
    reason: `${tag} was tagged on ${dayOf(at, timeZone).toString()} and still carried it`,
  };
}

function waitFor({ level }: WindowOf<'next-release'>, { releases }: WindowFacts): WindowOutcome {
  const next = nextTag(releases, level);
  const name = next === null ? 'the first release' : `the next ${nameOf(level)}, ${next} or later`;
  return { state: 'next-release', reason: `it has to be gone in ${name}` };
}

function nameOf(level: ReleaseLevel): string {
  return level === 'any' ? 'release' : `${level} release`;
}
