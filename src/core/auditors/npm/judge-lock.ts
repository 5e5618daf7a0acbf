/** Turns a lock and its manifests into the inventory, and says what keeps them from carrying an audit. */
import type { FileRead } from '../../model/file.ts';
import type { InstalledPackage, SkippedPackage } from '../../model/inventory.ts';
import { byEach, byText, sortedUnique } from '../../model/order.ts';
import type { Target } from '../../model/target.ts';
import {
  compareWithEntry,
  compareWorkspaces,
  findUnfulfilled,
  findUnkeptOverrides,
  findUnknownMembers,
} from './check-step.ts';
import { findMisfits, findUnmet } from './check-needs.ts';
import { findDisguised, findElsewhere, findMisnamed, findTwofold } from './check-trust.ts';
import type { Lock } from './lock.ts';
import type { LockEntry } from './lock-entry.ts';
import { buildGraph, type LockGraph } from './lock-graph.ts';
import { findLines } from './lock-lines.ts';
import * as word from './lock-problems.ts';
import { listFiles, type LockReading } from './lock-reading.ts';
import type { Manifest } from './manifest.ts';
import { membersBeside } from './read-target.ts';
import { countRequests, joinRequests } from './requests.ts';
import type { LockPackage, SortedEntries } from './sort-entries.ts';

export interface ReadFiles {
  readonly target: Target;
  readonly file: FileRead & { readonly status: 'ok' };
  readonly lock: Lock;
  readonly sorted: SortedEntries;
  /** Absent when no package.json stands beside the lock. */
  readonly manifest: Manifest | undefined;
  /** The workspaces' manifests that could be read, by location. */
  readonly members: ReadonlyMap<string, Manifest>;
  /** Every file read, the lock first. */
  readonly files: readonly FileRead[];
  /** Locks beside this one. */
  readonly hidden: readonly SkippedPackage[];
}

/** Judges everything that was read together. */
export function judgeLock(read: ReadFiles): LockReading {
  const { target, lock, manifest } = read;
  const root = joinRequests(lock.root?.requests, manifest?.requests);
  const sorted = lock.version === 1 ? takeMembersWord(read) : read.sorted;
  const graph = buildGraph(sorted, root);
  const suspect = [...findDisguised(sorted.packages), ...findMisnamed(sorted, graph, root), ...findTwofold(lock)];
  const findings = wordFindings(read, suspect, findStale(read, graph));
  const unmet = lock.version === 1 ? skipUnmet(sorted.packages, graph) : [];
  const skipped = [...sorted.skipped, ...read.hidden, ...unmet].sort(
    byEach(
      (a, b) => byText(a.name, b.name),
      (a, b) => byText(a.reason, b.reason),
    ),
  );
  const problems = [...findings.map((finding) => word.toProblem(target, finding)), ...word.tellSkips(target, skipped)];
  const fault = findings.find((finding) => finding.reason !== undefined);
  const packages = toInstalled(read, graph);
  return {
    inventory: { packages, skipped, problems, files: listFiles(read.files), graphKnown: root !== undefined },
    ...(fault && { fault }),
    readable: true,
    entryCount: lock.entries.length + lock.broken.length,
    requested: root === undefined ? 0 : countRequests(root),
  };
}

function wordFindings(
  read: ReadFiles,
  suspect: readonly string[],
  stale: readonly string[],
): readonly word.LockFinding[] {
  const { file, manifest, sorted } = read;
  return [
    word.suspectLock(file.path, suspect),
    word.staleLock(file.path, stale),
    manifest ? word.overriding(manifest.path, [...manifest.overrides.keys()]) : word.missingManifest(file.path),
    word.elsewhere(file.path, findElsewhere(sorted.packages)),
  ].filter((finding) => finding !== undefined);
}

/** A version 1 lock merges every kind of request of a member into one; the member's manifest still tells them apart. */
function takeMembersWord(read: ReadFiles): SortedEntries {
  const replace = (entry: LockEntry): LockEntry => {
    const requests = read.members.get(entry.location)?.requests;
    return requests === undefined ? entry : { ...entry, requests };
  };
  const { sorted } = read;
  return { ...sorted, folders: sorted.folders.map(replace), members: sorted.members.map(replace) };
}

function findStale(read: ReadFiles, graph: LockGraph): readonly string[] {
  const { target, lock, manifest, sorted } = read;
  const packages = new Map(sorted.packages.map((entry) => [entry.location, entry]));
  return [
    ...(manifest ? findStaleRoot(lock, manifest, graph, packages) : []),
    ...findUnknownMembers(membersBeside(target), new Set(lock.entries.map(({ location }) => location))),
    ...sorted.members.flatMap((member) => findStaleMember(read, member, graph, packages)),
    ...(lock.version === 1 ? [] : findStaleNeeds(packages, graph, manifest)),
  ];
}

/** Without a manifest nobody knows what it overrides, and so which versions do not fit. */
function findStaleNeeds(
  packages: ReadonlyMap<string, LockPackage>,
  graph: LockGraph,
  manifest: Manifest | undefined,
): readonly string[] {
  return [
    ...findUnmet(packages, graph).map(({ name, by }) => `${by} needs ${name}, which is not in the lock`),
    ...(manifest ? findMisfits(packages, graph, manifest.overridden) : []),
  ];
}

/** Version 1 does not tell what is needed from what is welcome, so what it lacks may be accepted. */
function skipUnmet(packages: readonly LockPackage[], graph: LockGraph): readonly SkippedPackage[] {
  const byLocation = new Map(packages.map((entry) => [entry.location, entry]));
  return findUnmet(byLocation, graph).map(({ name, by }) => ({
    name,
    reason: `${by} asks for it, and the lock has no entry of it`,
  }));
}

function findStaleRoot(
  lock: Lock,
  manifest: Manifest,
  graph: LockGraph,
  packages: ReadonlyMap<string, LockPackage>,
): readonly string[] {
  const { root } = lock;
  const changed = root ? [...compareWithEntry(manifest, root), ...compareWorkspaces(manifest, root)] : [];
  // What was changed is missing or misfit as a consequence; once is enough.
  if (changed.length > 0) return changed;
  return [
    ...findUnfulfilled(manifest, '', graph, packages, new Set()),
    ...findUnkeptOverrides(manifest, packages.values()),
  ];
}

function findStaleMember(
  read: ReadFiles,
  member: LockEntry,
  graph: LockGraph,
  packages: ReadonlyMap<string, LockPackage>,
): readonly string[] {
  const manifest = read.members.get(member.location);
  if (manifest === undefined) return [];
  const overridden = read.manifest?.overridden ?? new Set();
  const changed = read.lock.version === 1 ? [] : compareWithEntry(manifest, member);
  const found = changed.length > 0 ? changed : findUnfulfilled(manifest, member.location, graph, packages, overridden);
  return found.map((difference) => `${member.location}: ${difference}`);
}

function toInstalled(read: ReadFiles, graph: LockGraph): readonly InstalledPackage[] {
  const lines = findLines(read.file.text, read.lock.version);
  const known = new Set(read.sorted.packages.map((entry) => entry.location));
  return read.sorted.packages
    .map((entry): InstalledPackage => {
      const { location, name, version } = entry;
      const line = lines.get(location);
      return {
        id: location,
        name,
        version,
        scope: graph.scopeOf(location),
        direct: graph.isDirect(location),
        requires: sortedUnique(graph.requires(location).filter((id) => known.has(id))),
        source: read.file.path,
        ...(line !== undefined && { line }),
      };
    })
    .sort((a, b) => byText(a.id, b.id));
}
