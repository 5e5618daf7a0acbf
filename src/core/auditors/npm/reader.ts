/** Reads npm targets for an auditor that matches by itself, as npm's own auditor reads them. */
import type { AuditSettings } from '../../model/auditor.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { PastReader } from '../../model/past.ts';
import type { Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import type { EcosystemReader, Installed } from '../lib/ecosystem-reader.ts';
import { openNpmPast } from './past.ts';
import { CANARY } from './question.ts';
import { openForeignPast } from './foreign/past.ts';
import { readForeign, readerOf } from './foreign/read-foreign.ts';
import type { LockReading } from './lock-reading.ts';
import { readLock } from './read-lock.ts';
import { hasNpmLock } from './read-target.ts';
import { concludeInstalled } from './own-reader.ts';

export const npmReader: EcosystemReader = {
  canary: CANARY,
  readInstalled,
  readInventory,
  openPast: openAnyPast,
};

function* readInstalled(target: Target, settings: AuditSettings): Program<Installed> {
  return concludeInstalled(target, yield* readAny(target), settings);
}

function* readInventory(target: Target): Program<Inventory> {
  return (yield* readAny(target)).inventory;
}

/** What npm would use comes first; a lock of another package manager beside it is told of by that reading. */
function readAny(target: Target): Program<LockReading> {
  const isForeign = !hasNpmLock(target.sources) && target.sources.some((source) => readerOf(source) !== undefined);
  return isForeign ? readForeign(target) : readLock(target);
}

function openAnyPast(): PastReader {
  const [npm, foreign] = [openNpmPast(), openForeignPast()];
  return {
    choose: (sources) => (hasNpmLock(sources) ? npm : foreign).choose(sources),
    read: (source, text) => (hasNpmLock([source]) ? npm : foreign).read(source, text),
  };
}
