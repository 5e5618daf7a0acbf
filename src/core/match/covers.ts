/** Decides whether an accepted risk is about a finding. */
import pep440 from '@renovatebot/pep440';
import semver from 'semver';
import type { Ecosystem } from '../model/ecosystem.ts';
import { normalizeName } from '../model/ecosystem.ts';
import type { RiskException } from '../model/exception.ts';
import type { Finding } from '../model/finding.ts';

/** What of a finding an exception can name. */
export type Coverable = Pick<
  Finding,
  'advisory' | 'target' | 'ecosystem' | 'package' | 'versions' | 'paths' | 'pathsOmitted'
>;

type Scope = Pick<RiskException, 'advisory' | 'target' | 'package' | 'versions' | 'path'>;

/**
 * Every condition an exception names has to hold, for all of the finding: a range covers every installed version, a path
 * every way in. What is not known (no versions, no graph, ways left out) is not covered.
 */
export function covers({ advisory, target, package: name, versions, path }: Scope, finding: Coverable): boolean {
  return (
    isNamed(advisory, finding) &&
    (target === undefined || target === finding.target) &&
    (name === undefined || normalizeName(finding.ecosystem, name) === finding.package) &&
    (versions === undefined || coversVersions(versions, finding)) &&
    (path === undefined || coversPaths(path, finding))
  );
}

/** Whether `id` is one of the names of a finding's advisory. */
export function isNamed(id: string, { advisory }: Pick<Finding, 'advisory'>): boolean {
  return [advisory.id, ...advisory.aliases].some((each) => each.toLowerCase() === id.toLowerCase());
}

/** Whether a range is one that the ecosystem's own tools can read. */
export function isRangeOf(ecosystem: Ecosystem, range: string): boolean {
  return ecosystem === 'npm' ? semver.validRange(range) !== null : pep440.validRange(range);
}

function coversVersions(range: string, { ecosystem, versions }: Coverable): boolean {
  if (!isRangeOf(ecosystem, range)) return false;
  const isIn = (version: string): boolean =>
    ecosystem === 'npm'
      ? semver.satisfies(version, range, { includePrerelease: true })
      : pep440.satisfies(version, range, { prereleases: true });
  return versions.length > 0 && versions.every(isIn);
}

function coversPaths(path: string, { paths, pathsOmitted }: Coverable): boolean {
  const names = path.split('>').map((name) => name.trim());
  return (
    pathsOmitted === 0 && paths.length > 0 && paths.every((way) => names.every((name, index) => way[index] === name))
  );
}
