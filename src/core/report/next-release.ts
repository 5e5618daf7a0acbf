/** Decides which release was the last one and what the next one is called at least. */
import semver from 'semver';
import type { Release } from '../model/release.ts';
import type { ReportView } from '../model/report.ts';

/**
 * The highest version tagged by `asOf` and the smallest version after it, both written as the repository writes its
 * tags. Pre-releases count only where nothing else was ever released. Empty without a release.
 */
export function nextRelease(releases: readonly Release[], asOf: string): ReportView['nextRelease'] {
  const cut = releases.filter(({ at, version }) => at <= asOf && semver.valid(version) !== null);
  const finals = cut.filter(({ version }) => semver.prerelease(version) === null);
  const [last] = (finals.length > 0 ? finals : cut).toSorted((a, b) => semver.compareBuild(b.version, a.version));
  if (last === undefined) return {};
  const next = semver.inc(last.version, 'patch');
  return { last: last.tag, ...(next === null ? {} : { next: rename(last, next) }) };
}

/** `next` with the prefix of the tag before it, such as `v` or `api/v`. */
function rename({ tag, version }: Release, next: string): string {
  return tag.endsWith(version) ? tag.slice(0, tag.length - version.length) + next : next;
}
