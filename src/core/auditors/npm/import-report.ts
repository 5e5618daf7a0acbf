/** Judges a report of npm, pnpm, yarn or bun that was made elsewhere: what it proves against our own reading, and what it cannot. */
import type { AuditAnswer, AuditOutcome, Coverage } from '../../model/audit.ts';
import type { AuditSettings, ImportedReport, ReportReader } from '../../model/auditor.ts';
import type { InstalledPackage, Inventory } from '../../model/inventory.ts';
import { byText } from '../../model/order.ts';
import type { Problem } from '../../model/problem.ts';
import type { Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import { excerpt } from '../../model/text.ts';
import { countCoverage } from '../lib/coverage.ts';
import { AUDITED, unavailable } from '../lib/outcome.ts';
import { concludeLock } from './conclude.ts';
import { explainError, explainNoReport } from './failure.ts';
import { type Placed, placeAdvisories } from './findings.ts';
import { inspectNpmrc } from './npmrc.ts';
import type { NpmAdvisory, NpmDocument, NpmReport } from './npm-report.ts';
import type { LockReading } from './lock-reading.ts';
import type { ReportKind } from './report-kind.ts';

const MADE_ELSEWHERE = 'This report was made elsewhere; no canary was asked about and nothing was asked again.';

/** The reader of one tool's reports. */
export function readerOfReports(kind: ReportKind): ReportReader {
  return {
    name: kind.auditor,
    covers: kind.covers,
    interpretImport: (target, report, settings) => interpretReport(kind, target, report, settings),
  };
}

/** Reads the report, places it on the target's lock, and says what is left unproven. */
function* interpretReport(
  kind: ReportKind,
  target: Target,
  report: ImportedReport,
  settings: AuditSettings,
): Program<AuditAnswer> {
  const reading = yield* kind.readLock(target);
  const npmrc = yield* inspectNpmrc(target, settings);
  const document = kind.read(report.text);
  const inventory =
    reading.readable || document.kind !== 'report'
      ? reading.inventory
      : inventReading(document, report, reading.inventory);
  const placed =
    document.kind === 'report'
      ? placeAdvisories(document.advisories, inventory, idsOfNode(inventory), kind.auditor)
      : { reported: [], unplaced: [] };
  const refusal = judgeDocument(kind, report, reading, document, placed);
  return {
    outcome: refusal ?? concludeReading(target, report, settings, reading),
    inventory,
    coverage: cover(inventory, reading, document, report.trusted && refusal === undefined),
    reported: placed.reported,
    problems: [...inventory.problems, ...npmrc, ...strayProblems(target, report, placed)],
    source: `the report ${excerpt(report.file)}`,
    notes: [MADE_ELSEWHERE, ...((document.kind === 'report' ? document.limits : undefined) ?? [])],
  };
}

/** Why the report proves nothing, whoever vouches for it; `undefined` when it may. */
function judgeDocument(
  kind: ReportKind,
  report: ImportedReport,
  reading: LockReading,
  document: NpmDocument,
  placed: Placed,
): AuditOutcome | undefined {
  const again = `Make it anew with \`${kind.command}\`, and look at what that run printed.`;
  if (document.kind === 'error') return explainError(document, kind.tool);
  if (document.kind === 'none') return explainNoReport(document, report.text, kind.tool, again);
  const shrunk = checkWhole(kind, report, document);
  if (shrunk !== undefined || !reading.readable) return shrunk;
  return checkCount(kind, document, reading) ?? checkStray(placed, report);
}

function concludeReading(
  target: Target,
  report: ImportedReport,
  settings: AuditSettings,
  reading: LockReading,
): AuditOutcome {
  const lock = reading.readable ? concludeLock(target, reading, settings) : AUDITED;
  if (lock.status !== 'audited' || report.trusted) return lock;
  return unavailable(
    'import-unproven',
    `${excerpt(report.file)} was made elsewhere: nothing proves that its advisory source was not blind or that it covers everything.`,
    'Let fixby audit the target itself, or vouch for the report with `--trust-imports`.',
  );
}

function checkWhole(kind: ReportKind, { file }: ImportedReport, { leftOut }: NpmReport): AuditOutcome | undefined {
  if (leftOut === undefined) return undefined;
  return unavailable(
    'incomplete',
    `${excerpt(file)} does not name everything that was found: ${leftOut}.`,
    `Make it anew with \`${kind.command}\`, without options that leave severities or advisories out.`,
  );
}

function checkCount(kind: ReportKind, { total }: NpmReport, reading: LockReading): AuditOutcome | undefined {
  const why = total === undefined ? undefined : kind.compareCount(total, reading);
  if (why === undefined) return undefined;
  return unavailable('count-mismatch', why, `Make it anew from the lock as it is: \`${kind.command}\`.`);
}

function checkStray(placed: Placed, report: ImportedReport): AuditOutcome | undefined {
  const [stray] = placed.unplaced;
  if (stray === undefined) return undefined;
  return unavailable(
    'count-mismatch',
    `${excerpt(report.file)} reports ${excerpt(stray.package, 80)}, and nothing in the lock is affected by it: it was made for another tree.`,
    'Make the report anew from the lock as it is.',
  );
}

function strayProblems(target: Target, report: ImportedReport, placed: Placed): readonly Problem[] {
  return placed.unplaced.map((advisory) => ({
    target: target.path,
    code: 'import-unplaced',
    message: `${excerpt(report.file)} reports "${excerpt(advisory.title)}" for ${excerpt(advisory.package, 80)}, which the lock does not hold in an affected version.`,
    mend: 'Make the report anew from the lock as it is.',
    blocks: true,
  }));
}

/** Nodes of a report are places in the lock; those of npm 6 are `name@version`. */
function idsOfNode(inventory: Inventory): (node: string) => readonly string[] {
  const ids = new Map<string, string[]>();
  for (const entry of inventory.packages) {
    ids.set(`${entry.name}@${entry.version}`, [...(ids.get(`${entry.name}@${entry.version}`) ?? []), entry.id]);
  }
  for (const entry of inventory.packages) ids.set(entry.id, [entry.id]);
  return (node) => ids.get(node) ?? [];
}

/** Without a lock the report's own nodes are all there is: their versions are known to npm 6 reports only. */
function inventReading(document: NpmReport, report: ImportedReport, inventory: Inventory): Inventory {
  const packages = new Map<string, InstalledPackage>();
  for (const advisory of document.advisories) {
    for (const node of advisory.nodes) packages.set(node, inventPackage(advisory, node, report));
  }
  return { ...inventory, packages: [...packages.values()].sort((a, b) => byText(a.id, b.id)) };
}

function inventPackage(advisory: NpmAdvisory, node: string, report: ImportedReport): InstalledPackage {
  const name = advisory.package;
  const stated = node.startsWith(`${name}@`) ? node.slice(name.length + 1) : undefined;
  const version = stated ?? 'unknown';
  return { id: node, name, version, scope: 'unknown', direct: false, requires: [], source: report.file };
}

/** Only a report that is `believed` has answered for anything. */
function cover(inventory: Inventory, reading: LockReading, document: NpmDocument, believed: boolean): Coverage {
  if (reading.readable) return countCoverage(inventory, believed ? inventory.packages.length : 0);
  const total = document.kind === 'report' ? (document.total ?? inventory.packages.length) : 0;
  return { packages: total, audited: believed ? total : 0, skipped: [] };
}
