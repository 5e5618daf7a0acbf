/** Decides which windows a finding has had in its time: one for each level it was at, from the day it was raised or lowered. */
import type { DatedFinding } from '../model/finding.ts';
import { readInstant } from '../model/instant.ts';
import { byText } from '../model/order.ts';
import type { Policy, PolicyWindow } from '../model/policy.ts';
import type { SeverityLevel } from '../model/severity.ts';

/** A level with what the policy grants it. */
export interface SeverityStep {
  readonly granted: PolicyWindow;
  /** When it became this level, UTC ISO-8601; absent for the first, which counts from the start of the clock. */
  readonly since?: string;
  /** When it stopped being this level; absent for the present one. */
  readonly until?: string;
}

/**
 * The levels up to `now`, the present one last, never empty; `unknown` is taken for what it is judged as. The present level
 * counts from now where the history does not know of it yet.
 */
export function readSteps(
  { severity, severityHistory = [] }: Pick<DatedFinding, 'severity' | 'severityHistory'>,
  policy: Pick<Policy, 'windows' | 'unknownAs'>,
  now: string,
): readonly SeverityStep[] {
  const past = severityHistory.flatMap(({ at, level }) => {
    const moment = readInstant(at);
    return moment === null || moment > now ? [] : [{ at: moment, level }];
  });
  const seen = [...past.sort((a, b) => byText(a.at, b.at)), { at: now, level: severity.level }];
  const levels = seen.map(({ at, level }) => ({ at, granted: windowFor(level, policy) }));
  const changes = levels.filter((each, index) => each.granted !== levels[index - 1]?.granted);
  return changes.map(({ at, granted }, index) => {
    const until = changes[index + 1]?.at;
    return { granted, ...(index === 0 ? {} : { since: at }), ...(until === undefined ? {} : { until }) };
  });
}

/** The window a level is granted; `unknown` is judged as the policy says. */
export function windowFor(
  level: SeverityLevel,
  { windows, unknownAs }: Pick<Policy, 'windows' | 'unknownAs'>,
): PolicyWindow {
  const judgedAs = level === 'unknown' ? unknownAs : level;
  const granted = windows.find((each) => each.severity === judgedAs);
  if (granted === undefined) throw new TypeError(`the policy has no window for ${judgedAs}`);
  return granted;
}
