/** Decides which tags are releases of which level, and what the next one would be called. */
import semver from 'semver';
import type { ReleaseLevel } from '../model/policy.ts';
import type { Release } from '../model/release.ts';

type Step = Exclude<ReleaseLevel, 'any'>;

const STEPS: readonly Step[] = ['patch', 'minor', 'major'];

/** The releases that count, oldest first: pre-releases are none, unless nothing else was ever tagged. */
export function countedReleases(releases: readonly Release[]): readonly Release[] {
  const readable = releases.filter(({ version }) => semver.valid(version) !== null);
  const final = readable.filter(({ version }) => semver.prerelease(version) === null);
  return final.length > 0 ? final : readable;
}

/** Whether a release is a step of `level` or a bigger one: a major release is also the next minor one. */
export function isOfLevel(release: Release, level: ReleaseLevel, releases: readonly Release[]): boolean {
  return level === 'any' || STEPS.indexOf(stepOf(release, releases)) >= STEPS.indexOf(level);
}

/** The next tag of `level` after the highest one, written as the repository writes its tags; `null` before the first. */
export function nextTag(releases: readonly Release[], level: ReleaseLevel): string | null {
  const last = highest(countedReleases(releases));
  const next = last === null ? null : semver.inc(last.version, level === 'any' ? 'patch' : level);
  return last === null || next === null ? null : prefixOf(last) + next;
}

/** What the repository writes before a version, such as `v` or `api/v`. */
export function prefixOf({ tag, version }: Release): string {
  return tag.endsWith(version) ? tag.slice(0, tag.length - version.length) : '';
}

/** How far a release steps from the highest lower one that was there before it; the first of all is the biggest step. */
export function stepOf(release: Release, releases: readonly Release[]): Step {
  const lower = highest(releases.filter(({ version, at }) => at <= release.at && semver.lt(version, release.version)));
  if (lower === null || semver.major(lower.version) !== semver.major(release.version)) return 'major';
  return semver.minor(lower.version) === semver.minor(release.version) ? 'patch' : 'minor';
}

/** The release with the highest version; `null` of none. */
export function highest(releases: readonly Release[]): Release | null {
  const [first, ...others] = releases;
  if (first === undefined) return null;
  return others.reduce((best, each) => (semver.gt(each.version, best.version) ? each : best), first);
}
