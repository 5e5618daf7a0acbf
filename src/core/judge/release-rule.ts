/** Decides what stands in the way of a release: findings, expired exceptions, and what the pipeline met besides. */
import type { JudgedFinding } from '../model/judged-finding.ts';
import type { Blocker, PlannedRelease } from '../model/release.ts';
import { excerpt } from '../model/text.ts';
import { describeWindow } from '../model/window-words.ts';
import { dayOf } from './calendar.ts';
import { describeClearing } from './clearing.ts';
import { judgeFinding } from './judge-finding.ts';
import type { JudgeContext } from './judge-finding.ts';
import type { OpenQuestion } from './open-questions.ts';
import { describeBreach } from './verdict-words.ts';

/** Why a finding blocks a release; `null` when it may go out with it. */
export type BlockingCause = Extract<Blocker['code'], 'overdue' | 'critical' | 'window-ends'> | null;

/**
 * Overdue and critical findings block, with a fix or without one, and so does every finding whose time ends with this
 * release. What is accepted or withdrawn blocks nothing, nor does what still waits for a fix.
 */
export function blockingCause(finding: JudgedFinding, planned: PlannedRelease, context: JudgeContext): BlockingCause {
  const { state } = finding.deadline;
  if (!finding.counts || state === 'accepted' || state === 'withdrawn') return null;
  if (state === 'overdue') return 'overdue';
  const { level } = finding.severity;
  if ((level === 'unknown' ? context.policy.unknownAs : level) === 'critical') return 'critical';
  return endsWith(planned, finding, context) ? 'window-ends' : null;
}

/**
 * Asks the rule that will judge the tag afterwards, so that before and after never disagree: is it overdue once tagged, and
 * would not be without the tag? What is due at once has no time left to go out with anything.
 */
function endsWith({ version, tag }: PlannedRelease, finding: JudgedFinding, context: JudgeContext): boolean {
  const { state, window } = finding.deadline;
  if (state === 'due' && window.kind === 'immediate') return true;
  const cut = { tag, version, at: later(context.now, 1), commit: '' };
  const without = { ...context, now: later(context.now, 2) };
  const tagged = { ...without, releases: [...context.releases, cut] };
  const carrying = { ...finding, carriedBy: [...finding.carriedBy, tag] };
  return judgeFinding(carrying, tagged).state === 'overdue' && judgeFinding(finding, without).state !== 'overdue';
}

function later(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** The reason a finding blocks a release for `cause`. */
export function blockFinding(
  finding: JudgedFinding,
  cause: NonNullable<BlockingCause>,
  context: JudgeContext,
): Blocker {
  const why = { overdue: carriedTag(finding, context), critical: '', 'window-ends': describeEnd(finding) }[cause];
  const message = describeBreach(finding);
  return {
    code: cause,
    message: why === '' ? message : `${message.replace(/\.$/, '')}, ${why}.`,
    clears: describeClearing(finding),
  };
}

/** The tag whose lock broke the window, with its day; empty when it was broken by a date. */
function carriedTag({ deadline, carriedBy }: JudgedFinding, { releases, policy }: JudgeContext): string {
  if (deadline.window.kind !== 'next-release') return '';
  const tag = releases.find(({ tag: name, at }) => at === deadline.dueAt && carriedBy.includes(name));
  if (tag === undefined) return '';
  return `carried by ${excerpt(tag.tag, 80)} of ${dayOf(tag.at, policy.timeZone).toString()}`;
}

function describeEnd({ deadline: { window, state } }: JudgedFinding): string {
  return state === 'next-release' ? `to be fixed ${describeWindow(window)}` : 'its time ends with this release';
}

/** Exceptions that have run out and were not renewed: whoever reads the file takes them for accepted risks. */
export function expiredExceptions({ exceptions = [], now, policy }: JudgeContext): readonly Blocker[] {
  const today = dayOf(now, policy.timeZone).toString();
  const holds = (expires: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(expires) && today <= expires;
  const scopeOf = ({ advisory, target, package: name, versions, path }: (typeof exceptions)[number]): string =>
    JSON.stringify([advisory.toLowerCase(), target, name, versions, path]);
  const renewed = new Set(exceptions.filter(({ expires }) => holds(expires)).map(scopeOf));
  return exceptions
    .filter((exception) => !holds(exception.expires) && !renewed.has(scopeOf(exception)))
    .map(({ advisory, owner, expires, line }) => ({
      code: 'exception-expired',
      message: `The exception for ${excerpt(advisory, 80)} (owner ${excerpt(owner, 80)}) expired on ${excerpt(expires, 20)}.`,
      clears: `Have the exception for ${excerpt(advisory, 80)} renewed, or take it out of .fixby/exceptions.yaml (line ${line}).`,
    }));
}

/** What could not be looked at, as reasons of the same form. */
export function blockOpen({ text, mend }: OpenQuestion): Blocker {
  return { code: 'not-audited', message: text, clears: mend };
}
