/** Reads npm targets for an auditor that matches by itself, as npm's own auditor reads them. */
import type { AuditSettings } from '../../model/auditor.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import type { EcosystemReader, Installed } from '../lib/ecosystem-reader.ts';
import { concludeLock, concludeWithoutAsking } from './conclude.ts';
import { openNpmPast } from './past.ts';
import { CANARY } from './question.ts';
import { readLock } from './read-lock.ts';

export const npmReader: EcosystemReader = {
  canary: CANARY,
  readInstalled,
  readInventory,
  openPast: openNpmPast,
};

function* readInstalled(target: Target, settings: AuditSettings): Program<Installed> {
  const reading = yield* readLock(target);
  const outcome = concludeWithoutAsking(target, reading, settings) ?? concludeLock(target, reading, settings);
  return { inventory: reading.inventory, outcome, notes: [] };
}

function* readInventory(target: Target): Program<Inventory> {
  return (yield* readLock(target)).inventory;
}
