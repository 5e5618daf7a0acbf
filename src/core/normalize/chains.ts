/** Finds how a package got in: every chain of packages from something the repository asks for, shortest first. */
import type { InstalledPackage, Inventory } from '../model/inventory.ts';
import { byEach, byText } from '../model/order.ts';

/** Chains of package names, a direct dependency first, the package itself last. */
export interface Chains {
  readonly paths: readonly (readonly string[])[];
  /** Chains found beyond the cap. Counting stops at a bound, so very large numbers mean "at least". */
  readonly omitted: number;
}

/** How many chains are shown, how many are counted, and how many steps the search may take: chains can be exponentially many. */
const SHOWN = 20;
const COUNTED = 1000;
const MAX_STEPS = 20_000;

/** A chain in the making, from its head down to the package. */
interface Link {
  readonly entry: InstalledPackage;
  readonly next: Link | null;
  readonly length: number;
}

/** An inventory's requirements turned around, with each entry's distance from the nearest direct dependency. */
export interface DependencyGraph {
  readonly requiredBy: ReadonlyMap<string, readonly InstalledPackage[]>;
  /** Absent for what no direct dependency leads to. */
  readonly distance: ReadonlyMap<string, number>;
}

/** Turns `requires` around once, for all the questions about one inventory. */
export function readGraph(inventory: Pick<Inventory, 'packages'>): DependencyGraph {
  const entries = new Map(inventory.packages.map((entry) => [entry.id, entry]));
  const requiredBy = new Map<string, InstalledPackage[]>();
  for (const entry of [...inventory.packages].sort(byId)) {
    for (const id of new Set(entry.requires)) {
      const dependents = requiredBy.get(id);
      if (dependents === undefined) requiredBy.set(id, [entry]);
      else dependents.push(entry);
    }
  }
  return { requiredBy, distance: measure(entries) };
}

/**
 * The chains that lead to any of `entries`; no entry stands twice in one. A direct dependency that is also required by
 * another has both chains. Empty where nothing the repository asks for leads there, as far as the lock says.
 */
export function findChains(graph: DependencyGraph, entries: readonly InstalledPackage[]): Chains {
  const found = new Map<string, readonly string[]>();
  const queue = new ChainQueue(graph);
  for (const entry of [...entries].sort(byId).reverse()) queue.add({ entry, next: null, length: 1 });
  for (let link = queue.take(); link !== null && found.size < COUNTED; link = queue.take()) {
    if (link.entry.direct) {
      const names = namesOf(link);
      found.set(names.join('\n'), names);
    }
    for (const parent of (graph.requiredBy.get(link.entry.id) ?? []).toReversed()) {
      if (!holds(link, parent)) queue.add({ entry: parent, next: link, length: link.length + 1 });
    }
  }
  const paths = [...found.values()].slice(0, SHOWN).sort(byChain);
  return { paths, omitted: found.size - paths.length };
}

/**
 * Hands out the link that can become the shortest chain, and of equals the longest: with exact distances the shortest
 * chains come first and complete, however many there are in all.
 */
class ChainQueue {
  readonly #distance: ReadonlyMap<string, number>;
  readonly #buckets: Link[][] = [];
  #lowest = 0;
  #steps = 0;

  constructor(graph: DependencyGraph) {
    this.#distance = graph.distance;
  }

  add(link: Link): void {
    const left = this.#distance.get(link.entry.id);
    if (left === undefined || this.#steps >= MAX_STEPS) return;
    this.#steps += 1;
    (this.#buckets[link.length + left] ??= []).push(link);
  }

  take(): Link | null {
    for (; this.#lowest < this.#buckets.length; this.#lowest += 1) {
      const link = this.#buckets[this.#lowest]?.pop();
      if (link !== undefined) return link;
    }
    return null;
  }
}

/** Distance of each entry from the nearest direct one, breadth first. */
function measure(entries: ReadonlyMap<string, InstalledPackage>): ReadonlyMap<string, number> {
  const distance = new Map<string, number>();
  let front = [...entries.values()].filter((entry) => entry.direct);
  for (let steps = 0; front.length > 0; steps += 1) {
    const reached = front.filter((entry) => !distance.has(entry.id));
    for (const entry of reached) distance.set(entry.id, steps);
    front = [...new Set(reached.flatMap((entry) => entry.requires))].flatMap((id) => entries.get(id) ?? []);
  }
  return distance;
}

function holds(link: Link, entry: InstalledPackage): boolean {
  for (let at: Link | null = link; at !== null; at = at.next) if (at.entry === entry) return true;
  return false;
}

function namesOf(link: Link): readonly string[] {
  const names: string[] = [];
  for (let at: Link | null = link; at !== null; at = at.next) names.push(at.entry.name);
  return names;
}

const byId = (a: InstalledPackage, b: InstalledPackage): number => byText(a.id, b.id);

const byChain = byEach<readonly string[]>(
  (a, b) => a.length - b.length,
  (a, b) => byText(a.join('\n'), b.join('\n')),
);
