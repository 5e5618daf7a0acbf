/** Decides when the fix of a finding was released: when the first version that clears it could be installed. */
import { affects } from '../match/affected.ts';
import { fixedVersionsFor, smallestFix, stepKind } from '../match/fix.ts';
import { canonicalBound, compareCanonical, compareVersions } from '../match/version.ts';
import type { DatedFact, Fix } from '../model/finding.ts';
import type { MergedFinding } from '../model/merged-finding.ts';
import { byText, sortedUnique } from '../model/order.ts';
import type { AvailableVersion, ReleaseHistory } from './release-history.ts';

/** What a registry makes of a finding's fix; `fix` is what can really be installed. */
export type FixDating =
  | { readonly status: 'dated'; readonly fixReleased: DatedFact; readonly fix: Fix }
  /** Every version that fixes it was taken back, and none came after. */
  | { readonly status: 'withdrawn'; readonly fix: Fix }
  /** The registry has no version that fixes it, and does not say that it ever had. */
  | { readonly status: 'unknown' };

/**
 * The date on which every installed version had a way out. For one installed version that is the first day on which a
 * version could be installed that is at least the smallest fixed one above it and that no live record calls affected:
 * first by date, so that a later backport never makes the clock start again. Versions of trial count only when a record
 * names them as fixed. Only for findings with a known fix version.
 */
export function dateFix(finding: MergedFinding, history: ReleaseHistory): FixDating {
  const named = namedFixes(finding);
  const ways = finding.versions.map((installed) => waysOut(finding, installed, named, history));
  const firsts = ways.map(([first]) => first);
  if (firsts.length === 0 || firsts.includes(undefined)) return withoutWay(finding, named, history);
  const [last] = firsts.flatMap((first) => first ?? []).sort((a, b) => byText(b.at, a.at));
  if (last === undefined) return { status: 'unknown' };
  const source = `${finding.package} ${last.version}, published at ${history.source}`;
  return { status: 'dated', fixReleased: { at: last.at, source }, fix: installableFix(finding, history, ways) };
}

/** Versions some source names as fixed: those that no live record calls affected, or all where each is contradicted. */
function namedFixes(finding: MergedFinding): readonly string[] {
  const { ecosystem, package: name, records, reports } = finding;
  const recorded = records.flatMap((record) => fixedVersionsFor(record, ecosystem, name));
  const named = sortedUnique([...recorded, ...reports.flatMap(({ fixedIn }) => fixedIn)]);
  const clean = named.filter((version) => !isAffected(finding, version));
  return clean.length > 0 ? clean : named;
}

/** What an installed version could have been replaced by, first published first. */
function waysOut(
  finding: MergedFinding,
  installed: string,
  named: readonly string[],
  { ecosystem, available }: ReleaseHistory,
): readonly AvailableVersion[] {
  const smallest = smallestFix(ecosystem, [installed], named);
  const floor = smallest === undefined ? null : canonicalBound(ecosystem, smallest);
  if (floor === null) return [];
  const stated = new Set(named.flatMap((version) => canonicalBound(ecosystem, version) ?? []));
  return available.filter(
    ({ canonical, prerelease }) =>
      compareCanonical(ecosystem, canonical, floor) >= 0 &&
      (stated.has(canonical) || (!prerelease && !isAffected(finding, canonical))),
  );
}

function isAffected({ ecosystem, package: name, records }: MergedFinding, version: string): boolean {
  const live = records.filter(({ withdrawn }) => withdrawn === undefined || withdrawn === null);
  return live.some((record) => affects(record, ecosystem, name, version).affected);
}

/** The fix as it is, unless that version is not there: then the smallest that clears every installed version. */
function installableFix(
  { ecosystem, fix, versions }: MergedFinding,
  { available }: ReleaseHistory,
  ways: readonly (readonly AvailableVersion[])[],
): Fix {
  const isThere = (version = ''): boolean => {
    const wanted = canonicalBound(ecosystem, version);
    return available.some(({ canonical }) => canonical === wanted);
  };
  const named = [fix, ...(fix.steps ?? [])];
  if (named.every(({ version }) => isThere(version))) return fix;
  if (isThere(fix.version)) return withoutSteps(fix);
  const [smallest] = (ways[0] ?? [])
    .filter((way) => ways.every((each) => each.includes(way)))
    .sort((a, b) => compareCanonical(ecosystem, a.canonical, b.canonical));
  const highest = [...versions].sort((a, b) => compareVersions(ecosystem, a, b)).at(-1);
  if (smallest === undefined || highest === undefined) return fix;
  const kind = stepKind(ecosystem, highest, smallest.canonical);
  return { available: true, version: smallest.version, ...(kind === undefined ? {} : { kind }) };
}

/** A step to a version that is not there is none; the one version that clears them all is. */
function withoutSteps({ available, version, kind }: Fix): Fix {
  return { available, ...(version === undefined ? {} : { version }), ...(kind === undefined ? {} : { kind }) };
}

/** Only a registry that says it took a fix back is believed that there is none: one that lacks it may be behind. */
function withoutWay(
  { ecosystem, versions }: MergedFinding,
  named: readonly string[],
  { withdrawn }: ReleaseHistory,
): FixDating {
  const above = named.filter((version) => smallestFix(ecosystem, versions, [version]) !== undefined);
  const areGone = above.every((version) => withdrawn.has(canonicalBound(ecosystem, version) ?? ''));
  return above.length > 0 && areGone ? { status: 'withdrawn', fix: { available: false } } : { status: 'unknown' };
}
