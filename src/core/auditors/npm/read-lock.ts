/** fixby's own reading of an npm target: the inventory, and what keeps the lock from carrying an audit. */
import type { FileRead } from '../../model/file.ts';
import type { InstalledPackage, Inventory, InventoryFile, SkippedPackage } from '../../model/inventory.ts';
import { byText } from '../../model/order.ts';
import { type Program, readFiles } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import { compareWithEntry, compareWorkspaces, findUnfulfilled, findUnkeptOverrides } from './check-step.ts';
import { findDisguised, findElsewhere, findMisnamed, findTwofold } from './check-trust.ts';
import { type Lock, readLockText } from './lock.ts';
import type { LockEntry } from './lock-entry.ts';
import { buildGraph, type LockGraph } from './lock-graph.ts';
import { findLines } from './lock-lines.ts';
import * as word from './lock-problems.ts';
import type { LockFinding } from './lock-problems.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { inTarget, readTargetFiles } from './read-target.ts';
import { countRequests, type Requests } from './requests.ts';
import { sortEntries, type SortedEntries } from './sort-entries.ts';

export interface LockReading {
  readonly inventory: Inventory;
  /** The worst that was met, with a `reason`; absent when the lock can carry an audit. */
  readonly fault?: LockFinding;
  /** Whether `inventory` holds what the lock says; false when it could not be read. */
  readonly readable: boolean;
  /** Entries of the lock, links and folders included, as npm counts them in its reports. */
  readonly entryCount: number;
  /** Packages the manifest and the lock ask for. */
  readonly requested: number;
}

// More members than any repository has: their manifests are read to see whether the lock is in step.
const MOST_MEMBERS = 1000;

/** Reads a target's lock and manifests. Whatever lies there, the answer is a value. */
export function* readLock(target: Target): Program<LockReading> {
  const files = yield* readTargetFiles(target);
  if (files === undefined) return nothingRead(target, [], noLock());
  const { lock: file, manifest: manifestFile, hidden } = files;
  if (file.status !== 'ok') return nothingRead(target, [], unreadable(file));
  const lock = readLockText(file.text);
  if ('code' in lock) return nothingRead(target, [file], word.unreadableLock(file.path, lock.code, lock.message));
  const manifest = readManifest(manifestFile);
  if (manifest.status === 'unreadable') {
    const finding = word.unreadableLock(manifestFile.path, 'manifest-unreadable', `cannot be read: ${manifest.detail}`);
    return nothingRead(target, [file, manifestFile], finding);
  }
  const own = manifest.status === 'ok' ? manifest.manifest : undefined;
  const sorted = sortEntries(lock, own?.workspaces ?? lock.root?.workspaces ?? []);
  const memberFiles = yield* readMemberManifests(target, sorted.members);
  return judge({ target, file, lock, sorted, manifest: own, memberFiles, files: [file, manifestFile], hidden });
}

function* readMemberManifests(target: Target, members: readonly LockEntry[]): Program<readonly FileRead[]> {
  const paths = members.slice(0, MOST_MEMBERS).map((member) => inTarget(target, `${member.location}/package.json`));
  return paths.length === 0 ? [] : yield* readFiles(paths);
}

interface Read {
  readonly target: Target;
  readonly file: FileRead & { readonly status: 'ok' };
  readonly lock: Lock;
  readonly sorted: SortedEntries;
  readonly manifest: Manifest | undefined;
  /** In the order of `sorted.members`. */
  readonly memberFiles: readonly FileRead[];
  readonly files: readonly FileRead[];
  readonly hidden: readonly SkippedPackage[];
}

