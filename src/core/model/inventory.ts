/** fixby's own reading of a target's locks: what is installed, how it hangs together, what cannot be audited. */
import type { Problem } from './problem.ts';

export type Scope = 'prod' | 'dev' | 'unknown';

/** One installed package. npm may install one name@version at several places: each is an entry of its own. */
export interface InstalledPackage {
  /** Unique in the inventory. npm: the node path (`node_modules/a/node_modules/b`); PyPI: `name@version`. */
  readonly id: string;
  /** Normalized for its ecosystem; for an npm alias the real name. */
  readonly name: string;
  readonly version: string;
  readonly scope: Scope;
  /** Whether a manifest of the repository itself asks for it. */
  readonly direct: boolean;
  /** Ids of the entries this one requires; empty where the lock does not say. */
  readonly requires: readonly string[];
  /** The file that states it, relative to the repository, and the line where known. */
  readonly source: string;
  readonly line?: number;
}

/** Something the lock names that no auditor can answer for. */
export interface SkippedPackage {
  readonly name: string;
  readonly version?: string;
  readonly reason: string;
}

export interface Inventory {
  /** Sorted by id. */
  readonly packages: readonly InstalledPackage[];
  readonly skipped: readonly SkippedPackage[];
  readonly problems: readonly Problem[];
  /** The files read for it, with the hash of their bytes; sorted by path. The first-class lock comes first. */
  readonly files: readonly InventoryFile[];
  /** Whether `requires` is known: false for resolutions that give only a flat list. */
  readonly graphKnown: boolean;
}

export interface InventoryFile {
  readonly path: string;
  readonly sha256: string;
}
