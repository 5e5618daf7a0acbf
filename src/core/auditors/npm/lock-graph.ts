/** Follows what entries ask for through the tree, as Node resolves names, to say who requires whom and what is prod. */
import type { Scope } from '../../model/inventory.ts';
import type { Requests } from './requests.ts';
import type { SortedEntries } from './sort-entries.ts';

export interface LockGraph {
  /** Locations an entry's own requests (not `dev`) lead to, links followed. */
  readonly requires: (location: string) => readonly string[];
  readonly scopeOf: (location: string) => Scope;
  /** Whether a manifest of the repository itself asks for it. */
  readonly isDirect: (location: string) => boolean;
  /** The location a request for `name` made at `from` leads to; `undefined` when nothing is installed for it. */
  readonly find: (from: string, name: string) => string | undefined;
}

/** `root` is what the project asks for; `undefined` when nobody says, and then every scope is unknown. */
export function buildGraph(sorted: SortedEntries, root: Requests | undefined): LockGraph {
  const requests = new Map<string, Requests>();
  for (const entry of [...sorted.packages, ...sorted.folders]) requests.set(entry.location, entry.requests);
  if (root !== undefined) requests.set('', root);
  const find = (from: string, name: string) => resolveName(requests, sorted.links, from, name);
  const follow = (from: string, names: Iterable<string>) => [...names].flatMap((name) => find(from, name) ?? []);
  const followed = new Map<string, readonly string[]>();
  const requires = (location: string): readonly string[] => {
    const found = followed.get(location) ?? follow(location, runtimeNames(requests.get(location)));
    followed.set(location, found);
    return found;
  };

  const prod = reach(['', ...sorted.members.map((member) => member.location)], requires);
  const own = ['', ...sorted.folders.map((folder) => folder.location)];
  const direct = new Set(own.flatMap((folder) => follow(folder, allNames(requests.get(folder)))));
  return {
    requires,
    find,
    scopeOf: (location) => (root === undefined ? 'unknown' : prod.has(location) ? 'prod' : 'dev'),
    isDirect: (location) => direct.has(location),
  };
}

function runtimeNames(requests: Requests | undefined): Iterable<string> {
  if (requests === undefined) return [];
  return new Set([...requests.prod.keys(), ...requests.optional.keys(), ...requests.peer.keys()]);
}

function allNames(requests: Requests | undefined): Iterable<string> {
  return requests === undefined ? [] : new Set([...runtimeNames(requests), ...requests.dev.keys()]);
}

function reach(start: readonly string[], next: (location: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set(start);
  const open = [...start];
  for (let location = open.pop(); location !== undefined; location = open.pop()) {
    for (const found of next(location)) {
      if (seen.has(found)) continue;
      seen.add(found);
      open.push(found);
    }
  }
  return seen;
}

/** Looks in `from`'s own node_modules, then in that of each folder above, up to the project's. */
function resolveName(
  known: ReadonlyMap<string, unknown>,
  links: ReadonlyMap<string, string>,
  from: string,
  name: string,
): string | undefined {
  for (let folder: string | undefined = from; folder !== undefined; folder = folderAbove(folder)) {
    const location = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    const target = links.get(location);
    if (target !== undefined) return target;
    if (known.has(location)) return location;
  }
  return undefined;
}

/** `undefined` above the project, and above a folder that lies outside of it. */
function folderAbove(folder: string): string | undefined {
  if (folder === '' || folder === '..' || folder.endsWith('/..')) return undefined;
  const above = folder.slice(0, Math.max(folder.lastIndexOf('/'), 0));
  if (above === 'node_modules') return '';
  return above.endsWith('/node_modules') ? above.slice(0, -'/node_modules'.length) : above;
}
