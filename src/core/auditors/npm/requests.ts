/** What a manifest, or an entry of a lock, asks for: names with the ranges it accepts, by kind. */
import * as z from 'zod';
import { isObject, type StringMap, stringMapSchema } from './string-map.ts';

export interface Requests {
  readonly prod: StringMap;
  readonly dev: StringMap;
  readonly optional: StringMap;
  readonly peer: StringMap;
}

/** The fields of package.json and of a `packages` entry, which npm writes alike. */
export const requestFields = {
  dependencies: stringMapSchema,
  devDependencies: stringMapSchema,
  optionalDependencies: stringMapSchema,
  peerDependencies: stringMapSchema,
  workspaces: z.unknown().optional().transform(toPatterns),
};

export type RequestFields = z.infer<z.ZodObject<typeof requestFields>>;

/** An optional dependency replaces one of the same name in `dependencies`, as npm has it. */
export function toRequests(fields: Omit<RequestFields, 'workspaces'>): Requests {
  const optional = fields.optionalDependencies;
  const prod = new Map([...fields.dependencies].filter(([name]) => !optional.has(name)));
  return { prod, dev: fields.devDependencies, optional, peer: fields.peerDependencies };
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
function toPatterns(value: unknown): readonly string[] {
  const list = isObject(value) ? value['packages'] : value;
  return Array.isArray(list) ? list.filter((pattern) => typeof pattern === 'string') : [];
}
