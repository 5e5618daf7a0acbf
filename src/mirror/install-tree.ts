/** Reads the dependency tree that the older npm endpoints are sent: every installed package, and the way to it. */
import { parseJson } from '../core/model/json.ts';

/** One installed package. */
export interface InstalledNode {
  readonly name: string;
  readonly version: string;
  readonly dev: boolean;
  readonly optional: boolean;
  readonly parent: InstalledNode | null;
  readonly depth: number;
}

/** More is no tree of packages. */
const MAX_DEPTH = 500;
const MAX_NODES = 200_000;

/**
 * The packages, those nearest to the root first, or `null` for a body without a tree. npm 7 to 10 send none when their lock is
 * of format 3: refusing is all that can be done then, since an empty answer would read as "nothing found".
 */
export function readInstallTree(body: string): readonly InstalledNode[] | null {
  const root = parseJson(body);
  return isRecord(root) && isRecord(root['dependencies']) ? readTree(root['dependencies']) : null;
}

/** The way to a node as npm writes it: `a>b>c`. */
export function pathTo(node: InstalledNode): string {
  const names: string[] = [];
  for (let at: InstalledNode | null = node; at !== null; at = at.parent) names.unshift(at.name);
  return names.join('>');
}

type Tree = Readonly<Record<string, unknown>>;

function readTree(dependencies: Tree): readonly InstalledNode[] | null {
  const nodes: InstalledNode[] = [];
  const open: [tree: Tree, parent: InstalledNode | null][] = [[dependencies, null]];
  // What is pushed meanwhile is looked at in its turn: no recursion, whatever the depth.
  for (const [tree, parent] of open) {
    for (const [name, value] of Object.entries(tree)) {
      const node = readNode(name, value, parent);
      if (node === null || nodes.push(node) > MAX_NODES) return null;
      const below = isRecord(value) ? value['dependencies'] : undefined;
      if (isRecord(below)) open.push([below, node]);
    }
  }
  return nodes;
}

function readNode(name: string, value: unknown, parent: InstalledNode | null): InstalledNode | null {
  if (!isRecord(value)) return null;
  const { version = '', dev, optional } = value;
  const depth = (parent?.depth ?? 0) + 1;
  if (typeof version !== 'string' || depth > MAX_DEPTH) return null;
  return { name, version, dev: dev === true, optional: optional === true, parent, depth };
}

function isRecord(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
