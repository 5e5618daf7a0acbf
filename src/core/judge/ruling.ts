/** Decides which window rules a finding, and for how long a finding without a fix may wait. */
import type { Deadline } from '../model/deadline.ts';
import type { DatedFinding } from '../model/finding.ts';
import { readInstant } from '../model/instant.ts';
import { byEach, byText } from '../model/order.ts';
import type { Policy, ReleaseLevel, Window } from '../model/policy.ts';
import type { WindowFacts } from '../model/window-rule.ts';
import { describeDuration, describeWindow } from '../model/window-words.ts';
import { dayOf } from './calendar.ts';
import type { SeverityStep } from './severity-steps.ts';
import { endOfWindow } from './windows/within.ts';
import { judgeWindow } from './windows/registry.ts';

/** A deadline before its clock is written into it. */
export type Ruling = Pick<Deadline, 'window' | 'state' | 'dueAt' | 'reason'>;

/** What is ruled about: the finding, the policy, the window its severity is granted, the levels it has had, and the clock. */
export interface Case {
  readonly finding: DatedFinding;
  readonly policy: Policy;
  readonly window: Window;
  /** The present level last; never empty. */
  readonly steps: readonly SeverityStep[];
  readonly facts: WindowFacts;
}

/**
 * The ruling of a case: a pause while there is no fix, else the tightest of the windows that apply. Every level a finding
 * has had keeps its window, so that a raise gives the new time from the day of the raise and never more than there was, and
 * a lowering gives nothing.
 */
export function ruleCase(it: Case): Ruling {
  if (waitsForFix(it)) return awaitFix(it);
  const presentFirst = [...it.steps].reverse().map((step) => ruleStep(step, it));
  const exploited = ruleExploited(it);
  return [...presentFirst, ...(exploited === null ? [] : [exploited])].reduce((tightest, each) =>
    byTightness(each, tightest) < 0 ? each : tightest,
  );
}

/** What one level makes of the clock: from its start for the first level, from the change for every other. */
function ruleStep({ granted, since, until }: SeverityStep, { steps, facts }: Case): Ruling {
  const { window, severity } = granted;
  const startedAt = since === undefined || since < facts.startedAt ? facts.startedAt : since;
  const outcome = judgeWindow(window, { ...facts, startedAt });
  const day = (at: string): string => dayOf(at, facts.timeZone).toString();
  if (until !== undefined) {
    const reason = `it was ${severity} until ${day(until)}, and the time that gave stands (${describeWindow(window)}): ${outcome.reason}`;
    return { window, ...outcome, reason };
  }
  if (since === undefined) return { window, ...outcome };
  const before = steps.at(-2)?.granted.severity ?? severity;
  return {
    window,
    ...outcome,
    reason: `${before} until ${day(since)}, and ${severity} counts from there: ${outcome.reason}`,
  };
}

/** Malicious code is removed, not waited out: it never pauses for a fixed version that nobody will make. */
function waitsForFix({ finding, policy }: Case): boolean {
  return policy.noFix.rule === 'pause' && !finding.fix.available && !finding.advisory.malware;
}

/** No clock runs before there is a fix, but for the longest wait; what has no date with a fix has none without. */
function awaitFix({ finding, policy, window, steps, facts }: Case): Ruling {
  const neverDated = steps.every(({ granted }) => granted.window.kind === 'opportunistic');
  const wait = neverDated ? undefined : policy.noFix.longestWait;
  const missing = finding.fix.kind === 'downgrade' ? 'only older versions are free of it' : 'no fixed version is known';
  if (wait === undefined) return { window, state: 'awaiting-fix', reason: `${missing}, so the clock waits` };
  const dueAt = endOfWindow(wait, facts);
  const state = facts.now > dueAt ? 'overdue' : 'awaiting-fix';
  return {
    window,
    state,
    dueAt,
    reason: `${missing}, and the longest wait is ${describeDuration(wait.amount, wait.unit)}`,
  };
}

/** The window of known-exploited findings, from the day the exploitation was known; `null` where it does not apply (yet). */
function ruleExploited({ finding, policy, facts }: Case): Ruling | null {
  const window = policy.knownExploited;
  const since = readInstant(finding.timeline.knownExploited?.at ?? '');
  if (window === undefined || since === null || since > facts.now) return null;
  const startedAt = since > facts.startedAt ? since : facts.startedAt;
  const outcome = judgeWindow(window, { ...facts, startedAt });
  const day = dayOf(since, facts.timeZone).toString();
  return { window, ...outcome, reason: `known exploited since ${day}, which is tighter: ${outcome.reason}` };
}

const TIGHTNESS: readonly Ruling['state'][] = ['overdue', 'due', 'next-release', 'opportunistic'];
const LEVELS: readonly ReleaseLevel[] = ['any', 'patch', 'minor', 'major'];

/** Overdue before any date, a date before a release, a release before no date; of two dates or releases the earlier. */
const byTightness = byEach<Ruling>(
  (a, b) => TIGHTNESS.indexOf(a.state) - TIGHTNESS.indexOf(b.state),
  (a, b) => byText(a.dueAt ?? '', b.dueAt ?? ''),
  (a, b) => releaseRank(a) - releaseRank(b),
);

/** The next release of any kind comes no later than the next one of a kind. */
function releaseRank({ window, state }: Ruling): number {
  return state === 'next-release' && window.kind === 'next-release' ? LEVELS.indexOf(window.level) : 0;
}
