/** The wording of everything that can be wrong with an accepted risk. */
import type { RiskException } from '../model/exception.ts';
import type { PolicySeverity } from '../model/policy.ts';
import type { Problem } from '../model/problem.ts';
import { excerpt } from '../model/text.ts';

/** An entry and the file it stands in. */
export interface Entry {
  readonly exception: RiskException;
  readonly file: string;
}

/** `days` is how long ago its last day was; `isNeeded` whether anything would still be covered. */
export function expired(entry: Entry, days: number, isNeeded: boolean): Problem {
  const since = `${days} ${days === 1 ? 'day' : 'days'} ago`;
  return problem(
    entry,
    'exception-expired',
    `expired ${since}, on ${entry.exception.expires}${isNeeded ? '; the original clock counts again' : ''}`,
    isNeeded ? 'Fix the finding, or have the risk accepted anew.' : 'Remove it.',
  );
}

/** `days` are those left to `lastDay`, 0 on the day itself. */
export function expiresSoon(entry: Entry, lastDay: string, days: number): Problem {
  const when = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
  return problem(
    entry,
    'exception-expires-soon',
    `holds for the last time ${when} (${lastDay})`,
    'Fix the finding before that, or have the risk accepted anew.',
  );
}

/** The last day the configuration allows, for findings of a severity. */
export interface Cut {
  readonly severity: PolicySeverity;
  readonly lastDay: string;
}

/** `isOver`: that day is past. */
export function tooLong(entry: Entry, { severity, lastDay }: Cut, isOver: boolean): Problem {
  const end = isOver ? `it held until ${lastDay}, and the original clock counts again` : `it holds until ${lastDay}`;
  return problem(
    entry,
    'exception-too-long',
    `is to hold until ${entry.exception.expires}, longer than a ${severity} risk may be accepted; ${end}`,
    `Let it expire on ${lastDay} or before, or change exceptions.maxDays.${severity} in the configuration.`,
  );
}

export function unused(entry: Entry): Problem {
  return problem(entry, 'exception-unused', 'covers no finding', 'Remove it, or mend what it names.');
}

/** `target` is the one folder that has what it covers. */
export function wider(entry: Entry, target: string): Problem {
  const message = `covers every folder, and only ${excerpt(target, 80)} has the finding`;
  return problem(entry, 'exception-wider-than-needed', message, `Add \`target: ${excerpt(target, 80)}\`.`);
}

export function renewedOften(entry: Entry, times: number): Problem {
  return problem(
    entry,
    'exception-renewed-often',
    `was put off ${times} times`,
    'Plan the fix: a risk that is accepted again and again is a decision nobody made.',
  );
}

function problem({ exception, file }: Entry, code: string, message: string, mend: string): Problem {
  const { advisory, target = null, line } = exception;
  return {
    target,
    code,
    message: `${file}:${line}: the exception for ${excerpt(advisory, 80)} ${message}.`,
    mend,
    blocks: false,
  };
}
