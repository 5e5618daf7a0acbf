/** Finds where a lock is out of step with the manifests it was made from. */
import semver from 'semver';
import type { LockGraph } from './lock-graph.ts';
import type { LockEntry } from './lock-entry.ts';
import type { Manifest } from './manifest.ts';
import { isInPlainRange } from './plain-range.ts';
import type { Requests } from './requests.ts';
import type { LockPackage } from './sort-entries.ts';
import type { StringMap } from './string-map.ts';

type Kind = keyof Requests;

const KINDS: readonly Kind[] = ['prod', 'dev', 'optional', 'peer'];

/** Differences between a manifest and the entry the lock keeps of it, one sentence each. */
export function compareWithEntry(manifest: Manifest, entry: LockEntry): readonly string[] {
  return KINDS.flatMap((kind) => compareMaps(manifest.requests[kind], entry.requests[kind]));
}

/** Whether the lock was made for other workspaces than the manifest names. */
export function compareWorkspaces(manifest: Manifest, root: LockEntry): readonly string[] {
  return manifest.workspaces.join('\n') === root.workspaces.join('\n')
    ? []
    : ['the lock was made for other workspaces'];
}

/** Members of the workspace, by their folders beside the lock, that it has no entry of; one sentence each. */
export function findUnknownMembers(members: readonly string[], known: ReadonlySet<string>): readonly string[] {
  return members
    .filter((folder) => !known.has(folder))
    .map((folder) => `${folder} is a member of the workspace, and the lock was made without it`);
}

function compareMaps(manifest: StringMap, lock: StringMap): readonly string[] {
  const names = new Set([...manifest.keys(), ...lock.keys()]);
  return [...names].flatMap((name) => {
    const asked = manifest.get(name);
    const kept = lock.get(name);
    if (asked === undefined) return [`the lock was made for ${name}, which the manifest does not ask for`];
    if (kept === undefined) return [`the lock was made without ${name}`];
    return tidySpec(asked) === tidySpec(kept)
      ? []
      : [`${name} is asked for as ${asked}, and the lock was made for ${kept}`];
  });
}

function tidySpec(spec: string): string {
  return spec.replace(/^file:(?:\.\/)+/, 'file:').replace(/\/+$/, '');
}

/**
 * Requests of the manifest at `folder` that nothing in the lock fulfils, one sentence each. `overridden` are the names
 * for which the project's own manifest decides, whatever this one asks for.
 */
export function findUnfulfilled(
  manifest: Manifest,
  folder: string,
  graph: LockGraph,
  packages: ReadonlyMap<string, LockPackage>,
  overridden: ReadonlySet<string>,
): readonly string[] {
  const { prod, dev, optional, peer } = manifest.requests;
  // npm keeps what is optional in the lock on every platform, and fetches it where it is not there.
  const required = [...prod, ...dev, ...optional].flatMap(([name, spec]) => {
    const found = graph.find(folder, name);
    return found === undefined ? [`${name} is not in the lock`] : fulfils(name, spec, packages.get(found), overridden);
  });
  // These may rightly be absent: left to whoever installs the package.
  const welcome = [...peer].flatMap(([name, spec]) =>
    fulfils(name, spec, packages.get(graph.find(folder, name) ?? ''), overridden),
  );
  return [...required, ...welcome];
}

/** Why `found` is not what `name` is asked for as, in a sentence; nothing where it is, or an override decides. */
export function fulfils(
  name: string,
  spec: string,
  found: LockPackage | undefined,
  overridden: ReadonlySet<string>,
): readonly string[] {
  if (found === undefined || overridden.has(name)) return [];
  const alias = spec.startsWith('npm:') ? /^npm:(@?[^@]+)(?:@(.*))?$/.exec(spec) : null;
  const asked = { name: alias?.[1] ?? name, range: alias ? (alias[2] ?? '*') : spec };
  if (alias !== null && found.name !== asked.name)
    return [`${name} is asked for as ${spec}, and the lock has ${found.name}`];
  return inRange(found.version, asked.range)
    ? []
    : [`${name} is asked for as ${asked.range}, and the lock has ${found.version}`];
}

/** Whether a spec accepts a version. One that is no range (a tag, a folder, a repository) accepts anything. */
export function inRange(version: string, range: string): boolean {
  const plain = isInPlainRange(version, range);
  if (plain !== undefined) return plain;
  const parsed = semver.validRange(range, { loose: true });
  return parsed === null || parsed === '*' || semver.satisfies(version, parsed, { loose: true });
}

/** Overrides with one version or range for a whole name that an entry of that name does not keep. */
export function findUnkeptOverrides(manifest: Manifest, packages: Iterable<LockPackage>): readonly string[] {
  return [...packages].flatMap((found) => {
    const range = manifest.overrides.get(found.name);
    if (range === undefined || range === '' || range.startsWith('$') || inRange(found.version, range)) return [];
    return [`${found.name} is overridden to ${range}, and the lock has ${found.version}`];
  });
}
