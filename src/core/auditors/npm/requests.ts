/** What a manifest, or an entry of a lock, asks for: names with the ranges it accepts, by kind. */
import { isObject, type StringMap, toStringMap } from './string-map.ts';

export interface Requests {
  readonly prod: StringMap;
  readonly dev: StringMap;
  readonly optional: StringMap;
  readonly peer: StringMap;
}

/** The fields of package.json and of a `packages` entry, which npm writes alike, as they were parsed. */
export type RequestFields = Readonly<
  Partial<
    Record<'dependencies' | 'devDependencies' | 'optionalDependencies' | 'peerDependencies' | 'workspaces', unknown>
  >
>;

/** An optional dependency replaces one of the same name in `dependencies`, as npm has it. */
export function toRequests(fields: RequestFields): Requests {
  const optional = toStringMap(fields.optionalDependencies);
  const named = toStringMap(fields.dependencies);
  const prod = optional.size === 0 ? named : new Map([...named].filter(([name]) => !optional.has(name)));
  return { prod, dev: toStringMap(fields.devDependencies), optional, peer: toStringMap(fields.peerDependencies) };
}

/** Both together: the lock and the manifest may each say what is asked for, and both count. Absent when neither does. */
export function joinRequests(a: Requests | undefined, b: Requests | undefined): Requests | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    prod: new Map([...a.prod, ...b.prod]),
    dev: new Map([...a.dev, ...b.dev]),
    optional: new Map([...a.optional, ...b.optional]),
    peer: new Map([...a.peer, ...b.peer]),
  };
}

/** How many packages are asked for, of every kind. */
export function countRequests(requests: Requests): number {
  return requests.prod.size + requests.dev.size + requests.optional.size + requests.peer.size;
}

/** `workspaces` is a list of patterns, or an object that holds one under `packages`. */
export function toPatterns(value: RequestFields['workspaces']): readonly string[] {
  const list = isObject(value) ? value['packages'] : value;
  return Array.isArray(list) ? list.filter((pattern) => typeof pattern === 'string') : [];
}
