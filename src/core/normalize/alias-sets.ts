/** Decides which ids name one flaw of one package: union-find over what the auditors and the records say. */
import type { OsvRecord } from '../model/advisory.ts';
import { byText, sortedUnique } from '../model/order.ts';
import type { AdvisoryIndex } from './advisory-index.ts';
import type { PackageReport, ReportGroup } from './collect.ts';
import { DisjointSets } from './disjoint-sets.ts';
import { aliasesOf, canonicalId } from './ids.ts';

/** One flaw of one package of one target. */
export interface AliasSet {
  /** Sorted; never empty. */
  readonly ids: readonly string[];
  readonly reports: readonly PackageReport[];
  /** Records about this package (or about none by name) whose id is in the set; sorted by id. */
  readonly records: readonly OsvRecord[];
}

/**
 * The alias sets of a group, sorted by their ids; the order of reports and lookups does not matter.
 * A record counts only where it names the group's package, or no package at all. One CVE may cover several packages: an
 * id whose record is about others only is no name of this flaw, unless an auditor itself gave it.
 */
export function aliasSets(group: ReportGroup, index: AdvisoryIndex): readonly AliasSet[] {
  const named = group.reports.map((report) => ({ report, ids: reportedIds(report) }));
  const reported = new Set(named.flatMap(({ ids }) => ids));
  const isForeign = (id: string): boolean => !reported.has(id) && index.isElsewhere(id, group.ecosystem, group.package);
  const records = index.recordsAbout(group.ecosystem, group.package);

  const sets = new DisjointSets();
  for (const { ids } of named) sets.join(ids);
  for (const record of records) sets.join([record.id, ...aliasesOf(record).filter((id) => !isForeign(id))]);

  return sets
    .all()
    .filter((ids) => ids.some((id) => reported.has(id)))
    .map((ids) => describeSet(ids, named, records))
    .sort((a, b) => byText(a.ids.join('+'), b.ids.join('+')));
}

/** The ids of one report in their one spelling; never empty. */
export function reportedIds(report: PackageReport): readonly string[] {
  return sortedUnique(report.vulnerability.ids.map(canonicalId));
}

interface NamedReport {
  readonly report: PackageReport;
  readonly ids: readonly string[];
}

function describeSet(ids: readonly string[], named: readonly NamedReport[], records: readonly OsvRecord[]): AliasSet {
  const members = new Set(ids);
  return {
    ids,
    reports: named.filter((each) => each.ids.some((id) => members.has(id))).map(({ report }) => report),
    records: records.filter((record) => members.has(record.id)),
  };
}
