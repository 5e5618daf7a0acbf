/** Counts the deadline of a finding again, step by step, from nothing but the report. */
import { showArithmetic } from '../core/judge/arithmetic.ts';
import type { Count } from '../core/judge/arithmetic.ts';
import { readInstant } from '../core/model/instant.ts';
import type { ReportFinding, ReportView } from '../core/model/report.ts';
import { isTimeZone } from '../core/model/time-zone.ts';

const PAUSED = 'No fixed version is known, and the policy stops the clock until there is one.';

/** A sentence a step. `asOf` has to be a moment. */
export function countDeadline(
  finding: ReportFinding,
  { asOf, policy }: Pick<ReportView, 'asOf' | 'policy'>,
): readonly string[] {
  const { deadline } = finding;
  const wait = deadline.window.kind === 'opportunistic' ? undefined : policy.noFix?.longestWait;
  const isPaused = waitsForFix(finding, policy);
  if (isPaused && wait === undefined) return [PAUSED];
  const steps = showArithmetic({
    ...readMoments(deadline),
    window: isPaused && wait !== undefined ? { kind: 'within', ...wait } : deadline.window,
    now: readInstant(asOf) ?? asOf,
    timeZone: isTimeZone(policy.timeZone) ? policy.timeZone : 'UTC',
    holidays: policy.holidays ?? [],
  });
  return isPaused ? [`${PAUSED} The longest wait is counted instead.`, ...steps] : steps;
}

/** Findings the policy lets wait: malicious code is removed, not waited out. */
function waitsForFix({ fix, advisory, deadline }: ReportFinding, { noFix }: ReportView['policy']): boolean {
  const isStanding = deadline.state !== 'accepted' && deadline.state !== 'withdrawn';
  return isStanding && !fix.available && !advisory.malware && (noFix?.rule ?? 'pause') === 'pause';
}

type Moments = Pick<Count, 'startedAt' | 'countedFrom' | 'dueAt'>;

/** A report may come from elsewhere: what is no moment is not counted with. */
function readMoments(deadline: ReportFinding['deadline']): Moments {
  const names = ['startedAt', 'countedFrom', 'dueAt'] as const;
  const known = names.flatMap((name) => {
    const moment = readInstant(deadline[name] ?? '');
    return moment === null ? [] : [[name, moment]];
  });
  return Object.fromEntries(known) as Moments;
}
