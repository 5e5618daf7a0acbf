/** Decides what the policy makes of one finding at a moment, and says why in one sentence. */
import type { Deadline } from '../model/deadline.ts';
import type { RiskException } from '../model/exception.ts';
import type { DatedFinding } from '../model/finding.ts';
import { readInstant } from '../model/instant.ts';
import type { Policy, PolicyWindow } from '../model/policy.ts';
import type { Release } from '../model/release.ts';
import { excerpt } from '../model/text.ts';
import { describeWindow } from '../model/window-words.ts';
import { dayOf, wholeDaysBetween } from './calendar.ts';
import type { ClockReading } from './clock.ts';
import { DATE_WORDS, readClock } from './clock.ts';
import { findException } from './exceptions.ts';
import type { ExceptionState } from './exceptions.ts';
import { ruleCase } from './ruling.ts';
import type { Ruling } from './ruling.ts';
import { readSteps, windowFor } from './severity-steps.ts';

/** What a finding is judged by. */
export interface JudgeContext {
  readonly policy: Policy;
  /** The moment to judge, UTC ISO-8601. */
  readonly now: string;
  /** Oldest first; those after `now` do not count. */
  readonly releases: readonly Release[];
  /** Accepted risks; absent means none. */
  readonly exceptions?: readonly RiskException[];
}

/**
 * The deadline of a finding: the same facts give the same one, and as `now` grows overdue stays overdue. A withdrawn
 * finding is not judged; an accepted one has, when its exception expires, the clock it always had.
 */
export function judgeFinding(finding: DatedFinding, context: JudgeContext): Deadline {
  const { policy } = context;
  const now = readNow(context.now);
  const granted = windowFor(finding.severity.level, policy);
  const { window } = granted;
  const { withdrawn } = finding.advisory;
  if (withdrawn !== undefined) {
    return { window, state: 'withdrawn', reason: `The advisory was withdrawn on ${withdrawn.slice(0, 10)}.` };
  }
  const clock = readClock(finding.timeline, policy.clock, now);
  const start = { startedAt: clock.at, startedBy: DATE_WORDS[clock.by] };
  const accepted = findException(finding, context.exceptions ?? [], now, policy);
  if (accepted?.holds === true) return { window, state: 'accepted', ...start, reason: acceptance(accepted) };

  const { timeZone, holidays } = policy;
  const { carriedBy } = finding;
  const facts = { startedAt: clock.at, now, timeZone, holidays, releases: context.releases, carriedBy };
  const ruling = ruleCase({ finding, policy, window, steps: readSteps(finding, policy, now), facts });
  const clauses = [
    grantClause(finding, granted),
    clockClause(clock, policy),
    ruling.reason,
    ...clock.remarks,
    ...(accepted === null ? [] : [`formerly accepted until ${accepted.lastDay}`]),
  ];
  return { ...ruling, ...lateness(ruling, now, policy), ...start, reason: toSentence(clauses) };
}

/** The exception that makes a finding `accepted` at that moment; `undefined` when none holds. */
export function exceptionFor(finding: DatedFinding, context: JudgeContext): RiskException | undefined {
  const { exceptions = [], policy } = context;
  const state = findException(finding, exceptions, readNow(context.now), policy);
  return state?.holds === true ? state.exception : undefined;
}

function readNow(now: string): string {
  const moment = readInstant(now);
  if (moment === null) throw new TypeError(`"${excerpt(now)}" is no moment to judge`);
  return moment;
}

function lateness({ state, dueAt }: Ruling, now: string, { timeZone }: Policy): Pick<Deadline, 'overdueByDays'> {
  if (state !== 'overdue' || dueAt === undefined) return {};
  return { overdueByDays: wholeDaysBetween(dueAt, now, timeZone) };
}

function grantClause({ severity }: DatedFinding, { severity: level, window, text, file, line }: PolicyWindow): string {
  const judgedAs = severity.level === 'unknown' ? `nobody states a severity, so it is judged as ${level}; ` : '';
  return `${judgedAs}${level} is to be fixed ${describeWindow(window)} ("${excerpt(text, 80)}", ${file} line ${line})`;
}

function clockClause({ at, by }: ClockReading, { timeZone }: Policy): string {
  return `the clock started on ${dayOf(at, timeZone).toString()} (${DATE_WORDS[by]})`;
}

function acceptance({ exception: { approver, owner, reason }, lastDay }: ExceptionState): string {
  const why = excerpt(reason).replace(/\.$/, '');
  return `Accepted by ${excerpt(approver, 80)} until the end of ${lastDay} (owner ${excerpt(owner, 80)}): ${why}.`;
}

function toSentence(clauses: readonly string[]): string {
  const text = clauses.join('; ');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
