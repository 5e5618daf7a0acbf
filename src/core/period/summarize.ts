/** Counts how the windows of a period were kept, by severity. */
import type { PeriodFinding, PeriodOutcome, PeriodRow } from '../model/period-report.ts';
import type { Period } from '../model/period.ts';
import { SEVERITY_LEVELS } from '../model/severity.ts';
import { medianOf, ninetiethOf } from '../model/spread.ts';

/** Every severity has a row, and the last row counts all of them. */
export function summarizePeriod(findings: readonly PeriodFinding[], period: Period): PeriodRow[] {
  const rows = SEVERITY_LEVELS.map((severity) =>
    countRow(
      severity,
      findings.filter((finding) => finding.severity === severity),
      period,
    ),
  );
  return [...rows, countRow('all', findings, period)];
}

function countRow(
  severity: PeriodRow['severity'],
  findings: readonly PeriodFinding[],
  { from, to }: Period,
): PeriodRow {
  const count = (outcome: PeriodOutcome): number => findings.filter((finding) => finding.outcome === outcome).length;
  const [within, late, overdue] = [count('within'), count('late'), count('overdue')];
  const decided = within + late + overdue;
  const days = findings
    .filter(({ outcome }) => outcome === 'within' || outcome === 'late')
    .flatMap(({ daysToFix }) => daysToFix ?? [])
    .sort((a, b) => a - b);
  return {
    severity,
    opened: findings.filter(({ openedAt }) => openedAt >= from && openedAt < to).length,
    closed: findings.filter(({ closedAt }) => closedAt !== undefined).length,
    ...{ within, late, overdue, open: count('open'), accepted: count('accepted') },
    ...{ bestEffort: count('best-effort'), notCounted: count('not-counted') },
    share: decided === 0 ? null : within / decided,
    medianDays: medianOf(days),
    p90Days: ninetiethOf(days),
  };
}
