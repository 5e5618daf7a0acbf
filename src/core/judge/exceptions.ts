/** Decides which accepted risk covers a finding, and until when. */
import { covers } from '../match/covers.ts';
import type { RiskException } from '../model/exception.ts';
import type { Finding } from '../model/finding.ts';
import { byEach, byText } from '../model/order.ts';
import type { Policy } from '../model/policy.ts';
import { dayOf } from './calendar.ts';

/** The exception that holds longest, or held; `null` when none is about the finding. */
export interface ExceptionState {
  readonly exception: RiskException;
  /** The last day on which it holds for the finding, inclusive; empty when it names no day. */
  readonly lastDay: string;
  readonly holds: boolean;
}

/**
 * Exceptions hold through the whole of their last day in the policy's time zone: the one they name, or an earlier one
 * where the severity may not be accepted for so long. An expiry that is no day holds never.
 */
export function findException(
  finding: Finding,
  exceptions: readonly RiskException[],
  now: string,
  { timeZone, unknownAs }: Pick<Policy, 'timeZone' | 'unknownAs'>,
): ExceptionState | null {
  const level = finding.severity.level === 'unknown' ? unknownAs : finding.severity.level;
  const [latest] = exceptions
    .filter((exception) => covers(exception, finding))
    .map((exception) => ({ exception, lastDay: lastDayOf(exception, level) }))
    .sort(byLastDay);
  return latest === undefined ? null : { ...latest, holds: dayOf(now, timeZone).toString() <= latest.lastDay };
}

const byLastDay = byEach<Omit<ExceptionState, 'holds'>>(
  (a, b) => byText(b.lastDay, a.lastDay),
  (a, b) => a.exception.line - b.exception.line,
);

function lastDayOf({ expires, longest }: RiskException, level: Policy['unknownAs']): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(expires)) return '';
  const limit = longest?.[level] ?? expires;
  return limit < expires ? limit : expires;
}
