/** Reads npm's own locks for whoever matches by itself, and nothing of other package managers: their parsers are not loaded for it. */
import type { AuditSettings } from '../../model/auditor.ts';
import type { Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import type { Installed, InstalledReader } from '../lib/ecosystem-reader.ts';
import { concludeLock, concludeWithoutAsking } from './conclude.ts';
import type { LockReading } from './lock-reading.ts';
import { CANARY } from './question.ts';
import { readLock } from './read-lock.ts';

/** For targets whose lock is package-lock.json or npm-shrinkwrap.json. */
export const ownLockReader: InstalledReader = { canary: CANARY, readInstalled };

function* readInstalled(target: Target, settings: AuditSettings): Program<Installed> {
  return concludeInstalled(target, yield* readLock(target), settings);
}

/** What a reading of a lock of the npm world comes to for an auditor that runs no tool. */
export function concludeInstalled(target: Target, reading: LockReading, settings: AuditSettings): Installed {
  const outcome = concludeWithoutAsking(target, reading, settings) ?? concludeLock(target, reading, settings);
  return { inventory: reading.inventory, outcome, notes: [] };
}
