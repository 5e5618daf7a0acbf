/** One folder seen through one ecosystem: what discovery knows of it, and what it makes of it. */
import type { Ecosystem } from '../model/ecosystem.ts';
import type { SetAside, Source, Target } from '../model/target.ts';
import type { PackageJson } from './package-json.ts';
import type { Pyproject } from './pyproject.ts';

/** Facts common to both ecosystems. */
interface Folder {
  readonly path: string;
  /** Sorted by path, never empty. */
  readonly sources: readonly Source[];
  /** The workspace root that covers this folder with a lock, or `null`. */
  readonly lockedRoot: string | null;
  /** Members of the workspace of this folder that state packages and have no lock, sorted. */
  readonly members: readonly string[];
}

export interface NpmFolder extends Folder {
  /** `null` when there is no package.json. */
  readonly manifest: PackageJson | null;
  /** Members of the workspace of this folder that state no packages, sorted. */
  readonly idleMembers: readonly string[];
}

export interface PythonFolder extends Folder {
  /** `null` when there is no pyproject.toml. */
  readonly pyproject: Pyproject | null;
  /** Inputs of pip-tools and setup files, by path, with a package they ask for that no file an auditor reads holds. */
  readonly unheld: ReadonlyMap<string, string>;
}

/** What becomes of a folder: audited, set aside, or in part both. */
export interface FolderVerdict {
  readonly targets: readonly Target[];
  readonly setAside: readonly SetAside[];
}

/** The target of a folder whose packages `sources` state. */
export function makeTarget({ path, members }: Folder, ecosystem: Ecosystem, sources: readonly Source[]): Target {
  return { path, ecosystem, sources, ...(members.length > 0 && { members }) };
}
