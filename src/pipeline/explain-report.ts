/** The story of an explanation: finds what was asked about in a report, counts its deadlines again, and says how. */
import { showArithmetic } from '../core/judge/arithmetic.ts';
import type { Count } from '../core/judge/arithmetic.ts';
import { readInstant } from '../core/model/instant.ts';
import type { ReportFinding, ReportView } from '../core/model/report.ts';
import { explainFinding } from '../core/report/explain/explanation.ts';
import type { ExplainedFinding } from '../core/report/explain/explanation.ts';
import { selectFindings } from '../core/report/explain/select.ts';

/** The findings that match, explained; where none does, what of the report comes near. */
export interface ReportExplanation {
  readonly explained: readonly ExplainedFinding[];
  readonly near: readonly string[];
}

/** `query` is an id of any kind or a package name. `view.asOf` has to be a moment. */
export function explainReport(view: ReportView, query: string): ReportExplanation {
  const { findings, near } = selectFindings(view, query);
  return { explained: findings.map((finding) => explainFinding(finding, view, countDeadline(finding, view))), near };
}

const PAUSED = 'No fixed version is known, and the policy stops the clock until there is one.';

function countDeadline(finding: ReportFinding, { asOf, policy }: ReportView): readonly string[] {
  const { deadline } = finding;
  const wait = deadline.window.kind === 'opportunistic' ? undefined : policy.noFix?.longestWait;
  const isPaused = waitsForFix(finding, policy);
  if (isPaused && wait === undefined) return [PAUSED];
  const steps = showArithmetic({
    ...readMoments(deadline),
    window: isPaused && wait !== undefined ? { kind: 'within', ...wait } : deadline.window,
    now: readInstant(asOf) ?? asOf,
    timeZone: isZone(policy.timeZone) ? policy.timeZone : 'UTC',
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

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).format(0) !== '';
  } catch {
    return false;
  }
}
