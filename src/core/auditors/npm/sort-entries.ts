/** Puts every entry of a lock into exactly one bin: a package, a folder of the repository, a link to one, or skipped. */
import { isVersion } from '../../match/version.ts';
import type { SkippedPackage } from '../../model/inventory.ts';
import { isInstalled, type LockEntry, nameOf } from './lock-entry.ts';
import type { Lock } from './lock.ts';
import { isWorkspace } from './workspace-pattern.ts';

export interface LockPackage extends LockEntry {
  readonly name: string;
  readonly version: string;
}

export interface SortedEntries {
  readonly packages: readonly LockPackage[];
  /** Folders of the repository, never published packages: workspace members, and what other links lead to. */
  readonly folders: readonly LockEntry[];
  /** Members among `folders`: they and the links to them are first-party. */
  readonly members: readonly LockEntry[];
  /** Link location → the location it leads to. */
  readonly links: ReadonlyMap<string, string>;
  readonly skipped: readonly SkippedPackage[];
}

/** `patterns` are the workspaces of the manifest, or of the lock where there is none. */
export function sortEntries(lock: Lock, patterns: readonly string[]): SortedEntries {
  const links = new Map(lock.entries.filter((entry) => entry.link).map((link) => [link.location, targetOf(link)]));
  const targets = new Set(links.values());
  const members = lock.entries.filter((entry) => isMember(entry, patterns));
  const firstParty = new Set(['', ...members.map((member) => member.location)]);
  const packages: LockPackage[] = [];
  const folders: LockEntry[] = [];
  const skipped: SkippedPackage[] = lock.broken.map(skipBroken);
  for (const entry of lock.entries) {
    if (entry.link) {
      if (!firstParty.has(targetOf(entry))) skipped.push(skipLink(entry));
    } else if (firstParty.has(entry.location) || (targets.has(entry.location) && !isInstalled(entry.location))) {
      folders.push(entry);
    } else {
      const sorted = toPackage(entry);
      if ('reason' in sorted) skipped.push(sorted);
      else packages.push(sorted);
    }
  }
  return { packages, folders, members, links, skipped };
}

function isMember(entry: LockEntry, patterns: readonly string[]): boolean {
  return !entry.link && !isInstalled(entry.location) && isWorkspace(entry.location, patterns);
}

function targetOf(link: LockEntry): string {
  return (link.resolved ?? link.location).replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
}

// npm asks about a name and a version: what is neither would be sent and match nothing, and look clean.
const NAME = /^(?:@[\w.~!'()*-]+\/)?[\w~!'()*-][\w.~!'()*-]*$/;
const LONGEST_NAME = 214;

function toPackage(entry: LockEntry): LockPackage | SkippedPackage {
  const name = nameOf(entry);
  const { version } = entry;
  if (!isPackageName(name)) return { name, ...(version && { version }), reason: 'its name is no npm package name' };
  if (version === undefined) return { name, reason: 'the lock states no version for it' };
  if (!isVersion('npm', version)) {
    return { name, version, reason: 'its version is no semantic version' };
  }
  return { ...entry, name, version };
}

/** Whether a registry could hold a package of this name. */
function isPackageName(name: string): boolean {
  return name.length <= LONGEST_NAME && NAME.test(name) && name !== '__proto__';
}

function skipLink(link: LockEntry): SkippedPackage {
  return { name: nameOf(link), reason: `it is a link to the folder ${targetOf(link)}, which has no published version` };
}

function skipBroken(location: string): SkippedPackage {
  return { name: location, reason: 'its entry in the lock cannot be read' };
}
