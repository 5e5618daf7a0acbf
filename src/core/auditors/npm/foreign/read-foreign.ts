/** Reads a target whose lock is yarn's, pnpm's or bun's, with the manifests it was made from. */
import type { FileRead } from '../../../model/file.ts';
import type { Inventory } from '../../../model/inventory.ts';
import { byEach, byText } from '../../../model/order.ts';
import { type Program, readFiles } from '../../../model/program.ts';
import type { Source, SourceKind, Target } from '../../../model/target.ts';
import { findUnknownMembers } from '../check-step.ts';
import {
  type LockFinding,
  elsewhere,
  missingManifest,
  staleLock,
  tellSkips,
  toProblem,
  unreadableLock,
} from '../lock-problems.ts';
import { listFiles, type LockReading } from '../lock-reading.ts';
import { type Manifest, readManifest } from '../manifest.ts';
import { idleBeside, inTarget, membersBeside } from '../read-target.ts';
import { countRequests } from '../requests.ts';
import { readBunLock } from './bun.ts';
import type { ForeignLock, ReadForeign } from './foreign-lock.ts';
import { readPnpmLock } from './pnpm.ts';
import { toInstalled } from './to-inventory.ts';
import { readYarnLock } from './yarn.ts';

const READERS: ReadonlyMap<SourceKind, ReadForeign> = new Map([
  ['yarn-lock', readYarnLock],
  ['pnpm-lock', readPnpmLock],
  ['bun-lock', readBunLock],
]);

// More members than any repository has: their manifests are read to see whether the lock is in step.
const MOST_MEMBERS = 1000;

/** The reader of a source; `undefined` when it is no lock that is read here. */
export function readerOf({ kind, path }: Source): ReadForeign | undefined {
  return path.endsWith('.lockb') ? undefined : READERS.get(kind);
}

/** Reads every such lock of the target as one; whatever lies there, the answer is a value. */
export function* readForeign(target: Target): Program<LockReading> {
  const readings: LockReading[] = [];
  for (const source of target.sources) {
    const read = readerOf(source);
    if (read !== undefined) readings.push(yield* readOne(target, source, read));
  }
  return joinReadings(readings);
}

function* readOne(target: Target, source: Source, read: ReadForeign): Program<LockReading> {
  const [file] = yield* readFiles([source.path]);
  if (file?.status !== 'ok') return refuse(target, unread(source, `cannot be read: ${file?.detail ?? ''}`), []);
  const document = read(file.text);
  if ('code' in document)
    return refuse(target, mendBy(unreadableLock(file.path, document.code, document.message)), [file]);
  const members = membersBeside(target);
  const folders = document.folders ?? ['.', ...members, ...idleBeside(target)];
  const manifests = yield* readManifests(target, folders.filter(isInside).slice(0, MOST_MEMBERS));
  const lock = document.interpret(manifests.read);
  const stale = [...findUnknownMembers(members, new Set(folders)), ...lock.stale];
  return judge(target, file, { ...lock, stale }, manifests);
}

/** A lock may name a folder outside of its own; that one is nobody's business here. */
function isInside(folder: string): boolean {
  return !folder.startsWith('/') && !folder.split('/').includes('..');
}

interface Manifests {
  readonly files: readonly FileRead[];
  /** By folder; one that cannot be read is left out. */
  readonly read: ReadonlyMap<string, Manifest>;
}

function* readManifests(target: Target, folders: readonly string[]): Program<Manifests> {
  const files = yield* readFiles(
    folders.map((folder) => inTarget(target, folder === '.' ? 'package.json' : `${folder}/package.json`)),
  );
  const read = new Map<string, Manifest>();
  folders.forEach((folder, index) => {
    const reading = files[index] && readManifest(files[index]);
    if (reading?.status === 'ok') read.set(folder, reading.manifest);
  });
  return { files, read };
}

function judge(
  target: Target,
  file: FileRead & { readonly status: 'ok' },
  lock: ForeignLock,
  { files, read }: Manifests,
): LockReading {
  const strangers = lock.packages.filter(({ isElsewhere }) => isElsewhere).map(({ key }) => key);
  const stale = staleLock(file.path, lock.stale);
  const findings = [
    stale === undefined ? undefined : mendBy(stale),
    elsewhere(file.path, strangers),
    read.has('.') ? undefined : missingManifest(file.path),
  ].filter((finding) => finding !== undefined);
  const fault = findings.find(({ reason }) => reason !== undefined);
  const inventory: Inventory = {
    packages: toInstalled(lock, file.path, file.text),
    skipped: lock.skipped,
    problems: [...findings.map((finding) => toProblem(target, finding)), ...tellSkips(target, lock.skipped)],
    files: listFiles([file, ...files]),
    graphKnown: lock.projects.length > 0,
  };
  const requested = [...read.values()].reduce((sum, { requests }) => sum + countRequests(requests), 0);
  return { inventory, readable: true, entryCount: lock.packages.length, requested, ...(fault && { fault }) };
}

function unread({ path }: Source, message: string): LockFinding {
  return mendBy(unreadableLock(path, 'lock-unreadable', message));
}

/** These locks are not made by npm. */
function mendBy(finding: LockFinding): LockFinding {
  return { ...finding, mend: 'Make the lock anew with the package manager it belongs to, and commit it.' };
}

function refuse(target: Target, fault: LockFinding, files: readonly FileRead[]): LockReading {
  const problems = [toProblem(target, fault)];
  const inventory: Inventory = { packages: [], skipped: [], problems, files: listFiles(files), graphKnown: false };
  return { inventory, fault, readable: false, entryCount: 0, requested: 0 };
}

/** Two locks in one folder install what either of them says. */
function joinReadings(readings: readonly LockReading[]): LockReading {
  const [first, ...others] = readings;
  if (first === undefined) throw new TypeError('a target without a lock was handed to the readers of locks');
  if (others.length === 0) return first;
  const inventories = readings.map(({ inventory }) => inventory);
  const byId = new Map(inventories.flatMap(({ packages }) => packages.map((entry) => [entry.id, entry])));
  const fault = readings.find((reading) => reading.fault !== undefined)?.fault;
  return {
    inventory: {
      packages: [...byId.values()].sort((a, b) => byText(a.id, b.id)),
      skipped: inventories.flatMap(({ skipped }) => skipped).sort(byEach((a, b) => byText(a.name, b.name))),
      problems: inventories.flatMap(({ problems }) => problems),
      files: inventories.flatMap(({ files }) => files),
      graphKnown: inventories.every(({ graphKnown }) => graphKnown),
    },
    readable: readings.every(({ readable }) => readable),
    entryCount: readings.reduce((sum, { entryCount }) => sum + entryCount, 0),
    requested: readings.reduce((sum, { requested }) => sum + requested, 0),
    ...(fault && { fault }),
  };
}
