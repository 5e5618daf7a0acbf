/** Gathers what all auditors reported, by target, ecosystem and package. */
import type { Audit, ReportedVulnerability } from '../model/audit.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import { normalizeName } from '../model/ecosystem.ts';
import type { InstalledPackage } from '../model/inventory.ts';
import { byEach, byText } from '../model/order.ts';

/** One vulnerability as reported, with the audit that reported it and the inventory entries it affects. */
export interface PackageReport {
  readonly audit: Audit;
  readonly vulnerability: ReportedVulnerability;
  /** Empty when the report names entries our own reading of the lock does not hold. */
  readonly entries: readonly InstalledPackage[];
}

/** Every report about one package of one target. Alias sets are merged inside a group, never across. */
export interface ReportGroup {
  readonly target: string;
  readonly ecosystem: Ecosystem;
  /** Normalized name. */
  readonly package: string;
  readonly reports: readonly PackageReport[];
}

const byGroup = byEach<ReportGroup>(
  (a, b) => byText(a.target, b.target),
  (a, b) => byText(a.ecosystem, b.ecosystem),
  (a, b) => byText(a.package, b.package),
);

/** The groups of all audits, sorted. Partial results of failed audits are in it: whoever found something is heard. */
export function collect(audits: readonly Audit[]): readonly ReportGroup[] {
  const groups = new Map<string, ReportGroup & { readonly reports: PackageReport[] }>();
  for (const audit of audits) {
    const entries = new Map(audit.inventory.packages.map((entry) => [entry.id, entry]));
    for (const vulnerability of audit.reported) {
      groupOf(groups, audit, vulnerability).reports.push({
        audit,
        vulnerability,
        entries: [...new Set(vulnerability.affects)].flatMap((id) => entries.get(id) ?? []),
      });
    }
  }
  return [...groups.values()].sort(byGroup);
}

function groupOf(
  groups: Map<string, ReportGroup & { readonly reports: PackageReport[] }>,
  { target }: Audit,
  vulnerability: ReportedVulnerability,
): ReportGroup & { readonly reports: PackageReport[] } {
  const name = normalizeName(target.ecosystem, vulnerability.package);
  const key = JSON.stringify([target.path, target.ecosystem, name]);
  const group = groups.get(key) ?? { target: target.path, ecosystem: target.ecosystem, package: name, reports: [] };
  groups.set(key, group);
  return group;
}
