/** Finds what packages of a lock need and the lock does not give them: npm would fetch it, and nobody asked about it. */
import { fulfils } from './check-step.ts';
import type { LockGraph } from './lock-graph.ts';
import type { LockPackage } from './sort-entries.ts';

/** A name that is needed and not there, and who needs it. */
export interface Unmet {
  readonly name: string;
  readonly by: string;
}

type Packages = ReadonlyMap<string, LockPackage>;

/**
 * What packages need and the lock has nothing for. What is bundled is packed by its author, and what is optional or a
 * peer may rightly be absent.
 */
export function findUnmet(packages: Packages, graph: LockGraph): readonly Unmet[] {
  return [...packages.values()].flatMap((entry) => {
    if (isPacked(entry, packages)) return [];
    return [...entry.requests.prod.keys()]
      .filter((name) => name !== '' && entry.bundled?.has(name) !== true)
      .filter((name) => graph.find(entry.location, name) === undefined)
      .map((name) => ({ name, by: idOf(entry) }));
  });
}

/** Packages the lock gives to those that need another version, one sentence each: npm would fetch that one. */
export function findMisfits(packages: Packages, graph: LockGraph, overridden: ReadonlySet<string>): readonly string[] {
  return [...packages.values()].flatMap((entry) => {
    if (isPacked(entry, packages)) return [];
    return [...entry.requests.prod, ...entry.requests.optional].flatMap(([name, range]) => {
      const found = packages.get(graph.find(entry.location, name) ?? '');
      const differences = fulfils(name, range, found, overridden);
      if (differences.length === 0 || entry.bundled?.has(name) === true || isShrinkwrapped(found, packages)) return [];
      return differences.map((difference) => `${idOf(entry)}: ${difference}`);
    });
  });
}

function idOf({ name, version }: LockPackage): string {
  return `${name}@${version}`;
}

/** What came in a bundle was packed with all that it needs; only beneath a package that bundles can that be. */
function isPacked({ inBundle, location }: LockPackage, packages: Packages): boolean {
  return inBundle === true && packagesAround(location, packages).some(({ bundled }) => bundled !== undefined);
}

function isShrinkwrapped(found: LockPackage | undefined, packages: Packages): boolean {
  return packagesAround(found?.location ?? '', packages).some(({ hasShrinkwrap }) => hasShrinkwrap === true);
}

function packagesAround(location: string, packages: Packages): readonly LockPackage[] {
  const around: LockPackage[] = [];
  for (
    let end = location.lastIndexOf('/node_modules/');
    end > 0;
    end = location.lastIndexOf('/node_modules/', end - 1)
  ) {
    const found = packages.get(location.slice(0, end));
    if (found !== undefined) around.push(found);
  }
  return around;
}
