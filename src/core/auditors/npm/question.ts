/**
 * Writes the question npm is asked: a lock of our own with every package once, a canary, and nothing else of the repository.
 *
 * The repository's lock is not handed over as it is. Its edges would only make npm work out dependents, for which it needs
 * a packument each and degrades silently when one is missing; its links would make npm read folders of this machine; its
 * nesting would cost minutes. npm asks the registry about the same names and versions either way, and nothing else of its
 * answer is used. The entries lie outside of `node_modules`, because npm compares siblings in it with each other: five
 * thousand of them took it four times as long there.
 */
import type { InstalledPackage, Inventory } from '../../model/inventory.ts';
import { sortedUnique } from '../../model/order.ts';

/** Known to be vulnerable since 2020 (GHSA-vh95-rmgr-6w4m): an answer without it comes from a source that is blind. */
export const CANARY = { name: 'minimist', version: '0.0.8', node: 'asked/zz-audit-canary' };

export interface Question {
  /** Files of the private folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Node path in the question → ids of the inventory it stands for. */
  readonly idsByNode: ReadonlyMap<string, readonly string[]>;
  /** Nodes npm must count, the canary included. */
  readonly nodeCount: number;
}

const PROJECT = { name: 'audit-question', version: '0.0.0', private: true };

/** Asks about each name and version of the inventory once. */
export function askAbout(inventory: Inventory): Question {
  const idsByNode = groupByNode(inventory.packages);
  const byNode = new Map(inventory.packages.map((entry) => [nodeOf(entry), entry]));
  const packages: Record<string, object> = { '': PROJECT };
  for (const node of sortedUnique(byNode.keys())) packages[node] = toEntry(byNode.get(node) ?? CANARY);
  packages[CANARY.node] = toEntry(CANARY);
  const lock = { ...PROJECT, lockfileVersion: 3, requires: true, packages };
  const files = {
    'package-lock.json': JSON.stringify(lock, null, 2),
    'package.json': JSON.stringify(PROJECT, null, 2),
    '.npmrc': '',
  };
  return { files, idsByNode, nodeCount: idsByNode.size + 1 };
}

function groupByNode(packages: readonly InstalledPackage[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const entry of packages) {
    const ids = groups.get(nodeOf(entry));
    if (ids) ids.push(entry.id);
    else groups.set(nodeOf(entry), [entry.id]);
  }
  return groups;
}

function nodeOf(entry: { readonly name: string; readonly version: string }): string {
  return `asked/${entry.name}@${entry.version}`;
}

function toEntry(entry: { readonly name: string; readonly version: string }): object {
  return { name: entry.name, version: entry.version, extraneous: true };
}
