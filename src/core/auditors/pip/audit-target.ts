/** The audit of a Python target: read, resolve, ask, judge. */
import type { AuditAnswer, AuditOutcome } from '../../model/audit.ts';
import type { AuditSettings } from '../../model/auditor.ts';
import type { Inventory, SkippedPackage } from '../../model/inventory.ts';
import type { Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import { countCoverage } from '../lib/coverage.ts';
import { notApplicable, unavailable } from '../lib/outcome.ts';
import { judgeSkips } from './accepted.ts';
import { askPipAudit } from './ask-pip-audit.ts';
import { toReported } from './findings.ts';
import { buildInventory, orderSkipped } from './inventory.ts';
import { askAbout, describeSource } from './pip-audit-question.ts';
import { knowsGraph, readTarget } from './read-target.ts';
import type { SourceReading } from './reading.ts';
import { judgeWishes, type JudgedWishes } from './repository-wishes.ts';
import type { Resolution } from './resolution.ts';
import { resolveUnits } from './resolve-units.ts';
import { publicVersion } from './version.ts';

/** Every failure is an answer; what was found before it is kept. */
export function* auditTarget(target: Target, settings: AuditSettings): Program<AuditAnswer> {
  const reading = yield* readTarget(target);
  const resolutions = yield* resolveUnits(reading.units, settings);
  const wishes = yield* judgeWishes(target.path, reading.options, settings);
  const inventory = inventoryOf(target, reading, resolutions, wishes);
  const base = { source: describeSource(settings), notes: notesOf(reading, resolutions, wishes) };
  if (inventory.packages.length === 0) {
    return {
      ...base,
      ...withoutFindings(inventory),
      outcome: judgeEmpty(target, inventory, reading, resolutions, settings),
    };
  }
  const answers = yield* askPipAudit(askAbout(inventory.packages), settings);
  const audited = withoutSkipped(inventory, answers.skipped);
  const ids = new Set(answers.answered.flatMap(({ asked }) => asked.ids));
  const gaps = resolutions.flatMap((resolution) => resolution.gaps);
  return {
    ...base,
    outcome:
      answers.failure ??
      firstFailure(reading, resolutions) ??
      judgeSkips(target, [...audited.skipped, ...gaps], settings),
    inventory: audited,
    coverage: countCoverage(audited, ids.size),
    reported: toReported(answers.answered.map(({ asked, answer }) => ({ ids: asked.ids, answer }))),
    problems: inventory.problems,
  };
}

function inventoryOf(
  target: Target,
  reading: SourceReading,
  resolutions: readonly Resolution[],
  wishes: JudgedWishes,
): Inventory {
  const gaps = resolutions.flatMap((resolution) => resolution.gaps);
  return buildInventory({
    pins: [...reading.pins, ...resolutions.flatMap((resolution) => resolution.pins)],
    skipped: [...reading.skipped, ...resolutions.flatMap((resolution) => resolution.skipped)],
    files: reading.files,
    problems: [...reading.problems, ...wishes.problems, ...gaps.map((gap) => gapProblem(target, gap))],
    graphKnown: knowsGraph(target),
  });
}

function gapProblem(target: Target, { name, version, reason }: SkippedPackage): Inventory['problems'][number] {
  return {
    target: target.path,
    code: 'requirements-unknown',
    message: `${name} ${version ?? ''} was audited itself; ${reason}.`,
    mend: 'Commit a lock that lists everything it requires: uv.lock, pylock.toml, or requirements.txt with hashes.',
    blocks: false,
  };
}

function notesOf(reading: SourceReading, resolutions: readonly Resolution[], wishes: JudgedWishes): readonly string[] {
  return [...reading.notes, ...resolutions.flatMap((resolution) => resolution.notes), ...wishes.notes];
}

function withoutFindings(inventory: Inventory): Pick<AuditAnswer, 'inventory' | 'coverage' | 'reported' | 'problems'> {
  return { inventory, coverage: countCoverage(inventory, 0), reported: [], problems: inventory.problems };
}

/** The outcome of a target in which there is no package to ask about. */
function judgeEmpty(
  target: Target,
  inventory: Inventory,
  reading: SourceReading,
  resolutions: readonly Resolution[],
  settings: AuditSettings,
): AuditOutcome {
  const failure = firstFailure(reading, resolutions);
  if (failure !== undefined) return failure;
  const skips = judgeSkips(target, inventory.skipped, settings);
  if (skips.status !== 'unavailable') return notApplicable('no-dependencies', sayNothing(inventory));
  if (reading.units.length === 0) return skips;
  return unavailable('resolution-failed', skips.message, skips.mend);
}

function sayNothing({ skipped }: Inventory): string {
  return skipped.length === 0
    ? 'Its files ask for no packages.'
    : 'Everything its files ask for is accepted as not auditable.';
}

/** Why part of the target could not be read or resolved at all; undefined when all could. */
function firstFailure(reading: SourceReading, resolutions: readonly Resolution[]): AuditOutcome | undefined {
  const [refusal] = reading.refusals;
  if (refusal !== undefined) return unavailable(refusal.reason, refusal.message, refusal.mend);
  return resolutions.find((resolution) => resolution.failure !== undefined)?.failure;
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
