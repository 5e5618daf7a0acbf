/** Decides what becomes of the npm manifests and locks of one folder. */
import type { SetAside, Source } from '../model/target.ts';
import { visible } from '../model/text.ts';
import { makeTarget, type FolderVerdict, type NpmFolder } from './folder.ts';
import { notApplicable, unavailable, unreadable, workspaceMember } from './set-aside.ts';

/** A folder with a lock somebody reads is a target; any other is set aside with its reason. */
export function judgeNpmFolder(folder: NpmFolder): FolderVerdict {
  if (folder.sources.some(isReadableLock)) {
    const { idleMembers } = folder;
    const target = makeTarget(folder, 'npm', folder.sources);
    return { targets: [{ ...target, ...(idleMembers.length > 0 && { idleMembers }) }], setAside: [] };
  }
  return { targets: [], setAside: [withoutLock(folder)] };
}

/** Whether a source is a lock of any package manager of the npm world. */
export function isAnyLock({ kind }: Source): boolean {
  return kind !== 'package-json';
}

/** bun's binary lock is the one no reader knows. */
function isReadableLock(source: Source): boolean {
  return isAnyLock(source) && !source.path.endsWith('.lockb');
}

function withoutLock({ path, sources, manifest, lockedRoot }: NpmFolder): SetAside {
  const otherLocks = sources.filter(isAnyLock);
  if (otherLocks.length > 0) return notCovered(path, sources, otherLocks);
  const [source] = sources;
  if (source === undefined || manifest === null) throw new TypeError(`the package.json of ${path} was not read`);
  if (!manifest.readable) return unreadable(path, source, manifest.detail);
  if (lockedRoot !== null) return workspaceMember(path, sources, lockedRoot);
  return manifest.hasDependencies ? noLock(path, sources) : noDependencies(path, sources);
}

function notCovered(path: string, sources: readonly Source[], locks: readonly Source[]): SetAside {
  const names = locks.map((lock) => visible(lock.path)).join(', ');
  return unavailable(path, sources, {
    reason: 'lockfile-not-covered',
    message: `No auditor reads ${names}: it is bun's binary lock.`,
    mend: 'Commit the text lock beside it (`bun install --save-text-lockfile`).',
  });
}

function noLock(path: string, sources: readonly Source[]): SetAside {
  return unavailable(path, sources, {
    reason: 'no-lockfile',
    message: 'package.json asks for packages and no lock says which versions.',
    mend: 'Run `npm install --package-lock-only` there (in the root of its workspace, if it has one) and commit the lock.',
  });
}

function noDependencies(path: string, sources: readonly Source[]): SetAside {
  return notApplicable(path, sources, 'no-dependencies', 'package.json asks for no packages.');
}
