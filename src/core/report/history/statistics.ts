/** Counts what became of the past's findings, by severity: how many kept their window, and how long fixing took. */
import type { HistoryView, NotCounted, PastOccurrence, PastStatistics } from '../../model/history-report.ts';
import { SEVERITY_LEVELS } from '../../model/severity.ts';
import { medianOf, ninetiethOf } from '../../model/spread.ts';

const REASONS: readonly NotCounted[] = ['before-published', 'withdrawn', 'undated', 'start-unknown', 'end-unseen'];

/** Every severity is in it, with nulls where nothing happened. */
export function summarize(occurrences: readonly PastOccurrence[]): HistoryView['summary'] {
  const none = Object.fromEntries(REASONS.map((reason) => [reason, 0])) as Record<NotCounted, number>;
  const notCounted = occurrences.reduce(
    (counts, { notCounted: reason }) => (reason === undefined ? counts : { ...counts, [reason]: counts[reason] + 1 }),
    none,
  );
  return {
    bySeverity: SEVERITY_LEVELS.map((level) =>
      countAll(
        level,
        occurrences.filter(({ severity }) => severity.level === level),
      ),
    ),
    all: countAll('all', occurrences),
    notCounted,
  };
}

function countAll(severity: PastStatistics['severity'], occurrences: readonly PastOccurrence[]): PastStatistics {
  const count = (wanted: PastOccurrence['outcome']): number =>
    occurrences.filter(({ outcome }) => outcome === wanted).length;
  const [met, breached, open] = [count('met'), count('breached'), count('open')];
  const days = occurrences
    .filter(({ outcome }) => outcome !== 'not-counted')
    .flatMap(({ daysToFix }) => daysToFix ?? [])
    .sort((a, b) => a - b);
  return {
    severity,
    met,
    breached,
    open,
    fixed: days.length,
    withinWindow: met + breached === 0 ? null : met / (met + breached),
    medianDays: medianOf(days),
    p90Days: ninetiethOf(days),
  };
}
