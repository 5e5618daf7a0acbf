/** Union-find over texts. https://en.wikipedia.org/wiki/Disjoint-set_data_structure */
import { byText } from '../model/order.ts';

export class DisjointSets {
  readonly #parents = new Map<string, string>();

  /** Makes all of `members` one set, with everything any of them was joined to before. */
  join(members: readonly string[]): void {
    const [first, ...others] = members.map((member) => this.#root(member));
    if (first === undefined) return;
    for (const other of others) this.#parents.set(this.#root(other), this.#root(first));
  }

  /** Every set with its members sorted; the sets in no particular order. */
  all(): readonly (readonly string[])[] {
    const sets = new Map<string, string[]>();
    for (const member of this.#parents.keys()) {
      const root = this.#root(member);
      sets.set(root, [...(sets.get(root) ?? []), member]);
    }
    return [...sets.values()].map((members) => members.sort(byText));
  }

  #root(member: string): string {
    let node = member;
    for (
      let parent = this.#parents.get(node);
      parent !== undefined && parent !== node;
      parent = this.#parents.get(node)
    ) {
      // Halving the way up keeps later walks short.
      this.#parents.set(node, this.#parents.get(parent) ?? parent);
      node = parent;
    }
    this.#parents.set(node, node);
    return node;
  }
}
