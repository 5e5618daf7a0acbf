/** Decides from a uv.lock's graph what is shipped, what is only for development, and what is asked for directly. */
import type { Scope } from '../../model/inventory.ts';
import type { UvDependency, UvLock, UvPackage } from './uv-lock-document.ts';

export interface UvGraph {
  scopeOf(entry: UvPackage): Scope;
  isDirect(entry: UvPackage): boolean;
  /** `name@version` of the packages it requires, extras included. */
  requiresOf(entry: UvPackage): readonly string[];
  /** What it requires and the lock has nothing for, by name. */
  unmetOf(entry: UvPackage): readonly string[];
}

// A real lock holds a handful of versions of a name; a hostile one would make the graph quadratic.
const MOST_VERSIONS = 100;

/** Whether `entry` is a project of the repository itself rather than something it uses. */
export function isOwnProject(entry: UvPackage, lock: UvLock): boolean {
  if (!/^(?:editable|virtual|directory)$/.test(entry.origin.kind)) return false;
  return entry.origin.place === '.' || lock.members.includes(entry.name);
}

/** Reads the graph from the repository's own projects on. What only a dependency group reaches is dev. */
export function readUvGraph(lock: UvLock): UvGraph {
  const byName = groupByName(lock.packages);
  const find = (wanted: readonly UvDependency[]): readonly UvPackage[] =>
    wanted.flatMap((one) => matching(one, byName));
  const own = lock.packages.filter((entry) => isOwnProject(entry, lock));
  const shipped = find(own.flatMap((entry) => [...entry.dependencies, ...entry.optional]));
  const grouped = find(own.flatMap((entry) => entry.groups));
  const prod = reach(shipped, find);
  const dev = reach(grouped, find);
  const direct = new Set([...shipped, ...grouped]);
  return {
    scopeOf: (entry) => (prod.has(entry) ? 'prod' : dev.has(entry) ? 'dev' : 'unknown'),
    isDirect: (entry) => direct.has(entry),
    requiresOf: (entry) => find([...entry.dependencies, ...entry.optional]).flatMap(idOf),
    unmetOf: ({ dependencies, optional, groups }) =>
      [...dependencies, ...optional, ...groups]
        .filter((one) => matching(one, byName).length === 0)
        .map(({ name }) => name),
  };
}

function idOf({ name, version }: UvPackage): readonly string[] {
  return version === undefined ? [] : [`${name}@${version}`];
}

function groupByName(packages: readonly UvPackage[]): ReadonlyMap<string, readonly UvPackage[]> {
  const byName = new Map<string, UvPackage[]>();
  for (const entry of packages) {
    const same = byName.get(entry.name);
    if (same === undefined) byName.set(entry.name, [entry]);
    else same.push(entry);
  }
  return byName;
}

function matching(
  { name, version }: UvDependency,
  byName: ReadonlyMap<string, readonly UvPackage[]>,
): readonly UvPackage[] {
  const same = (byName.get(name) ?? []).slice(0, MOST_VERSIONS);
  return version === undefined ? same : same.filter((entry) => entry.version === version);
}

function reach(
  from: readonly UvPackage[],
  find: (wanted: readonly UvDependency[]) => readonly UvPackage[],
): ReadonlySet<UvPackage> {
  const seen = new Set(from);
  for (const entry of seen) for (const next of find([...entry.dependencies, ...entry.optional])) seen.add(next);
  return seen;
}
