/** Turns an audit, or a folder set aside, into the row a report shows for it. */
import type { Audit, AuditOutcome, ToolRun } from '../model/audit.ts';
import type { Inventory } from '../model/inventory.ts';
import type { ReportPackage, ReportTarget } from '../model/report.ts';
import type { SetAside } from '../model/target.ts';

/** The row of a target an auditor was asked about, whatever came of it; with every package only when they are wanted. */
export function auditedRow(audit: Audit, withPackages = false): ReportTarget {
  const { target, inventory, coverage } = audit;
  const [lockfile] = inventory.files;
  return {
    path: target.path,
    ecosystem: target.ecosystem,
    auditor: audit.auditor,
    ...outcomeFields(audit.outcome),
    source: audit.source,
    tool: auditingTool(audit),
    runs: audit.runs.map((run) => ({ ...run, argv: [...run.argv] })),
    ...(lockfile === undefined ? {} : { lockfile: { path: lockfile.path, sha256: lockfile.sha256 } }),
    files: inventory.files.map(({ path, sha256 }) => ({ path, sha256 })),
    coverage: { ...coverage, skipped: coverage.skipped.map((entry) => ({ ...entry })) },
    ...(withPackages && audit.secondOpinion === undefined ? { packages: packageRows(audit.inventory) } : {}),
    notes: [...audit.notes],
    durationMs: audit.durationMs,
    ...(audit.secondOpinion === undefined ? {} : { secondOpinion: audit.secondOpinion }),
    ...(audit.standsInFor === undefined ? {} : { standsInFor: [...audit.standsInFor] }),
  };
}

function packageRows({ packages, graphKnown }: Inventory): ReportPackage[] {
  return packages.map(({ id, name, version, scope, direct, requires }) => ({
    ...{ id, name, version, scope, direct },
    ...(graphKnown ? { requires: [...requires] } : {}),
  }));
}

function outcomeFields(outcome: AuditOutcome): Pick<ReportTarget, 'outcome' | 'reason' | 'message' | 'mend'> {
  switch (outcome.status) {
    case 'audited':
      return { outcome: 'audited' };
    case 'unavailable':
      return { outcome: outcome.status, reason: outcome.reason, message: outcome.message, mend: outcome.mend };
    case 'not-applicable':
      return { outcome: outcome.status, reason: outcome.reason, message: outcome.message };
  }
}

/** The last run of the tool the auditor is named after; a resolver that ran before it is not the auditing tool. */
function auditingTool({ auditor, runs }: Audit): ReportTarget['tool'] {
  const run: ToolRun | undefined = runs.findLast(({ tool }) => auditor.startsWith(tool)) ?? runs.at(-1);
  return run === undefined ? { version: '', argv: [] } : { version: run.version, argv: [...run.argv] };
}

/** The row of something no auditor was asked about: nothing ran, so nothing is counted. */
export function setAsideRow(aside: SetAside): ReportTarget {
  return {
    path: aside.path,
    ecosystem: aside.ecosystem,
    auditor: 'none',
    outcome: aside.outcome,
    reason: aside.reason,
    message: aside.message,
    mend: aside.mend,
    source: 'none',
    tool: { version: '', argv: [] },
    runs: [],
    files: [],
    coverage: { packages: 0, audited: 0, skipped: [] },
    notes: aside.sources.map(({ path }) => `seen and not read: ${path}`),
    durationMs: 0,
  };
}
