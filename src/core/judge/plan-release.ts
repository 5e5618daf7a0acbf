/** Decides whether a version can follow the releases there are, and how far it steps from the last one of its line. */
import semver from 'semver';
import type { PlannedRelease, Release } from '../model/release.ts';
import { UsageError } from '../model/problem.ts';
import { excerpt } from '../model/text.ts';
import { countedReleases, highest, prefixOf, stepOf } from './releases.ts';

/**
 * The plan for a version as somebody typed it, with or without the prefix of the repository's tags. `releases` are those
 * cut so far. Throws a UsageError for a version that is no semver, that is tagged already, or that goes backwards in its
 * line: the releases of the same minor version, else of the same major version, else all of them.
 * https://semver.org/#spec-item-11
 */
export function planRelease(typed: string, releases: readonly Release[]): PlannedRelease {
  const readable = releases.filter((release) => semver.valid(release.version) !== null);
  const version = readVersion(typed, readable);
  const last = highest(lineOf(version, readable));
  if (last !== null && semver.gte(last.version, version)) throw refuse(version, last, readable);

  const candidate = { tag: version, version, at: LAST_MOMENT, commit: '' };
  const counted = countedReleases([...readable, candidate]);
  const isFinal = semver.prerelease(version) === null;
  const followed = highest((isFinal ? counted : readable).filter((each) => semver.lt(each.version, version)));
  const newest = highest(countedReleases(readable));
  return {
    version,
    tag: newest === null ? typed.trim() : prefixOf(newest) + version,
    level: isFinal ? stepOf(candidate, counted) : 'prerelease',
    ...(followed === null ? {} : { previous: followed.tag }),
  };
}

// A plan follows every release there is.
const LAST_MOMENT = '9999-12-31T23:59:59.999Z';

function readVersion(typed: string, releases: readonly Release[]): string {
  const text = typed.trim();
  const bare = releases.map(prefixOf).find((prefix) => prefix !== '' && text.startsWith(prefix));
  const parsed = semver.parse(text) ?? semver.parse(text.slice(bare?.length ?? 0));
  if (parsed !== null)
    return [parsed.version, ...(parsed.build.length === 0 ? [] : [parsed.build.join('.')])].join('+');
  throw new UsageError(
    'version-not-semver',
    `"${excerpt(typed)}" is no version: releases are read as semver.`,
    'Write it as 1.2.3, or 1.2.3-rc.1 for a pre-release.',
  );
}

/** The releases a version has to be above: a maintenance line goes on below the newest release. */
function lineOf(version: string, releases: readonly Release[]): readonly Release[] {
  const sameMajor = releases.filter((each) => semver.major(each.version) === semver.major(version));
  const sameMinor = sameMajor.filter((each) => semver.minor(each.version) === semver.minor(version));
  return [sameMinor, sameMajor].find((line) => line.length > 0) ?? releases;
}

function refuse(version: string, last: Release, releases: readonly Release[]): UsageError {
  const next = semver.inc(last.version, 'patch');
  const mend = `Name a version above ${excerpt(last.tag)}${next === null ? '' : `, such as ${next}`}.`;
  const same = releases.find((each) => semver.eq(each.version, version));
  if (same !== undefined) {
    const message = `${version} exists already: ${excerpt(same.tag)} was tagged on ${same.at.slice(0, 10)}.`;
    return new UsageError('version-exists', message, mend);
  }
  const line = `the last release of its line is ${excerpt(last.tag)} of ${last.at.slice(0, 10)}`;
  return new UsageError('version-backwards', `${version} goes backwards: ${line}.`, mend);
}
