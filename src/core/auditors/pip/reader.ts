/** Reads Python targets for an auditor that matches by itself, as pip-audit's own auditor reads them. */
import type { AuditSettings } from '../../model/auditor.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import type { EcosystemReader, Installed } from '../lib/ecosystem-reader.ts';
import { buildInventory } from './inventory.ts';
import { openPipPast } from './past.ts';
import { CANARY } from './pip-audit-question.ts';
import { concludePinned, readPinned } from './read-pinned.ts';
import { knowsGraph, readTarget } from './read-target.ts';
import { judgeWishesUnasked } from './repository-wishes.ts';
import { pinAll } from './requirements-source.ts';

export const pythonReader: EcosystemReader = {
  canary: CANARY,
  readInstalled,
  readInventory,
  openPast: openPipPast,
};

function* readInstalled(target: Target, settings: AuditSettings): Program<Installed> {
  const pinned = yield* readPinned(target, settings);
  const { inventory, notes } = pinned;
  return { inventory, outcome: concludePinned(target, pinned, inventory.skipped, settings), notes };
}

/** What is pinned without resolving anything: locks, and exact versions of requirements. */
function* readInventory(target: Target): Program<Inventory> {
  const reading = yield* readTarget(target);
  return buildInventory({
    pins: [...reading.pins, ...reading.units.flatMap(pinAll)],
    skipped: reading.skipped,
    files: reading.files,
    problems: [...reading.problems, ...judgeWishesUnasked(target.path, reading.options, []).problems],
    graphKnown: knowsGraph(target),
  });
}
