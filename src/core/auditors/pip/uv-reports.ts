/** Judges a report of `uv audit` that was made elsewhere against our own reading of the uv.lock it is about. */
import type { AuditAnswer, AuditOutcome } from '../../model/audit.ts';
import type { AuditSettings, ImportedReport, ReportReader } from '../../model/auditor.ts';
import { byText, sortedUnique } from '../../model/order.ts';
import type { Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import { excerpt } from '../../model/text.ts';
import { countCoverage } from '../lib/coverage.ts';
import { unavailable } from '../lib/outcome.ts';
import { judgeSkips } from './accepted.ts';
import { findReport } from './find-report.ts';
import { toReported } from './findings.ts';
import { buildInventory, idOf } from './inventory.ts';
import { knowsGraph, readTarget } from './read-target.ts';
import type { SourceReading } from './reading.ts';
import { unproven, unreadable } from './refuse-report.ts';
import { judgeWishesUnasked } from './repository-wishes.ts';
import { pinAll } from './requirements-source.ts';
import { readUvReport, type UvReport } from './uv-report.ts';

const UV = { tool: 'uv', command: 'uv audit --frozen --output-format json' };
const MOST_NAMED = 5;

/** Reads reports of `uv audit`, about targets with a uv.lock. */
export const uvReports: ReportReader = {
  name: 'uv-audit',
  covers: ({ ecosystem, sources }) => ecosystem === 'PyPI' && sources.some(({ kind }) => kind === 'uv-lock'),
  interpretImport,
};

function* interpretImport(target: Target, imported: ImportedReport, settings: AuditSettings): Program<AuditAnswer> {
  const reading = yield* readTarget(target);
  const report = findReport(imported.text, readUvReport);
  const inventory = buildInventory({
    pins: [...reading.pins, ...reading.units.flatMap(pinAll)],
    skipped: reading.skipped,
    files: reading.files,
    problems: [
      ...reading.problems,
      ...judgeWishesUnasked(target.path, reading.options, settings.knownRegistries).problems,
    ],
    graphKnown: knowsGraph(target),
  });
  const locked = lockedIn(target, reading);
  const answered = report?.answered.filter((answer) => locked.has(idOf(answer))) ?? [];
  const refusal = report === undefined ? unreadable(imported, UV) : judgeReport(imported, report, locked, reading);
  const believed = imported.trusted && refusal === undefined;
  return {
    outcome: refusal ?? concludeReading(target, imported, settings, reading),
    inventory,
    coverage: countCoverage(inventory, believed ? locked.size : 0),
    reported: toReported(
      uvReports.name,
      answered.map((answer) => ({ ids: [idOf(answer)], answer })),
    ),
    problems: inventory.problems,
    source: `the report ${excerpt(imported.file, 120)}`,
    notes: [...reading.notes, ...notesOn(imported, report)],
  };
}

function notesOn({ file }: ImportedReport, report: UvReport | undefined): readonly string[] {
  const made = `The report ${excerpt(file, 120)} was made elsewhere; no canary can vouch for its source.`;
  if (report === undefined || report.adverse === 0) return [made];
  return [made, `uv also says of ${report.adverse} packages that their projects were given up or shut away.`];
}

/** `name@version` of everything the target's uv.lock pins. */
function lockedIn({ sources }: Target, { pins }: SourceReading): ReadonlySet<string> {
  const locks = new Set(sources.filter(({ kind }) => kind === 'uv-lock').map(({ path }) => path));
  return new Set(pins.filter(({ file }) => locks.has(file)).map(idOf));
}

/** Why the report proves nothing, whoever vouches for it; `undefined` when it may. */
function judgeReport(
  { file }: ImportedReport,
  report: UvReport,
  locked: ReadonlySet<string>,
  reading: SourceReading,
): AuditOutcome | undefined {
  const name = excerpt(file, 120);
  const say = (what: string): AuditOutcome =>
    unavailable('count-mismatch', `${name} ${what}.`, `Make it anew from the lock as it is: \`${UV.command}\`.`);
  if (report.counted !== report.answered.length)
    return say(`counts ${report.counted} flaws and names ${report.answered.length}`);
  const stray = report.answered
    .map(idOf)
    .sort(byText)
    .find((id) => !locked.has(id));
  if (stray !== undefined) return say(`reports ${stray}, which the lock does not hold: it was made for another lock`);
  if (report.audited < locked.size || report.audited > locked.size + reading.skipped.length)
    return say(`counts ${report.audited} packages and the lock has ${locked.size}`);
  return undefined;
}

function concludeReading(
  target: Target,
  imported: ImportedReport,
  settings: AuditSettings,
  reading: SourceReading,
): AuditOutcome {
  const [refusal] = reading.refusals;
  if (refusal !== undefined) return unavailable(refusal.reason, refusal.message, refusal.mend);
  const beside = besideTheLock(target, reading);
  if (beside.length > 0) return uncovered(beside);
  return imported.trusted ? judgeSkips(target, reading.skipped, settings) : unproven(imported, UV);
}

/** What other files of the target ask for and its uv.lock does not hold. */
function besideTheLock(target: Target, reading: SourceReading): readonly string[] {
  const locked = lockedIn(target, reading);
  const names = new Set([...locked].map((id) => id.slice(0, id.lastIndexOf('@'))));
  const pins = [...reading.pins, ...reading.units.flatMap(pinAll)].map(idOf).filter((id) => !locked.has(id));
  const stated = reading.units.flatMap(({ requirements }) => requirements.map(({ requirement }) => requirement.name));
  return sortedUnique([...pins, ...stated.filter((name) => !names.has(name))]);
}

function uncovered(names: readonly string[]): AuditOutcome {
  return unavailable(
    'incomplete',
    `uv audits its own lock only, and other files here ask for ${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''}.`,
    'Import a report of pip-audit over those files, or let fixby audit the target itself.',
  );
}
