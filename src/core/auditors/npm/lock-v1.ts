/** Turns the nested `dependencies` of a version 1 lock into entries of the later shape. */
import semver from 'semver';
import type { LockEntry } from './lock-entry.ts';
import { isObject, NO_STRINGS, toStringMap, toText } from './string-map.ts';

/** How deep `node_modules` may be nested. npm's own trees stay far below; beyond it a lock was made to hurt. */
export const DEEPEST_NESTING = 64;

/** An entry as it was parsed. */
type LegacyEntry = Readonly<Partial<Record<'version' | 'resolved' | 'requires' | 'dependencies', unknown>>>;

interface Folder {
  readonly location: string;
  readonly depth: number;
  readonly dependencies: unknown;
}

export interface LegacyReading {
  readonly entries: readonly LockEntry[];
  /** Locations whose value is no object, or that lie too deep. */
  readonly broken: readonly string[];
}

/** Reads at most `limit` entries; one more than that is given when there are more. */
export function readLegacyTree(dependencies: unknown, limit: number): LegacyReading {
  const entries = new Map<string, LockEntry>();
  const broken: string[] = [];
  const open: Folder[] = [{ location: '', depth: 0, dependencies }];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const [name, value] of namesOf(folder.dependencies)) {
      if (entries.size + broken.length > limit) break;
      const location = `${folder.location === '' ? '' : `${folder.location}/`}node_modules/${name}`;
      // A name may hold slashes and so claim the place of another entry; npm would keep either.
      if (!isObject(value) || folder.depth >= DEEPEST_NESTING || entries.has(location)) {
        broken.push(location);
        continue;
      }
      const entry = toEntry(location, name, value);
      entries.set(location, entry);
      const inside = entry.link ? toFolder(entry) : entry;
      if (!entries.has(inside.location)) entries.set(inside.location, inside);
      open.push({ location: inside.location, depth: folder.depth + 1, dependencies: value['dependencies'] });
    }
  }
  return { entries: [...entries.values()], broken };
}

function namesOf(dependencies: unknown): readonly [string, unknown][] {
  return isObject(dependencies) ? Object.entries(dependencies) : [];
}

function toEntry(location: string, name: string, legacy: LegacyEntry): LockEntry {
  const requests = { prod: toStringMap(legacy.requires), dev: NO_STRINGS, optional: NO_STRINGS, peer: NO_STRINGS };
  return { location, link: false, requests, workspaces: [], ...identify(name, legacy) };
}

/** The later versions list what a link leads to as an entry of its own; version 1 writes its requests on the link. */
function toFolder(link: LockEntry): LockEntry {
  return { location: link.resolved ?? '', link: false, requests: link.requests, workspaces: [] };
}

/** Version 1 writes into `version` whatever was asked for: a version, an alias, a folder, a tarball, a repository. */
function identify(name: string, legacy: LegacyEntry): Partial<LockEntry> {
  const version = toText(legacy.version);
  const resolved = toText(legacy.resolved);
  if (version === undefined) return {};
  const fetched = resolved === undefined ? {} : { resolved };
  const alias = /^npm:(@?[^@]+)@(.+)$/.exec(version);
  if (alias?.[1] !== undefined && alias[2] !== undefined) {
    return { statedName: alias[1], version: alias[2], ...fetched };
  }
  if (!version.includes(':')) return { version, ...fetched };
  const tarball = /\.(?:tgz|tar\.gz|tar)(?:[?#]|$)/i.test(version);
  if (version.startsWith('file:') && !tarball) return { link: true, resolved: tidyFolder(version.slice(5)) };
  const stated = versionOfTarball(name, version);
  return { resolved: version, ...(stated !== undefined && { version: stated }) };
}

function tidyFolder(path: string): string {
  return path === '.' ? '' : path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
}

/** The version in a tarball's file name (`name-1.2.3.tgz`), as npm reads it. */
function versionOfTarball(name: string, url: string): string | undefined {
  const file = url.replace(/[?#].*$/, '').replace(/^.*\//, '');
  const start = `${name.replace(/^.*\//, '')}-`;
  if (!file.startsWith(start) || !file.endsWith('.tgz')) return undefined;
  return semver.valid(file.slice(start.length, -'.tgz'.length)) ?? undefined;
}
