/** Decides which window rules a finding, and for how long a finding without a fix may wait. */
import type { Deadline } from '../model/deadline.ts';
import type { DatedFinding } from '../model/finding.ts';
import { readInstant } from '../model/instant.ts';
import type { Policy, Window } from '../model/policy.ts';
import type { WindowFacts } from '../model/window-rule.ts';
import { describeDuration } from '../model/window-words.ts';
import { dayOf } from './calendar.ts';
import { endOfWindow } from './windows/within.ts';
import { judgeWindow } from './windows/registry.ts';

/** A deadline before its clock is written into it. */
export type Ruling = Pick<Deadline, 'window' | 'state' | 'dueAt' | 'reason'>;

/** What is ruled about: the finding, the policy, the window its severity is granted, and the running clock. */
export interface Case {
  readonly finding: DatedFinding;
  readonly policy: Policy;
  readonly window: Window;
  readonly facts: WindowFacts;
}

/** The ruling of a case: a pause while there is no fix, else the tightest of the windows that apply. */
export function ruleCase(it: Case): Ruling {
  if (waitsForFix(it)) return awaitFix(it);
  const own: Ruling = { window: it.window, ...judgeWindow(it.window, it.facts) };
  const raised = ruleExploited(it);
  return raised !== null && byTightness(raised, own) < 0 ? raised : own;
}

/** Malicious code is removed, not waited out: it never pauses for a fixed version that nobody will make. */
function waitsForFix({ finding, policy }: Case): boolean {
  return policy.noFix.rule === 'pause' && !finding.fix.available && !finding.advisory.malware;
}

/** No clock runs before there is a fix, but for the longest wait; what has no date with a fix has none without. */
function awaitFix({ finding, policy, window, facts }: Case): Ruling {
  const wait = window.kind === 'opportunistic' ? undefined : policy.noFix.longestWait;
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

/** Overdue before any date, a date before a release, a release before no date; of two dates the earlier. */
function byTightness(a: Ruling, b: Ruling): number {
  const order = TIGHTNESS.indexOf(a.state) - TIGHTNESS.indexOf(b.state);
  return order !== 0 ? order : (a.dueAt ?? '') < (b.dueAt ?? '') ? -1 : 1;
}
