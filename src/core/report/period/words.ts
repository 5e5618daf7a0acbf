/** Owns the words all formats of period reports share. */
import type { PeriodFinding, PeriodOutcome, PeriodReport, PeriodRow } from '../../model/period-report.ts';
import { count } from '../words.ts';

/** What each outcome is called where it heads a list. */
export const OUTCOME_WORDS: Readonly<Record<PeriodOutcome, string>> = {
  overdue: 'Open and overdue',
  late: 'Fixed too late',
  within: 'Fixed within the window',
  open: 'Open, with time left',
  accepted: 'Accepted risk',
  'best-effort': 'Best effort: the policy sets no date',
  'not-counted': 'Ended without a fix',
};

/** How many expected runs are named before the rest is only counted. */
const MOST_NIGHTS = 10;

/** `83.3 %`, rounded down, so that 100 % means all; a dash when there is nothing to count. */
export function shareWords({ share }: Pick<PeriodRow, 'share'>): string {
  return share === null ? '–' : `${Math.floor(share * 1000) / 10} %`;
}

/** `3.5 d`, or a dash. */
export function daysWords(days: number | null): string {
  return days === null ? '–' : `${days} d`;
}

export function dayOf(instant: string): string {
  return instant.slice(0, 10);
}

/** The last day of the period, as people name it. */
export function lastDay({ to }: PeriodReport['period']): string {
  return dayOf(new Date(Date.parse(to) - 1).toISOString());
}

/** The last day of which something is told. */
export function toldUntil({ seenUntil }: PeriodReport['period']): string {
  return dayOf(new Date(Date.parse(seenUntil) - 1).toISOString());
}

/** When a finding was open: `2026-07-01 to 2026-07-09 (upgraded)`, or `since 2026-07-01`. */
export function spanWords({ openedAt, closedAt, closedBy }: PeriodFinding): string {
  if (closedAt === undefined) return `since ${dayOf(openedAt)}`;
  return `${dayOf(openedAt)} to ${dayOf(closedAt)}${closedBy === undefined ? '' : ` (${closedBy})`}`;
}

/** How late it was or is; empty when it was not. */
export function lateWords({ daysLate, outcome }: PeriodFinding): string {
  if (outcome !== 'late' && outcome !== 'overdue') return '';
  return daysLate === undefined || daysLate < 1 ? 'less than a day late' : `${count(daysLate, 'day')} late`;
}

/** What the runs were, in one sentence. */
export function runsSentence({ runs }: PeriodReport): string {
  const { pass, fail, inconclusive } = runs.byVerdict;
  const span =
    runs.first === undefined || runs.last === undefined ? '' : `, ${dayOf(runs.first)} to ${dayOf(runs.last)}`;
  return `${count(runs.count, 'run')}${span}: ${pass} pass, ${fail} fail, ${inconclusive} inconclusive.`;
}

/** What the schedule says of the runs. */
export function scheduleSentence({ runs }: PeriodReport): string {
  if (runs.everyMs === undefined) return 'No schedule is configured, so none can be called missed.';
  const missed = runs.missed.reduce((sum, gap) => sum + gap.count, 0);
  const every = `One is expected every ${Math.round((runs.everyMs / 3_600_000) * 10) / 10} hours`;
  return missed === 0 ? `${every}; none was missed.` : `${every}; ${missed} did not take place.`;
}

/** One gap: when it was, and which runs were expected in it. */
export function gapWords({ after, before, count: number, expected }: PeriodReport['runs']['missed'][number]): string {
  const named = expected.slice(0, MOST_NIGHTS).map((at) => at.slice(0, 16).replace('T', ' '));
  const rest = number - named.length;
  const more = rest > 0 ? ` and ${rest} more` : '';
  const until = before === undefined ? 'and no run since' : `and ${before.slice(0, 16).replace('T', ' ')}`;
  return `Between ${after.slice(0, 16).replace('T', ' ')} ${until}: ${named.join(', ')}${more} (UTC).`;
}

/** Who accepted what, until when, and what became of it. */
export function exceptionWords(exception: PeriodReport['exceptions'][number]): string {
  const { advisory, owner, approver, expires, grantedAt, endedAt, end, scope } = exception;
  const ended = endedAt === undefined || end === undefined ? '' : `; ${end} on ${dayOf(endedAt)}`;
  return `${advisory} (${scope}), granted on ${dayOf(grantedAt)} by ${approver} to ${owner} until ${expires}${ended}.`;
}
