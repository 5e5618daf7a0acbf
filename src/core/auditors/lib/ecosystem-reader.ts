/** What an auditor that matches by itself needs of an ecosystem: how its targets are read, and what every source must know. */
import type { AuditOutcome } from '../../model/audit.ts';
import type { AuditSettings } from '../../model/auditor.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { PastReader } from '../../model/past.ts';
import type { Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';

/** What is installed in a target, and what its files allow to be said. */
export interface Installed {
  readonly inventory: Inventory;
  /** The outcome once every package was answered for; where there is none to ask about, the outcome as it is. */
  readonly outcome: AuditOutcome;
  readonly notes: readonly string[];
}

/** What it takes to match what is installed now. */
export interface InstalledReader {
  /** A package known to be vulnerable for years: a source that is silent on it is blind. */
  readonly canary: { readonly name: string; readonly version: string };
  /** Reads a target and resolves what is open in it. */
  readonly readInstalled: (target: Target, settings: AuditSettings) => Program<Installed>;
}

export interface EcosystemReader extends InstalledReader {
  /** Reads a target's files and runs nothing. */
  readonly readInventory: (target: Target) => Program<Inventory>;
  readonly openPast: () => PastReader;
}
