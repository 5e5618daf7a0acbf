/** The nouns of reading a Python target: what its files ask for, what they have pinned, what cannot be read of them. */
import type { UnavailableReason } from '../../model/audit.ts';
import type { InventoryFile, Scope, SkippedPackage } from '../../model/inventory.ts';
import type { Problem } from '../../model/problem.ts';
import type { Requirement } from './requirement.ts';

/** A requirement with the place that states it. */
export interface Stated {
  readonly requirement: Requirement;
  readonly file: string;
  readonly line?: number;
  readonly hashed: boolean;
}

/** A package that is fixed to one version, by a lock or by resolving. */
export interface Pin {
  readonly name: string;
  /** In normal form, local label included. */
  readonly version: string;
  readonly scope: Scope;
  readonly direct: boolean;
  /** `name@version` of what it requires; empty where the lock does not say. */
  readonly requires: readonly string[];
  readonly file: string;
  readonly line?: number;
}

/** Requirements that are installed together, and so are resolved together. */
export interface Unit {
  /** The file, and the part of it, for messages. */
  readonly label: string;
  readonly file: string;
  readonly scope: Scope;
  readonly requirements: readonly Stated[];
  readonly constraints: readonly Stated[];
  /** Lowest Python (`3.9`) the project says it supports; absent means that of the interpreter at hand. */
  readonly python?: string;
}

/**
 * What a wish of the repository would have changed: where packages are looked for, or how. `lock-index` is a lock's own
 * statement of where it found them.
 */
export type WishEffect = 'index' | 'lock-index' | 'option';

/** An option or a setting of the repository that would have chosen where or how packages are found. */
export interface DroppedOption {
  readonly file: string;
  readonly line?: number;
  readonly option: string;
  readonly value: string;
  readonly effect: WishEffect;
}

/** Why a whole file could not be read for what it installs. */
export interface Refusal {
  readonly reason: UnavailableReason;
  readonly message: string;
  readonly mend: string;
}

/** What one source of a target gave. */
export interface SourceReading {
  readonly pins: readonly Pin[];
  readonly units: readonly Unit[];
  readonly skipped: readonly SkippedPackage[];
  readonly options: readonly DroppedOption[];
  readonly problems: readonly Problem[];
  readonly files: readonly InventoryFile[];
  readonly notes: readonly string[];
  readonly refusals: readonly Refusal[];
}

export const EMPTY_READING: SourceReading = {
  pins: [],
  units: [],
  skipped: [],
  options: [],
  problems: [],
  files: [],
  notes: [],
  refusals: [],
};

/** The readings of a target's sources as one, in their order. */
export function joinReadings(readings: readonly SourceReading[]): SourceReading {
  return {
    pins: readings.flatMap((reading) => reading.pins),
    units: readings.flatMap((reading) => reading.units),
    skipped: readings.flatMap((reading) => reading.skipped),
    options: readings.flatMap((reading) => reading.options),
    problems: readings.flatMap((reading) => reading.problems),
    files: readings.flatMap((reading) => reading.files),
    notes: readings.flatMap((reading) => reading.notes),
    refusals: readings.flatMap((reading) => reading.refusals),
  };
}
