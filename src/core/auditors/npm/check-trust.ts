/** Finds entries of a lock that claim to be something else than what would be installed. */
import semver from 'semver';
import { canonicalVersion } from '../../match/version.ts';
import type { LockGraph } from './lock-graph.ts';
import { type LockEntry, nameOf, nameOfLocation } from './lock-entry.ts';
import type { Lock } from './lock.ts';
import type { LockPackage, SortedEntries } from './sort-entries.ts';
import type { Requests } from './requests.ts';

/** Entries whose tarball address states another name or version than the entry, one sentence each. */
export function findDisguised(packages: readonly LockPackage[]): readonly string[] {
  return packages.flatMap((entry) => {
    const fetched = readTarball(entry);
    if (fetched === undefined) return [];
    const sameVersion = fetched.version === undefined || sameRelease(fetched.version, entry.version);
    if (fetched.name === entry.name && sameVersion) return [];
    const what = `${fetched.name}${fetched.version === undefined ? '' : `@${fetched.version}`}`;
    return [`${entry.location} says ${entry.name}@${entry.version} and fetches ${what}`];
  });
}

interface Tarball {
  readonly name: string;
  readonly version?: string;
}

/**
 * What a registry address (`…/name/-/name-1.2.3.tgz`) or a plain tarball's file name states; `undefined` when it states
 * nothing. Registries may be mounted below a path, repeat the scope after `/-/`, and write the slash as `%2f`.
 */
function readTarball(entry: LockPackage): Tarball | undefined {
  const path = (entry.resolved ?? '')
    .replace(/[?#].*$/, '')
    .replace(/%2f/gi, '/')
    .replace(/%40/g, '@');
  const dash = path.lastIndexOf('/-/');
  const name = dash < 0 ? entry.name : nameOfFolder(path.slice(0, dash));
  const version = versionInFile(name, path.slice(path.lastIndexOf('/') + 1));
  if (dash < 0 && version === undefined) return undefined;
  return { name, ...(version !== undefined && { version }) };
}

function nameOfFolder(path: string): string {
  const [name = '', above = ''] = path.split('/').reverse();
  return above.startsWith('@') ? `${above}/${name}` : name;
}

function versionInFile(name: string, file: string): string | undefined {
  const start = `${name.slice(name.lastIndexOf('/') + 1)}-`;
  if (!file.startsWith(start) || !file.endsWith('.tgz')) return undefined;
  return canonicalVersion('npm', file.slice(start.length, -'.tgz'.length)) ?? undefined;
}

function sameRelease(a: string, b: string): boolean {
  return a === b || semver.eq(a, b, { loose: true });
}

/** Entries under a name nobody asks for as an alias: the audit would ask about another package than is required. */
export function findMisnamed(sorted: SortedEntries, graph: LockGraph, root: Requests | undefined): readonly string[] {
  const renamed = sorted.packages.filter((entry) => entry.name !== nameOfLocation(entry.location));
  if (renamed.length === 0 || root === undefined) return [];
  const asked = new Map<string, string[]>();
  const names = namesLeadingTo(renamed, sorted.links);
  for (const [from, requests] of requestsByLocation(sorted, root)) {
    for (const [name, spec] of allRequests(requests)) {
      const found = names.has(name) ? graph.find(from, name) : undefined;
      if (found !== undefined) asked.set(found, [...(asked.get(found) ?? []), spec]);
    }
  }
  return renamed
    .filter((entry) => !(asked.get(entry.location) ?? []).some((spec) => mayRename(spec, entry.name)))
    .map((entry) => `${entry.location} says it is ${entry.name}, and nobody asks for it under that name`);
}

/** Every name under which one of `entries` may be found, be it through a link: only requests for those have to be followed. */
function namesLeadingTo(entries: readonly LockPackage[], links: SortedEntries['links']): ReadonlySet<string> {
  const locations = new Set(entries.map(({ location }) => location));
  const linked = [...links].flatMap(([link, target]) => (locations.has(target) ? [link] : []));
  return new Set([...locations, ...linked].map(nameOfLocation));
}

function* requestsByLocation(sorted: SortedEntries, root: Requests): Iterable<readonly [string, Requests]> {
  yield ['', root];
  for (const entry of [...sorted.folders, ...sorted.packages]) yield [entry.location, entry.requests];
}

function allRequests(requests: Requests): readonly (readonly [string, string])[] {
  return [...requests.prod, ...requests.dev, ...requests.optional, ...requests.peer];
}

/** An alias names the package; a folder, tarball or repository brings a name of its own. */
function mayRename(spec: string, name: string): boolean {
  if (spec.startsWith('npm:')) return spec === `npm:${name}` || spec.startsWith(`npm:${name}@`);
  return /[:/]/.test(spec);
}

/** Where a version 2 lock tells old npm (`dependencies`) another version than it tells new npm (`packages`). */
export function findTwofold(lock: Lock): readonly string[] {
  const packages = new Map(lock.entries.map((entry) => [entry.location, entry]));
  return (lock.legacy ?? []).flatMap((old) => {
    if (old.version === undefined || semver.valid(old.version) === null) return [];
    const entry = packages.get(old.location);
    return entry !== undefined && agree(old, entry)
      ? []
      : [`${old.location} is ${describe(old)} for old npm and ${entry ? describe(entry) : 'not there'} for new npm`];
  });
}

function agree(a: LockEntry, b: LockEntry): boolean {
  return b.link || (a.version === b.version && (a.statedName === undefined || a.statedName === nameOf(b)));
}

function describe(entry: LockEntry): string {
  return `${nameOf(entry)}@${entry.version ?? 'no version'}`;
}

/** Packages that no registry address stands behind: asked about by name and version, which may be another package's. */
export function findElsewhere(packages: readonly LockPackage[]): readonly string[] {
  return packages
    .filter(({ resolved }) => resolved !== undefined && isElsewhere(resolved))
    .map((entry) => `${entry.name}@${entry.version}`);
}

/** Registries hand tarballs out below `/-/`; that of GitHub below `/download/`. */
function isElsewhere(resolved: string): boolean {
  if (/^https?:/.test(resolved)) return !/\/(?:-|download)\//.test(resolved);
  return /^(?:git|file:|github:|gitlab:|bitbucket:|ssh:)/.test(resolved);
}
