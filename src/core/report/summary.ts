/** Counts what a view holds, so that no format counts for itself. */
import { DEADLINE_STATES } from '../model/deadline.ts';
import type { ReportFinding, ReportTarget, ReportView } from '../model/report.ts';
import { SEVERITY_LEVELS } from '../model/severity.ts';

/** Every state and level has its number, 0 included. Accepted and withdrawn findings count like any other. */
export function summarize(findings: readonly ReportFinding[], targets: readonly ReportTarget[]): ReportView['summary'] {
  return {
    byState: countEach(
      DEADLINE_STATES,
      findings.map(({ deadline }) => deadline.state),
    ),
    bySeverity: countEach(
      SEVERITY_LEVELS,
      findings.map(({ severity }) => severity.level),
    ),
    coverage: summarizeCoverage(targets),
  };
}

/** A second opinion looks at what is counted already. */
function summarizeCoverage(rows: readonly ReportTarget[]): ReportView['summary']['coverage'] {
  const targets = rows.filter(({ secondOpinion }) => secondOpinion !== true);
  const outcomes = countEach(
    ['audited', 'unavailable', 'not-applicable'],
    targets.map(({ outcome }) => outcome),
  );
  return {
    targets: targets.length,
    audited: outcomes.audited,
    unavailable: outcomes.unavailable,
    notApplicable: outcomes['not-applicable'],
    packages: sum(targets.map(({ coverage }) => coverage.packages)),
    packagesAudited: sum(targets.map(({ coverage }) => coverage.audited)),
  };
}

function countEach<K extends string>(keys: readonly K[], values: readonly K[]): Record<K, number> {
  const counts = new Map(keys.map((key) => [key, 0]));
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(counts) as Record<K, number>;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
