/** Reads an npm target's lock and manifests; whatever lies there, the answer is a value. */
import type { FileRead } from '../../model/file.ts';
import type { Inventory } from '../../model/inventory.ts';
import { type Program, readFiles } from '../../model/program.ts';
import { remember } from '../../model/remember.ts';
import type { Target } from '../../model/target.ts';
import { judgeLock } from './judge-lock.ts';
import { readLockText } from './lock.ts';
import type { LockEntry } from './lock-entry.ts';
import { listFiles, type LockReading } from './lock-reading.ts';
import { type LockFinding, missingLock, toProblem, unreadableLock } from './lock-problems.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { inTarget, readTargetFiles } from './read-target.ts';
import { sortEntries } from './sort-entries.ts';

// More members than any repository has: their manifests are read to see whether the lock is in step.
const MOST_MEMBERS = 1000;

/** Locks that are kept for the next auditor of the same target. */
const MOST_KEPT = 8;

const readText = remember(readLockText, MOST_KEPT);

/** Reads the lock npm would use, the manifest beside it and those of its workspaces, and judges them together. */
export function* readLock(target: Target): Program<LockReading> {
  const files = yield* readTargetFiles(target);
  if (files === undefined) return nothingRead(target, [], missingLock());
  const { lock: file, manifest: manifestFile, hidden } = files;
  if (file.status !== 'ok') return nothingRead(target, [], unreadableFile(file));
  const lock = readText(file.text);
  if ('code' in lock) return nothingRead(target, [file], unreadableLock(file.path, lock.code, lock.message));
  const reading = readManifest(manifestFile);
  if (reading.status === 'unreadable') {
    const finding = unreadableLock(manifestFile.path, 'manifest-unreadable', `cannot be read: ${reading.detail}`);
    return nothingRead(target, [file, manifestFile], finding);
  }
  const manifest = reading.status === 'ok' ? reading.manifest : undefined;
  const sorted = sortEntries(lock, manifest?.workspaces ?? lock.root?.workspaces ?? []);
  const members = yield* readMembers(target, sorted.members);
  const all = [file, manifestFile, ...members.files];
  return judgeLock({ target, file, lock, sorted, manifest, members: members.manifests, files: all, hidden });
}

interface Members {
  readonly files: readonly FileRead[];
  /** By the member's location; a manifest that cannot be read is left out. */
  readonly manifests: ReadonlyMap<string, Manifest>;
}

function* readMembers(target: Target, members: readonly LockEntry[]): Program<Members> {
  const locations = members.slice(0, MOST_MEMBERS).map((member) => member.location);
  if (locations.length === 0) return { files: [], manifests: new Map() };
  const files = yield* readFiles(locations.map((location) => inTarget(target, `${location}/package.json`)));
  const manifests = new Map<string, Manifest>();
  locations.forEach((location, index) => {
    const reading = files[index] && readManifest(files[index]);
    if (reading?.status === 'ok') manifests.set(location, reading.manifest);
  });
  return { files, manifests };
}

function nothingRead(target: Target, files: readonly FileRead[], fault: LockFinding): LockReading {
  const inventory: Inventory = {
    packages: [],
    skipped: [],
    problems: [toProblem(target, fault)],
    files: listFiles(files),
    graphKnown: false,
  };
  return { inventory, fault, readable: false, entryCount: 0, requested: 0 };
}

function unreadableFile(file: Exclude<FileRead, { status: 'ok' }>): LockFinding {
  if (file.status === 'missing') return missingLock();
  return unreadableLock(file.path, 'lock-unreadable', `cannot be read: ${file.detail}`);
}