function judge(read: Read): LockReading {
  const { target, file, lock, sorted, manifest } = read;
  const root = joinRequests(lock.root?.requests, manifest?.requests);
  const graph = buildGraph(sorted, root);
  const findings = [
    word.suspectLock(file.path, [
      ...findDisguised(sorted.packages),
      ...findMisnamed(sorted, graph, root),
      ...findTwofold(lock),
    ]),
    word.staleLock(file.path, findStale(read, graph)),
    manifest === undefined
      ? word.missingManifest(file.path)
      : word.overriding(manifest.path, [...manifest.overrides.keys()]),
    word.elsewhere(file.path, findElsewhere(sorted.packages)),
  ].filter((finding) => finding !== undefined);
  const skipped = [...sorted.skipped, ...read.hidden].sort((a, b) => byText(a.name, b.name));
  const fault = findings.find((finding) => finding.reason !== undefined);
  return {
    inventory: {
      packages: toInstalled(read, graph),
      skipped,
      problems: [
        ...findings.map((finding) => word.toProblem(target, finding)),
        ...skipped.map((skip) => word.skipProblem(target, skip)),
      ],
      files: toInventoryFiles([...read.files, ...read.memberFiles]),
      graphKnown: root !== undefined,
    },
    ...(fault && { fault }),
    readable: true,
    entryCount: lock.entries.length + lock.broken.length,
    requested: root === undefined ? 0 : countRequests(root),
  };
}

/** Both the lock and the manifest may say what is asked for; a package either of them wants for prod is prod. */
function joinRequests(a: Requests | undefined, b: Requests | undefined): Requests | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    prod: new Map([...a.prod, ...b.prod]),
    dev: new Map([...a.dev, ...b.dev]),
    optional: new Map([...a.optional, ...b.optional]),
    peer: new Map([...a.peer, ...b.peer]),
  };
}

function findStale(read: Read, graph: LockGraph): readonly string[] {
  const { lock, sorted, manifest } = read;
  const packages = new Map(sorted.packages.map((entry) => [entry.location, entry]));
  const members = sorted.members.flatMap((member, index) => {
    const reading = read.memberFiles[index] && readManifest(read.memberFiles[index]);
    if (reading?.status !== 'ok') return [];
    return [
      ...compareWithEntry(reading.manifest, member),
      ...findUnfulfilled(reading.manifest, member.location, graph, packages),
    ].map((difference) => `${member.location}: ${difference}`);
  });
  if (manifest === undefined) return members;
  const againstRoot =
    lock.root === undefined
      ? []
      : [...compareWithEntry(manifest, lock.root), ...compareWorkspaces(manifest, lock.root)];
  const unfulfilled = findUnfulfilled(manifest, '', graph, packages);
  return [
    ...new Set([...againstRoot, ...unfulfilled, ...findUnkeptOverrides(manifest, packages.values()), ...members]),
  ];
}

function toInstalled(read: Read, graph: LockGraph): readonly InstalledPackage[] {
  const { file, lock, sorted } = read;
  const lines = findLines(file.text, lock.version);
  const known = new Set(sorted.packages.map((entry) => entry.location));
  return sorted.packages
    .map((entry): InstalledPackage => {
      const line = lines.get(entry.location);
      return {
        id: entry.location,
        name: entry.name,
        version: entry.version,
        scope: graph.scopeOf(entry.location),
        direct: graph.isDirect(entry.location),
        requires: [...new Set(graph.requires(entry.location))].filter((id) => known.has(id)).sort(byText),
        source: file.path,
        ...(line !== undefined && { line }),
      };
    })
    .sort((a, b) => byText(a.id, b.id));
}

/** The lock first, the others by path; files that could not be read have no hash and are left out. */
function toInventoryFiles(files: readonly FileRead[]): readonly InventoryFile[] {
  const [lock, ...others] = files.flatMap((file) =>
    file.status === 'ok' ? [{ path: file.path, sha256: file.sha256 }] : [],
  );
  return lock === undefined ? [] : [lock, ...others.sort((a, b) => byText(a.path, b.path))];
}

function nothingRead(target: Target, files: readonly FileRead[], fault: LockFinding): LockReading {
  return {
    inventory: {
      packages: [],
      skipped: [],
      problems: [word.toProblem(target, fault)],
      files: toInventoryFiles(files),
      graphKnown: false,
    },
    fault,
    readable: false,
    entryCount: 0,
    requested: 0,
  };
}

function noLock(): LockFinding {
  return {
    code: 'no-lockfile',
    reason: 'no-lockfile',
    message: 'There is no package-lock.json or npm-shrinkwrap.json.',
    mend: 'Run `npm install` and commit the package-lock.json it writes.',
  };
}

function unreadable(file: Exclude<FileRead, { status: 'ok' }>): LockFinding {
  return file.status === 'missing'
    ? noLock()
    : word.unreadableLock(file.path, 'lock-unreadable', `cannot be read: ${file.detail}`);
}
