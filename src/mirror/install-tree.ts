/** Reads the dependency tree that older npm clients send with an audit: every installed package, and the way to it. */
import { parseJson } from './reply.ts';

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

/** The packages, those nearest to the root first, or `null` for a body of another shape. */
export function readInstallTree(body: string): readonly InstalledNode[] | null {
  const root = parseJson(body);
  if (!isRecord(root) || !isRecord(root['dependencies'])) return null;
  const nodes: InstalledNode[] = [];
  const open: [tree: Tree, parent: InstalledNode | null][] = [[root['dependencies'], null]];
  // What is pushed meanwhile is looked at in its turn: no recursion, whatever the depth.
  for (const [tree, parent] of open) {
    for (const [name, value] of Object.entries(tree)) {
      const node = readNode(name, value, parent);
      if (node === null || node.depth > MAX_DEPTH || nodes.length >= MAX_NODES) return null;
      nodes.push(node);
      const below = isRecord(value) ? value['dependencies'] : undefined;
      if (isRecord(below)) open.push([below, node]);
    }
  }
  return nodes;
}

/** The way to a node as npm writes it: `a>b>c`. */
export function pathTo(node: InstalledNode): string {
  const names: string[] = [];
  for (let at: InstalledNode | null = node; at !== null; at = at.parent) names.unshift(at.name);
  return names.join('>');
}

type Tree = Readonly<Record<string, unknown>>;

function readNode(name: string, value: unknown, parent: InstalledNode | null): InstalledNode | null {
  if (!isRecord(value)) return null;
  const { version = '', dev, optional } = value;
  if (typeof version !== 'string') return null;
  const depth = (parent?.depth ?? 0) + 1;
  return { name, version, dev: dev === true, optional: optional === true, parent, depth };
}

function isRecord(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
