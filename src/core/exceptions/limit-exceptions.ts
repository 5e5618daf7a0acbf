/** Decides how long each accepted risk may hold at most. */
import type { Config } from '../model/config.ts';
import type { RiskException } from '../model/exception.ts';
import { POLICY_SEVERITIES } from '../model/policy.ts';
import { addDays } from './days.ts';

/** The day on which a risk was first accepted as the file says it now; absent means today. */
export type AcceptedOn = (exception: RiskException) => string | undefined;

/** How many days after the one it was accepted on a risk of a severity may hold; an absent severity is not limited. */
export type MaxDays = Config['exceptions']['maxDays'];

/** Each exception with the last day it may hold for findings of a severity. `today` is `YYYY-MM-DD`. */
export function limitExceptions(
  exceptions: readonly RiskException[],
  maxDays: MaxDays,
  acceptedOn: AcceptedOn,
  today: string,
): readonly RiskException[] {
  const limits = POLICY_SEVERITIES.flatMap((level) => {
    const days = maxDays[level];
    return days === undefined ? [] : [[level, days] as const];
  });
  if (limits.length === 0) return exceptions;
  return exceptions.map((exception) => {
    const from = acceptedOn(exception) ?? today;
    const longest = Object.fromEntries(limits.map(([level, days]) => [level, addDays(from, days)]));
    return { ...exception, longest };
  });
}
