/** Finds the releases that still carried a finding, by reading the locks as they were tagged. */
import type { Timeline } from '../core/model/finding.ts';
import type { Release } from '../core/model/release.ts';
import type { PastLocks, SoughtFinding } from './past-locks.ts';

/** Tags looked into, newest first: each costs a reading of every lock that has findings. */
const MOST_RELEASES = 24;

interface Dated {
  readonly timeline: Pick<Timeline, 'published'>;
}

/** For each finding, in order, the tags cut from its publication to `now` whose lock carried it, oldest first. */
export async function findCarriers(
  { findings, merged }: { readonly findings: readonly Dated[]; readonly merged: readonly SoughtFinding[] },
  releases: readonly Release[],
  now: string,
  past: PastLocks,
): Promise<readonly (readonly string[])[]> {
  const cut = releases.filter((release) => release.at <= now).slice(-MOST_RELEASES);
  return Promise.all(findings.map((finding, index) => carriersOf(finding, merged[index], cut, past)));
}

async function carriersOf(
  finding: Dated,
  merged: SoughtFinding | undefined,
  releases: readonly Release[],
  past: PastLocks,
): Promise<readonly string[]> {
  const published = finding.timeline.published;
  if (published === undefined || merged === undefined) return [];
  const carriers: string[] = [];
  for (const release of releases) {
    if (release.at >= published.at && (await past.carried(merged, release.tag))) carriers.push(release.tag);
  }
  return carriers;
}
