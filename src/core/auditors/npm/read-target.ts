/** Chooses and reads the files of a target: the lock npm would use, the manifest, the workspaces' manifests, what lies beside. */
import type { FileRead } from '../../model/file.ts';
import type { SkippedPackage } from '../../model/inventory.ts';
import { relativeTo } from '../../model/path.ts';
import { type Program, readFiles } from '../../model/program.ts';
import type { Source, Target } from '../../model/target.ts';

export interface TargetFiles {
  readonly lock: FileRead;
  readonly manifest: FileRead;
  /** Locks beside the one npm uses: what they would install is not looked at. */
  readonly hidden: readonly SkippedPackage[];
}

/** Whether npm itself has a lock to use there. */
export function hasNpmLock(sources: readonly Source[]): boolean {
  return sources.some(({ kind }) => kind === 'npm-shrinkwrap' || kind === 'package-lock');
}

/** `undefined` when the target has no lock npm could use. */
export function* readTargetFiles(target: Target): Program<TargetFiles | undefined> {
  const shrinkwrap = target.sources.find((source) => source.kind === 'npm-shrinkwrap');
  const packageLock = target.sources.find((source) => source.kind === 'package-lock');
  const used = shrinkwrap ?? packageLock;
  if (used === undefined) return undefined;
  const shadowed = used === shrinkwrap ? packageLock : undefined;
  const paths = [used.path, inTarget(target, 'package.json'), ...(shadowed ? [shadowed.path] : [])];
  const [lock, manifest, other] = yield* readFiles(paths);
  if (lock === undefined || manifest === undefined) throw new TypeError('a read was not answered');
  return { lock, manifest, hidden: [...hideShadowed(lock, other), ...hideForeign(target.sources)] };
}

/** A path inside the target's folder, relative to the repository. */
export function inTarget(target: Target, path: string): string {
  return target.path === '.' ? path : `${target.path}/${path}`;
}

/** The members its lock has to answer for, relative to the target's folder. */
export function membersBeside({ path, members = [] }: Target): readonly string[] {
  return members.map((member) => relativeTo(path, member));
}

/** Those that ask for nothing and may be asked for, relative to the target's folder. */
export function idleBeside({ path, idleMembers = [] }: Target): readonly string[] {
  return idleMembers.map((member) => relativeTo(path, member));
}

function hideShadowed(lock: FileRead, other: FileRead | undefined): readonly SkippedPackage[] {
  if (other === undefined) return [];
  if (lock.status === 'ok' && other.status === 'ok' && lock.sha256 === other.sha256) return [];
  return [{ name: fileName(other.path), reason: 'npm-shrinkwrap.json stands in front of it, and they differ' }];
}

const FOREIGN = new Set(['yarn-lock', 'pnpm-lock', 'bun-lock']);

function hideForeign(sources: readonly Source[]): readonly SkippedPackage[] {
  return sources
    .filter((source) => FOREIGN.has(source.kind))
    .map((source) => ({
      name: fileName(source.path),
      reason: 'it stands beside the npm lock and may install other versions',
    }));
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
