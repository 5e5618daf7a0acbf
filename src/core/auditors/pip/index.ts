/** The auditor of Python targets: real pip-audit over pins that are read, or resolved by uv, without running the project. */
import type { Auditor, ReportReader } from '../../model/auditor.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import { auditTarget } from './audit-target.ts';
import { interpretImport } from './interpret-import.ts';
import { buildInventory } from './inventory.ts';
import { openPipPast } from './past.ts';
import { knowsGraph, readTarget } from './read-target.ts';
import { judgeWishesUnasked } from './repository-wishes.ts';
import { pinAll } from './requirements-source.ts';

/** Asks pip-audit about every package of a Python target. */
export const pipAudit: Auditor & ReportReader = {
  name: 'pip-audit',
  covers: ({ ecosystem }) => ecosystem === 'PyPI',
  tools: ['pip-audit', 'uv'],
  readInventory,
  audit: auditTarget,
  interpretImport,
  openPast: () => new Map([['PyPI', openPipPast()]]),
};

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
