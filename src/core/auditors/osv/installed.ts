/** What is installed in a target, by the readings the other auditors share, and what the lock itself allows to be said. */
import type { AuditOutcome } from '../../model/audit.ts';
import type { AuditSettings } from '../../model/auditor.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import { concludeLock, concludeWithoutAsking } from '../npm/conclude.ts';
import { readLock } from '../npm/read-lock.ts';
import { concludePinned, readPinned } from '../pip/read-pinned.ts';

export interface Installed {
  readonly inventory: Inventory;
  /** The outcome once every package was answered for; where there is none to ask about, the outcome as it is. */
  readonly outcome: AuditOutcome;
  readonly notes: readonly string[];
}

/** Reads a target of either ecosystem. */
export function readInstalled(target: Target, settings: AuditSettings): Program<Installed> {
  return target.ecosystem === 'npm' ? readNpm(target, settings) : readPython(target, settings);
}

function* readNpm(target: Target, settings: AuditSettings): Program<Installed> {
  const reading = yield* readLock(target);
  const outcome = concludeWithoutAsking(target, reading, settings) ?? concludeLock(target, reading, settings);
  return { inventory: reading.inventory, outcome, notes: [] };
}

function* readPython(target: Target, settings: AuditSettings): Program<Installed> {
  const pinned = yield* readPinned(target, settings);
  const { inventory, notes } = pinned;
  return { inventory, outcome: concludePinned(target, pinned, inventory.skipped, settings), notes };
}
