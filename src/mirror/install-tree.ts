/** Reads the dependencies that older npm endpoints are sent: every installed package, and the way to it. */
import { byText } from '../core/model/order.ts';
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

/**
 * The packages, those nearest to the root first, or `null` for a body of another shape. npm 6, yarn and pnpm send a tree of
 * `dependencies`; npm 7 and newer send their lock, whose newest form has `packages` only.
 */
export function readInstallTree(body: string): readonly InstalledNode[] | null {
  const root = parseJson(body);
  if (!isRecord(root)) return null;
  const { packages, dependencies } = root;
  if (isRecord(packages)) return readPackages(packages);
  return isRecord(dependencies) ? readTree(dependencies) : null;
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

/** Keys are places on disk: `node_modules/a/node_modules/b`. Those of the project itself hold no package. */
function readPackages(packages: Tree): readonly InstalledNode[] | null {
  const byPlace = new Map<string, InstalledNode>();
  for (const place of Object.keys(packages).sort(byText)) {
    const [, above = '', written = ''] = /^(.*?)\/?node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place) ?? [];
    const value = packages[place];
    if (written === '' || (isRecord(value) && value['link'] === true)) continue;
    const name = isRecord(value) && typeof value['name'] === 'string' ? value['name'] : written;
    const node = readNode(name, value, byPlace.get(above) ?? null);
    if (node === null || byPlace.set(place, node).size > MAX_NODES) return null;
  }
  return [...byPlace.values()];
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
