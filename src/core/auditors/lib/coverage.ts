/** Counts what an audit covered, and which skipped packages nobody has accepted. */
import type { Coverage } from '../../model/audit.ts';
import type { AcceptedUnaudited } from '../../model/auditor.ts';
import { type Ecosystem, normalizeName } from '../../model/ecosystem.ts';
import type { Inventory, SkippedPackage } from '../../model/inventory.ts';
import type { Target } from '../../model/target.ts';

/** `audited` packages were answered for; every skipped one counts as a package of the lock too. */
export function countCoverage(inventory: Inventory, audited: number): Coverage {
  return {
    packages: inventory.packages.length + inventory.skipped.length,
    audited,
    skipped: inventory.skipped,
  };
}

/** The skipped packages no one has accepted for this target: each of them leaves the audit incomplete. */
export function unacceptedSkips(
  target: Target,
  skipped: readonly SkippedPackage[],
  accepted: readonly AcceptedUnaudited[],
): readonly SkippedPackage[] {
  return skipped.filter((skip) => !accepted.some((entry) => accepts(entry, target, skip.name)));
}

function accepts(entry: AcceptedUnaudited, target: Target, name: string): boolean {
  if (entry.target !== undefined && entry.target !== target.path) return false;
  return sameName(target.ecosystem, entry.package, name);
}

function sameName(ecosystem: Ecosystem, a: string, b: string): boolean {
  return normalizeName(ecosystem, a) === normalizeName(ecosystem, b);
}
