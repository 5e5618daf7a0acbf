/** Remembers graphs and chains, since the advisories of one package all ask for the same ones. */
import type { InstalledPackage, Inventory } from '../model/inventory.ts';
import type { Chains, DependencyGraph } from './chains.ts';
import { findChains, readGraph } from './chains.ts';

export class ChainFinder {
  readonly #graphs = new Map<Inventory, { readonly graph: DependencyGraph; readonly answers: Map<string, Chains> }>();

  /** The chains that lead to `entries` of `inventory`; see `findChains`. */
  find(inventory: Inventory, entries: readonly InstalledPackage[]): Chains {
    const known = this.#graphs.get(inventory) ?? { graph: readGraph(inventory), answers: new Map<string, Chains>() };
    this.#graphs.set(inventory, known);
    const distinct = [...new Map(entries.map((entry) => [entry.id, entry])).values()];
    const key = JSON.stringify(distinct.map((entry) => entry.id).sort());
    const chains = known.answers.get(key) ?? findChains(known.graph, distinct);
    known.answers.set(key, chains);
    return chains;
  }
}
