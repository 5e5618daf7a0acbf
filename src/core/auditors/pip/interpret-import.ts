/** Judges a pip-audit report made elsewhere against our own reading of the target. */
import type { AuditAnswer, AuditOutcome } from '../../model/audit.ts';
import type { AuditSettings, ImportedReport } from '../../model/auditor.ts';
import type { Inventory, SkippedPackage } from '../../model/inventory.ts';
import { sortedUnique } from '../../model/order.ts';
import type { Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import { excerpt } from '../../model/text.ts';
import { countCoverage } from '../lib/coverage.ts';
import { notApplicable, unavailable } from '../lib/outcome.ts';
import { judgeSkips } from './accepted.ts';
import { AUDITOR, toReported } from './findings.ts';
import { findReport } from './find-report.ts';
import { buildInventory, idOf } from './inventory.ts';
import { knowsGraph, readTarget } from './read-target.ts';
import type { Pin, SourceReading, Stated } from './reading.ts';
import { judgeWishesUnasked } from './repository-wishes.ts';
import { exactVersion } from './requirement.ts';
import { pinAll } from './requirements-source.ts';
import { unproven, unreadable } from './refuse-report.ts';
import { type Answered, type PipAuditReport, readReport } from './report-document.ts';
import { canonicalVersion } from './version.ts';

const PIP_AUDIT = { tool: 'pip-audit', command: 'pip-audit --format json --output FILE' };

/** What is held against each other: the report, and our own reading. */
interface Case {
  readonly target: Target;
  readonly imported: ImportedReport;
  readonly settings: AuditSettings;
  readonly reading: SourceReading;
  /** Undefined when the file holds none. */
  readonly report: PipAuditReport | undefined;
  /** What the report answers for, less what has no version number. */
  readonly answered: readonly Answered[];
}

/**
 * An import has no canary, so it is `import-unproven` unless the operator vouches for it; then counts decide. Its findings
 * are kept either way.
 */
export function* interpretImport(
  target: Target,
  imported: ImportedReport,
  settings: AuditSettings,
): Program<AuditAnswer> {
  const reading = yield* readTarget(target);
  const report = findReport(imported.text, readReport);
  const answered = report?.answered.filter(({ version }) => canonicalVersion(version) !== undefined) ?? [];
  const facts: Case = { target, imported, settings, reading, report, answered };
  const inventory = inventoryOf(facts);
  const known = new Set(answered.map(idOf));
  const file = excerpt(imported.file, 120);
  return {
    outcome: judge(facts, inventory),
    inventory,
    coverage: countCoverage(inventory, inventory.packages.filter(({ id }) => known.has(id)).length),
    reported: toReported(
      AUDITOR,
      answered.map((answer) => ({ ids: [idOf(answer)], answer })),
    ),
    problems: inventory.problems,
    source: `the report ${file}`,
    notes: [...reading.notes, `The report ${file} was made elsewhere; no canary can vouch for its source.`],
  };
}

function inventoryOf({ target, settings, reading, report, answered }: Case): Inventory {
  const names = namesIn(report);
  const stated = reading.units.map((unit) => ({ ...unit, requirements: unit.requirements.filter(mustAppear(names)) }));
  const skipped = report?.skipped ?? [];
  const odd = (report?.answered ?? []).filter((answer) => !answered.includes(answer));
  return buildInventory({
    pins: [...reading.pins, ...stated.flatMap(pinAll), ...answered.map((answer) => pinOf(answer, target, reading))],
    skipped: [...reading.skipped, ...skipped, ...odd.map(skipOdd)],
    files: reading.files,
    problems: [
      ...reading.problems,
      ...judgeWishesUnasked(target.path, reading.options, settings.knownRegistries).problems,
    ],
    graphKnown: knowsGraph(target),
  });
}

function skipOdd({ name, version }: Answered): SkippedPackage {
  return { name, version, reason: 'the report gives it a version that is no Python version (PEP 440)' };
}

/** A package of the report, placed where our own reading asks for it. */
function pinOf({ name, version }: Answered, target: Target, reading: SourceReading): Pin {
  const asking = reading.units.find((unit) => unit.requirements.some(({ requirement }) => requirement.name === name));
  const stated = asking?.requirements.find(({ requirement }) => requirement.name === name);
  const line = stated?.line;
  return {
    name,
    version,
    scope: asking?.scope ?? 'unknown',
    direct: stated !== undefined,
    requires: [],
    file: stated?.file ?? target.sources[0]?.path ?? target.path,
    ...(line === undefined ? {} : { line }),
  };
}

function judge({ target, imported, settings, reading, report, answered }: Case, inventory: Inventory): AuditOutcome {
  if (report === undefined) return unreadable(imported, PIP_AUDIT);
  const [refusal] = reading.refusals;
  if (refusal !== undefined) return unavailable(refusal.reason, refusal.message, refusal.mend);
  const missing = findMissing(reading, report, new Set(answered.map(idOf)));
  if (missing.length > 0) return mismatch(imported, missing);
  if (inventory.packages.length === 0 && inventory.skipped.length === 0) {
    return notApplicable('no-dependencies', 'Its files ask for no packages, and the report names none.');
  }
  if (!imported.trusted) return unproven(imported, PIP_AUDIT);
  return judgeSkips(target, inventory.skipped, settings);
}

/** Pins the report does not answer for, and names it does not know at all. */
function findMissing(reading: SourceReading, report: PipAuditReport, known: ReadonlySet<string>): readonly string[] {
  const names = namesIn(report);
  const skipped = new Set(report.skipped.map(({ name }) => name));
  const units = reading.units.map((unit) => ({ ...unit, requirements: unit.requirements.filter(mustAppear(names)) }));
  const pins = [...reading.pins, ...units.flatMap(pinAll)];
  const open = pins.filter((pin) => !known.has(idOf(pin)) && !skipped.has(pin.name)).map(idOf);
  const stated = units.flatMap((unit) => unit.requirements.map(({ requirement }) => requirement));
  const ranges = stated.filter(({ specifier }) => exactVersion(specifier) === undefined).map(({ name }) => name);
  return sortedUnique([...open, ...ranges.filter((name) => !names.has(name))]);
}

function namesIn(report: PipAuditReport | undefined): ReadonlySet<string> {
  return new Set([...(report?.answered ?? []), ...(report?.skipped ?? [])].map(({ name }) => name));
}

/** A requirement may be absent from a report when a marker can have excluded it where the report was made. */
function mustAppear(names: ReadonlySet<string>): (stated: Stated) => boolean {
  return ({ requirement }) => requirement.marker === '' || names.has(requirement.name);
}

function mismatch({ file }: ImportedReport, missing: readonly string[]): AuditOutcome {
  const named = missing.slice(0, 5).join(', ');
  return unavailable(
    'count-mismatch',
    `${excerpt(file, 120)} does not answer for ${missing.length} of the packages the repository names: ${named}.`,
    'Make the report from the files of this folder, for the same commit.',
  );
}
