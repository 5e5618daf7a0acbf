/** Turns npm's advisories into reported vulnerabilities, placed on our own reading of the lock by our own comparison. */
import semver from 'semver';
import type { ReportedVulnerability } from '../../model/audit.ts';
import type { InstalledPackage, Inventory } from '../../model/inventory.ts';
import { byEach, byText, sortedUnique } from '../../model/order.ts';
import type { SeverityLevel, SeverityStatement } from '../../model/severity.ts';
import { SEVERITY_LEVELS } from '../../model/severity.ts';
import { excerpt } from '../../model/text.ts';
import type { NpmAdvisory } from './npm-report.ts';
import { CANARY } from './question.ts';

export const AUDITOR = 'npm-audit';

const LONGEST_SUMMARY = 500;
const LOOSE = { includePrerelease: true, loose: true };

export interface Placed {
  /** Sorted by package, then by ids. */
  readonly reported: readonly ReportedVulnerability[];
  /** Advisories for packages that our reading does not have. */
  readonly unplaced: readonly NpmAdvisory[];
}

/**
 * `idsOfNode` gives the inventory ids a node of the report stands for, `auditor` is whose report it is. The canary's own
 * advisories are dropped.
 */
export function placeAdvisories(
  advisories: readonly NpmAdvisory[],
  inventory: Inventory,
  idsOfNode: (node: string) => readonly string[],
  auditor: string,
): Placed {
  const byName = groupByName(inventory.packages);
  const byFlaw = new Map<string, ReportedVulnerability>();
  const unplaced: NpmAdvisory[] = [];
  for (const advisory of advisories) {
    const entries = byName.get(advisory.package) ?? [];
    const affects = findAffected(advisory, entries, idsOfNode);
    if (affects.length === 0) {
      if (!isCanaryOnly(advisory)) unplaced.push(advisory);
      continue;
    }
    const found = toReported(advisory, affects, auditor);
    const key = JSON.stringify([found.package, flawId(advisory)]);
    const earlier = byFlaw.get(key);
    byFlaw.set(key, earlier ? mergeReported(earlier, found) : found);
  }
  const order = byEach<ReportedVulnerability>(
    (a, b) => byText(a.package, b.package),
    (a, b) => byText(a.ids.join(), b.ids.join()),
  );
  return { reported: [...byFlaw.values()].sort(order), unplaced };
}

function groupByName(packages: readonly InstalledPackage[]): ReadonlyMap<string, readonly InstalledPackage[]> {
  const groups = new Map<string, InstalledPackage[]>();
  for (const entry of packages) {
    const group = groups.get(entry.name);
    if (group) group.push(entry);
    else groups.set(entry.name, [entry]);
  }
  return groups;
}

/** A range nobody can read, and one that fits nothing although npm says it fits, count for what npm lists. */
function findAffected(
  advisory: NpmAdvisory,
  entries: readonly InstalledPackage[],
  idsOfNode: (node: string) => readonly string[],
): readonly string[] {
  const range = semver.validRange(advisory.range ?? '*', LOOSE);
  if (range !== null) {
    const inRange = entries.filter((entry) => semver.satisfies(entry.version, range, LOOSE));
    if (inRange.length > 0 || isCanaryOnly(advisory)) return inRange.map((entry) => entry.id).sort(byText);
  }
  const known = new Set(entries.map((entry) => entry.id));
  const listed = advisory.nodes.flatMap(idsOfNode).filter((id) => known.has(id));
  return sortedUnique(listed.length > 0 ? listed : range === null ? known : []);
}

function isCanaryOnly(advisory: NpmAdvisory): boolean {
  if (advisory.package !== CANARY.name || !advisory.nodes.includes(CANARY.node)) return false;
  return advisory.nodes.length === 1 || semver.satisfies(CANARY.version, advisory.range ?? '*', LOOSE);
}

/** GHSA id from the address, whatever host it is on; else npm's own number, else its title. */
function flawId(advisory: NpmAdvisory): string {
  const ghsa = /GHSA(?:-[0-9a-z]{4}){3}/i.exec(advisory.ids.join(' ') || (advisory.url ?? ''))?.[0];
  if (ghsa !== undefined) return `GHSA${ghsa.slice(4).toLowerCase()}`;
  return `npm:${excerpt(advisory.source ?? advisory.title, 80)}`;
}

function toReported(advisory: NpmAdvisory, affects: readonly string[], auditor: string): ReportedVulnerability {
  const severity = toSeverity(advisory, auditor);
  const others = advisory.ids.filter((id) => /^CVE-\d{4}-\d+$/.test(id));
  return {
    auditor,
    package: advisory.package,
    affects,
    ids: sortedUnique([flawId(advisory), ...others]),
    summary: excerpt(advisory.title, LONGEST_SUMMARY),
    ...(isWebAddress(advisory.url) && { url: advisory.url }),
    ...(severity && { severity }),
    ...(advisory.range !== undefined && { range: excerpt(advisory.range, LONGEST_SUMMARY) }),
    fixedIn: sortedUnique(advisory.fixedIn),
  };
}

function isWebAddress(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\/[^\s"'<>\\]+$/i.test(url);
}

const LEVELS: ReadonlyMap<string, SeverityLevel> = new Map([
  ['critical', 'critical'],
  ['high', 'high'],
  ['moderate', 'medium'],
  ['medium', 'medium'],
  ['low', 'low'],
  ['info', 'low'],
]);

/** A word npm does not know is no statement. A score of 0 is "not scored", never "harmless". */
function toSeverity(advisory: NpmAdvisory, auditor: string): SeverityStatement | undefined {
  const level = LEVELS.get(advisory.severity ?? '');
  if (level === undefined) return undefined;
  const { score, vector } = advisory;
  return {
    from: 'tool',
    by: auditor,
    level,
    ...(score !== undefined && score > 0 && score <= 10 && { score }),
    ...(vector !== undefined && /^[\w:./-]{1,300}$/.test(vector) && { vector }),
  };
}

/** One flaw comes once for each of its ranges: together they are one report, with the worst of their severities. */
function mergeReported(a: ReportedVulnerability, b: ReportedVulnerability): ReportedVulnerability {
  const severity = worse(a.severity, b.severity);
  const ranges = sortedUnique([a.range, b.range].filter((range) => range !== undefined));
  return {
    ...a,
    affects: sortedUnique([...a.affects, ...b.affects]),
    ids: sortedUnique([...a.ids, ...b.ids]),
    fixedIn: sortedUnique([...a.fixedIn, ...b.fixedIn]),
    ...(severity && { severity }),
    ...(ranges.length > 0 && { range: ranges.join(' || ') }),
  };
}

function worse(a: SeverityStatement | undefined, b: SeverityStatement | undefined): SeverityStatement | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return SEVERITY_LEVELS.indexOf(b.level) < SEVERITY_LEVELS.indexOf(a.level) ? b : a;
}
