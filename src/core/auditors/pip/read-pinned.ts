/** What a Python target comes to: its own pins, and what uv makes of its ranges. */
import type { AuditOutcome } from '../../model/audit.ts';
import type { AuditSettings } from '../../model/auditor.ts';
import type { Inventory, SkippedPackage } from '../../model/inventory.ts';
import type { Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import { notApplicable, unavailable } from '../lib/outcome.ts';
import { judgeSkips } from './accepted.ts';
import { buildInventory } from './inventory.ts';
import { knowsGraph, readTarget } from './read-target.ts';
import type { SourceReading } from './reading.ts';
import { judgeWishes, type JudgedWishes } from './repository-wishes.ts';
import type { Resolution } from './resolution.ts';
import { resolveUnits } from './resolve-units.ts';

export interface PinnedReading {
  readonly inventory: Inventory;
  readonly notes: readonly string[];
  readonly reading: SourceReading;
  readonly resolutions: readonly Resolution[];
}

/** Reads every source and has uv resolve what is open; nobody is asked about advisories yet. */
export function* readPinned(target: Target, settings: AuditSettings): Program<PinnedReading> {
  const reading = yield* readTarget(target);
  const resolutions = yield* resolveUnits(reading.units, settings);
  const wishes = yield* judgeWishes(target.path, reading.options, settings);
  const inventory = inventoryOf(target, reading, resolutions, wishes);
  return { inventory, notes: notesOf(reading, resolutions, wishes), reading, resolutions };
}

/** What the reading allows once everything in it was answered for, but for `skipped`. */
export function concludePinned(
  target: Target,
  { inventory, reading, resolutions }: PinnedReading,
  skipped: readonly SkippedPackage[],
  settings: AuditSettings,
): AuditOutcome {
  if (inventory.packages.length === 0) return judgeEmpty(target, inventory, reading, resolutions, settings);
  const gaps = resolutions.flatMap((resolution) => resolution.gaps);
  return firstFailure(reading, resolutions) ?? judgeSkips(target, [...skipped, ...gaps], settings);
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
