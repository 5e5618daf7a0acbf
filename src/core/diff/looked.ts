/** Decides whether a report looked where a finding would be: only then does its silence mean something. */
import type { ReportFinding, ReportTarget, ReportView } from '../model/report.ts';

/**
 * - `answered`: every auditor that saw it there answered in full about its folder;
 * - `target-removed`: the folder is gone, and the walk through the repository left nothing out;
 * - otherwise why nothing can be said, as half a sentence.
 */
export type Look = 'answered' | 'target-removed' | { readonly why: string };

/** What the silence of `view` about `finding`, which another report has, is worth. */
export function lookAt(finding: ReportFinding, view: ReportView): Look {
  const rows = view.targets.filter(({ path, ecosystem }) => path === finding.target && ecosystem === finding.ecosystem);
  if (rows.length === 0) {
    const gap = view.problems.find(({ blocks, target }) => blocks && target === null);
    return gap === undefined ? 'target-removed' : { why: `its folder was not met, and ${gap.code} left a gap` };
  }
  const silent = rows.find((row) => leavesOpen(row, finding));
  if (silent !== undefined) return { why: `${nameOf(silent)} gave no answer (${silent.reason ?? silent.outcome})` };
  const missing = finding.seenBy.find((auditor) => !rows.some((row) => row.auditor === auditor));
  if (missing !== undefined) return { why: `${missing} was not asked about its folder` };
  const skipping = rows.find(({ coverage }) => coverage.skipped.some(({ name }) => name === finding.package));
  return skipping === undefined ? 'answered' : { why: `${skipping.auditor} left the package out` };
}

/** A folder set aside for good reason leaves nothing open where an auditor answered for what else is in it. */
function leavesOpen({ auditor, outcome }: ReportTarget, { seenBy }: ReportFinding): boolean {
  return auditor === 'none' ? outcome === 'unavailable' : outcome !== 'audited' && seenBy.includes(auditor);
}

function nameOf({ auditor }: ReportTarget): string {
  return auditor === 'none' ? 'what lies beside it' : auditor;
}
