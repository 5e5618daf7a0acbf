/** The audit of a Python target: read, resolve, ask, judge. */
import type { AuditAnswer } from '../../model/audit.ts';
import type { AuditSettings } from '../../model/auditor.ts';
import type { Inventory, SkippedPackage } from '../../model/inventory.ts';
import type { Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import { countCoverage } from '../lib/coverage.ts';
import { askPipAudit } from './ask-pip-audit.ts';
import { AUDITOR, toReported } from './findings.ts';
import { orderSkipped } from './inventory.ts';
import { askAbout, describeSource } from './pip-audit-question.ts';
import { concludePinned, readPinned } from './read-pinned.ts';
import { publicVersion } from './version.ts';

/** Every failure is an answer; what was found before it is kept. */
export function* auditTarget(target: Target, settings: AuditSettings): Program<AuditAnswer> {
  const pinned = yield* readPinned(target, settings);
  const { inventory, notes } = pinned;
  const base = { source: describeSource(settings), notes };
  if (inventory.packages.length === 0) {
    const { problems } = inventory;
    const outcome = concludePinned(target, pinned, inventory.skipped, settings);
    return { ...base, outcome, inventory, coverage: countCoverage(inventory, 0), reported: [], problems };
  }
  const answers = yield* askPipAudit(askAbout(inventory.packages), settings);
  const audited = withoutSkipped(inventory, answers.skipped);
  const ids = new Set(answers.answered.flatMap(({ asked }) => asked.ids));
  return {
    ...base,
    outcome: answers.failure ?? concludePinned(target, pinned, audited.skipped, settings),
    inventory: audited,
    coverage: countCoverage(audited, ids.size),
    reported: toReported(
      AUDITOR,
      answers.answered.map(({ asked, answer }) => ({ ids: asked.ids, answer })),
    ),
    problems: inventory.problems,
  };
}

// A package that no answer could be had for counts once: as skipped.
function withoutSkipped(inventory: Inventory, skipped: readonly SkippedPackage[]): Inventory {
  const gone = new Set(skipped.map(({ name, version }) => `${name}@${version ?? ''}`));
  return {
    ...inventory,
    packages: inventory.packages.filter(({ name, version }) => !gone.has(`${name}@${publicVersion(version)}`)),
    skipped: orderSkipped([...inventory.skipped, ...skipped]),
  };
}
