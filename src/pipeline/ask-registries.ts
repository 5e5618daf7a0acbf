/** Asks the registry of each ecosystem when the versions of packages were published. */
import { findPackageSource } from '../core/auditors/package-sources.ts';
import type { AuditSettings } from '../core/model/auditor.ts';
import { ECOSYSTEMS, type Ecosystem } from '../core/model/ecosystem.ts';
import { sortedUnique } from '../core/model/order.ts';
import type { FoundReleases, ReleasesLookup } from '../core/model/package-releases.ts';
import { areCopyDates, countOrder } from '../core/timeline/copy-dates.ts';
import { readHistory } from '../core/timeline/release-history.ts';
import type { ReleaseHistory } from '../core/timeline/release-history.ts';
import type { Registry } from '../ports/registry.ts';
import { drive } from './drive.ts';
import type { ToolPorts } from './ports.ts';

export interface PackageName {
  readonly ecosystem: Ecosystem;
  readonly package: string;
}

/** A package's history, or in a clause why it is not known. */
export type HistoryAnswer = { readonly history: ReleaseHistory } | { readonly why: string };

export type Histories = (name: PackageName) => HistoryAnswer;

/** Nobody is asked about an ecosystem none of `packages` is of. Never rejects for what a registry or tool does. */
export async function askRegistries(
  packages: readonly PackageName[],
  settings: AuditSettings,
  ports: ToolPorts & { readonly registry: Registry },
): Promise<Histories> {
  const answers = await Promise.all(
    ECOSYSTEMS.map(async (ecosystem) => {
      const names = sortedUnique(packages.filter((each) => each.ecosystem === ecosystem).map((each) => each.package));
      return [ecosystem, names.length === 0 ? new Map() : await askOne(ecosystem, names, settings, ports)] as const;
    }),
  );
  const byEcosystem = new Map<Ecosystem, ReadonlyMap<string, HistoryAnswer>>(answers);
  return ({ ecosystem, package: name }) => byEcosystem.get(ecosystem)?.get(name) ?? { why: 'nobody was asked' };
}

async function askOne(
  ecosystem: Ecosystem,
  names: readonly string[],
  settings: AuditSettings,
  ports: ToolPorts & { readonly registry: Registry },
): Promise<ReadonlyMap<string, HistoryAnswer>> {
  const stage = { ...ports, onRun: () => undefined, onTool: () => undefined };
  const place = await drive(findPackageSource(ecosystem, settings), stage);
  if (place.status === 'unknown') return new Map(names.map((name) => [name, { why: place.detail }]));
  const lookUps = await ports.registry.lookUp(ecosystem, place.source, names);
  return readLookUps(ecosystem, lookUps, ports.clock.now());
}

function readLookUps(
  ecosystem: Ecosystem,
  lookUps: readonly ReleasesLookup[],
  now: string,
): ReadonlyMap<string, HistoryAnswer> {
  const histories = lookUps.filter(isFound).map((lookUp) => readHistory(ecosystem, lookUp, now));
  const order = countOrder(histories);
  const doubt = `of ${order.followed} versions ${order.late} are dated after a later patch, so its dates are not those of publication`;
  const known = new Map<string, HistoryAnswer>(
    histories.map((history) => [
      history.package,
      areCopyDates(order) ? { why: `at ${history.source} ${doubt}` } : { history },
    ]),
  );
  return new Map(lookUps.map((lookUp) => [lookUp.name, known.get(lookUp.name) ?? { why: whyNot(lookUp) }]));
}

function isFound(lookUp: ReleasesLookup): lookUp is FoundReleases {
  return lookUp.status === 'found';
}

function whyNot(lookUp: ReleasesLookup): string {
  if (lookUp.status === 'unavailable') return lookUp.detail;
  return lookUp.status === 'not-found' ? `${lookUp.source} does not know it` : 'it was not asked for';
}
