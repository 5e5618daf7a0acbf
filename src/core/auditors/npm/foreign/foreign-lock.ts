/** What fixby takes from a lock of yarn, pnpm or bun: packages, who requires whom, and what the projects ask for. */
import type { SkippedPackage } from '../../../model/inventory.ts';
import type { LockFault } from '../lock-fault.ts';
import type { Manifest } from '../manifest.ts';
import type { StringMap } from '../string-map.ts';

/** One entry. Several may stand for one name and version: peers, and places in the tree. */
export interface ForeignPackage {
  /** Unique in the lock. */
  readonly key: string;
  /** The real name, whatever it is called where it is asked for. */
  readonly name: string;
  readonly version: string;
  /** Keys of the entries it requires. */
  readonly requires: readonly string[];
  /** Whether it comes from a repository or an address rather than a registry. */
  readonly isElsewhere: boolean;
}

/** One project of the repository, by its folder relative to the lock. */
export interface ForeignProject {
  readonly folder: string;
  /** Keys of the entries it asks for. */
  readonly prod: readonly string[];
  readonly dev: readonly string[];
}

export interface ForeignLock {
  readonly packages: readonly ForeignPackage[];
  readonly projects: readonly ForeignProject[];
  /** Whether `projects` are all there are, so that what none of them leads to is nobody's. */
  readonly isWhole: boolean;
  readonly skipped: readonly SkippedPackage[];
  /** Differences between the lock and the manifests, and what the lock asks for and does not hold, one sentence each. */
  readonly stale: readonly string[];
}

/** A lock that has been parsed, and which manifests it takes to understand the rest of it. */
export interface ForeignDocument {
  /** Folders of the projects, relative to the lock; `.` is always among them. `null` when the lock keeps no record of them. */
  readonly folders: readonly string[] | null;
  /** `manifests` are those of `folders` that could be read. */
  interpret(manifests: ReadonlyMap<string, Manifest>): ForeignLock;
}

/** Reads a text, or says why it cannot. Never throws. */
export type ReadForeign = (text: string) => ForeignDocument | LockFault;

/** What a project asks for, in one map: `dev` is what only development needs. */
export interface Asked {
  readonly prod: StringMap;
  readonly dev: StringMap;
}

/** What a manifest asks its package manager to install. */
export function askedBy({ requests }: Manifest): Asked {
  const prod = new Map([...requests.prod, ...requests.optional]);
  return { prod, dev: new Map([...requests.dev].filter(([name]) => !prod.has(name))) };
}

/** Whether a request names a place of the repository itself, for which no registry is asked. */
export function isPlace(range: string): boolean {
  return /^(?:link|portal|workspace|file|catalog):/.test(range);
}

/** Differences between what a lock was made for and what the manifest asks for, one sentence each, but for `overridden` names. */
export function compareAsked(
  folder: string,
  locked: StringMap,
  manifest: Manifest,
  overridden: ReadonlySet<string> = new Set(),
): readonly string[] {
  const { prod, dev } = askedBy(manifest);
  const asked = new Map([...dev, ...prod]);
  const place = folder === '.' ? 'package.json' : `${folder}/package.json`;
  return [...new Set([...asked.keys(), ...locked.keys()])].flatMap((name) => {
    const [range, kept] = [asked.get(name), locked.get(name)];
    if (range === kept || overridden.has(name) || (range !== undefined && isPlace(range))) return [];
    if (kept === undefined) return [`${place} asks for ${name}, and the lock was made without it`];
    // Package managers install what a project wants as a peer where they are told to.
    if (range === undefined && manifest.requests.peer.has(name)) return [];
    if (range === undefined) return [`the lock was made for ${name}, which ${place} does not ask for`];
    return [`${place} asks for ${name} as ${range}, and the lock was made for ${kept}`];
  });
}

/** The sentence on a `name` the lock has no entry for: it would be fetched, and nobody asked about it. */
export function missing(owner: string, name: string): string {
  return `${owner} needs ${name}, which is not in the lock`;
}
