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
export type Ruling = Pick<Deadline, 'window' | 'state' | 'dueAt' | 'countedFrom' | 'reason'>;

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
 * has had while its clock ran keeps its window: a raise gives the new time from the day of the raise and never more than
 * there was, and a lowering gives nothing.
 */
export function ruleCase(it: Case): Ruling {
  if (waitsForFix(it)) return awaitFix(it);
  const running = it.steps.filter(({ until }) => until === undefined || until > it.facts.startedAt);
  const presentFirst = running.reverse().map((step) => ruleStep(step, it));
  const exploited = ruleExploited(it);
  return [...presentFirst, ...(exploited === null ? [] : [exploited])].reduce((tightest, each) =>
    byTightness(each, tightest) < 0 ? each : tightest,
  );
}

/** What a window makes of the clock when its time began at `since`, or with the clock where that is later. */
function ruleFrom(window: Window, since: string | undefined, facts: WindowFacts): Ruling {
  if (since === undefined || since <= facts.startedAt) return { window, ...judgeWindow(window, facts) };
  return { window, ...judgeWindow(window, { ...facts, startedAt: since }), countedFrom: since };
}

/** What one level makes of the clock: the first from its start, every other from the day of the change. */
function ruleStep({ granted, since, until }: SeverityStep, { facts }: Case): Ruling {
  const { window, severity } = granted;
  const ruling = ruleFrom(window, since, facts);
  if (until !== undefined) {
    const had = `it was ${severity} until ${dayIn(until, facts)}, and the time that gave stands (${describeWindow(window)})`;
    return { ...ruling, reason: `${had}: ${ruling.reason}` };
  }
  if (ruling.countedFrom === undefined) return ruling;
  return {
    ...ruling,
    reason: `${severity} since ${dayIn(ruling.countedFrom, facts)} and counted from there: ${ruling.reason}`,
  };
}

function dayIn(at: string, { timeZone }: WindowFacts): string {
  return dayOf(at, timeZone).toString();
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
    reason: `${missing}, and the longest wait is ${describeDuration(wait.amount, wait.unit)}: ${judgeWindow(wait, facts).reason}`,
  };
}

/** The window of known-exploited findings, from the day the exploitation was known; `null` where it does not apply (yet). */
function ruleExploited({ finding, policy, facts }: Case): Ruling | null {
  const window = policy.knownExploited;
  const since = readInstant(finding.timeline.knownExploited?.at ?? '');
  if (window === undefined || since === null || since > facts.now) return null;
  const ruling = ruleFrom(window, since, facts);
  const exploited = `known exploited since ${dayIn(since, facts)}, which is tighter`;
  return { ...ruling, reason: `${exploited}: ${ruling.reason}` };
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
