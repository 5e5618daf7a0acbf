/** Lists what the locks install as CycloneDX components, and which of them asks for which. */
import { byText } from '../../model/order.ts';
import type { ReportPackage, ReportTarget, ReportView } from '../../model/report.ts';
import { packageUrl } from '../package-url.ts';
import { packageRef, targetRef, type Place } from './refs.ts';
import { line, versionLine } from './text.ts';

/** The name of the repository itself. */
export const ROOT = 'repository';

export interface Materials {
  readonly components: readonly object[];
  readonly dependencies: readonly object[];
}

/** Components by their name, and what each of them asks for. */
interface Bill {
  readonly components: Map<string, object>;
  readonly dependencies: Map<string, Set<string>>;
}

/** Targets first, then packages, both sorted; every package a finding is about is among them. */
export function collectMaterials(view: ReportView): Materials {
  const bill: Bill = { components: new Map(), dependencies: new Map([[ROOT, new Set()]]) };
  for (const target of view.targets) addTarget(bill, target, target);
  for (const { ecosystem, target: path, package: name, versions } of view.findings) {
    const place = { ecosystem, path };
    addTarget(bill, place);
    for (const version of versions) addComponent(bill, place, { name, version });
  }
  return {
    components: sortedBy(bill.components).map(([, component]) => component),
    dependencies: sortedBy(bill.dependencies).map(([ref, wanted]) => ({
      ref,
      ...(wanted.size === 0 ? {} : { dependsOn: [...wanted].sort(byText) }),
    })),
  };
}

function addTarget(bill: Bill, place: Place, target?: ReportTarget): void {
  const ref = targetRef(place);
  if (!bill.components.has(ref)) {
    const properties = [{ name: 'fixby:ecosystem', value: place.ecosystem }];
    bill.components.set(ref, { type: 'application', 'bom-ref': ref, name: line(place.path, true), properties });
    bill.dependencies.set(ref, new Set());
    ask(bill, ROOT, ref);
  }
  addPackages(bill, place, target?.packages ?? []);
  for (const { name, version, reason } of target?.coverage.skipped ?? []) {
    addComponent(bill, place, { name, version, reason });
  }
}

function addPackages(bill: Bill, place: Place, packages: readonly ReportPackage[]): void {
  const refs = new Map(packages.map(({ id, name, version }) => [id, packageRef(place, name, version)]));
  for (const one of packages) {
    const ref = addComponent(bill, place, one);
    if (one.direct) ask(bill, targetRef(place), ref);
    for (const id of one.requires ?? []) {
      const wanted = refs.get(id);
      if (wanted !== undefined && wanted !== ref) ask(bill, ref, wanted);
    }
  }
}

interface Material extends Pick<ReportPackage, 'name'> {
  readonly version?: string | undefined;
  readonly scope?: ReportPackage['scope'];
  /** Why no auditor can answer for it. */
  readonly reason?: string;
}

/** What is known of a component already is kept: the lock says more of it than a finding. */
function addComponent(bill: Bill, place: Place, { name, version, scope, reason }: Material): string {
  const ref = packageRef(place, name, version);
  if (!bill.dependencies.has(ref)) bill.dependencies.set(ref, new Set());
  if (bill.components.has(ref)) return ref;
  bill.components.set(ref, {
    type: 'library',
    'bom-ref': ref,
    name: line(name, true),
    ...(version === undefined ? {} : { version: versionLine(version) }),
    ...(scope === undefined || scope === 'unknown' ? {} : { scope: scope === 'prod' ? 'required' : 'excluded' }),
    purl: packageUrl({ ecosystem: place.ecosystem, package: name }, version),
    ...(reason === undefined ? {} : { properties: [{ name: 'fixby:notAudited', value: line(reason) }] }),
  });
  return ref;
}

function ask({ dependencies }: Bill, from: string, to: string): void {
  const wanted = dependencies.get(from);
  if (wanted === undefined) dependencies.set(from, new Set([to]));
  else wanted.add(to);
}

function sortedBy<V>(map: ReadonlyMap<string, V>): readonly (readonly [string, V])[] {
  return [...map].sort(([a], [b]) => byText(a, b));
}
