/** Says what became of one finding from one report to the next, and why. */
import { DEADLINE_STATES } from '../model/deadline.ts';
import type { Change, DiffPoint, DiffRow } from '../model/report-diff.ts';
import type { ReportFinding, ReportView } from '../model/report.ts';
import { SEVERITY_LEVELS } from '../model/severity.ts';
import type { SeverityLevel } from '../model/severity.ts';
import { lookAt } from './looked.ts';

/** A finding of both reports; `null` when it stands where it stood. */
export function compareBoth(
  before: ReportFinding,
  after: ReportFinding,
  views: { readonly before: ReportView; readonly after: ReportView },
): DiffRow | null {
  const steps = [severityStep(before, after, views), stateStep(before, after), dueStep(before, after)];
  const moved = steps.filter((step) => step.turn !== 0);
  if (moved.length === 0) return null;
  const why = `${moved.map(({ words }) => words).join(', ')}.`;
  return row(changeOf(moved, after), why, { before, after });
}

/** A finding only the later report has; `null` for one that is withdrawn. */
export function compareAfter(after: ReportFinding, earlier: ReportView): DiffRow | null {
  if (isWithdrawn(after)) return null;
  const { back, timeline } = after;
  if (back !== undefined) {
    const why = `It had ended on ${day(back.closedAt)} (${back.closedBy}), and is there again.`;
    return row('reopened', why, { after });
  }
  const look = lookAt(after, earlier);
  if (typeof look === 'object') return row('uncovered', `The earlier report cannot tell: ${look.why}.`, { after });
  // Without a ledger a finding is first seen by the run itself.
  if (timeline.firstSeen !== undefined && timeline.firstSeen < earlier.generatedAt) {
    return row('reopened', `It was first seen on ${day(timeline.firstSeen)}, was gone, and is there again.`, { after });
  }
  const why =
    look === 'answered' ? 'The earlier report looked there and did not have it.' : 'Its folder is new as well.';
  return row('new', why, { after });
}

/** A finding only the earlier report has; `null` for one that was withdrawn then. */
export function compareBefore(before: ReportFinding, later: ReportView): DiffRow | null {
  if (isWithdrawn(before)) return null;
  const look = lookAt(before, later);
  if (look === 'answered') return row('fixed', 'Every auditor that saw it looked again and did not.', { before });
  if (look === 'target-removed') return row('fixed', 'Its folder is no longer there.', { before });
  return row('unknown', `Nobody can call it fixed: ${look.why}.`, { before });
}

/** `turn` is above 0 for the worse, below for the better. */
interface Step {
  readonly turn: number;
  readonly words: string;
}

function severityStep(
  before: ReportFinding,
  after: ReportFinding,
  views: { readonly before: ReportView; readonly after: ReportView },
): Step {
  const [was, is] = [before.severity.level, after.severity.level];
  return { turn: rankOf(was, views.before) - rankOf(is, views.after), words: `severity ${was} → ${is}` };
}

/** What nobody rates counts as the policy says. */
function rankOf(level: SeverityLevel, { policy }: ReportView): number {
  return SEVERITY_LEVELS.indexOf(level === 'unknown' ? (policy.unknownAs as SeverityLevel) : level);
}

function stateStep({ deadline: before }: ReportFinding, { deadline: after }: ReportFinding): Step {
  const turn = DEADLINE_STATES.indexOf(before.state) - DEADLINE_STATES.indexOf(after.state);
  return { turn, words: `${before.state} → ${after.state}` };
}

/** A date says something of its own only while the state is the same. */
function dueStep({ deadline: before }: ReportFinding, { deadline: after }: ReportFinding): Step {
  const [was, is] = [before.dueAt, after.dueAt];
  if (before.state !== after.state || was === undefined || is === undefined || was === is)
    return { turn: 0, words: '' };
  return { turn: is < was ? 1 : -1, words: `due ${day(was)} → ${day(is)}` };
}

function changeOf(moved: readonly Step[], after: ReportFinding): Change {
  if (isWithdrawn(after)) return 'withdrawn';
  return moved.some(({ turn }) => turn > 0) ? 'worsened' : 'eased';
}

function row(
  change: Change,
  why: string,
  sides: { readonly before?: ReportFinding; readonly after?: ReportFinding },
): DiffRow {
  const { before, after } = sides;
  const finding = after ?? before;
  if (finding === undefined) throw new TypeError('a comparison of nothing');
  const { key, target, ecosystem, package: name, advisory, fix } = finding;
  return {
    change,
    why,
    ...{ key, target, ecosystem, package: name },
    advisory: { id: advisory.id, summary: advisory.summary, url: advisory.url },
    ...(before === undefined ? {} : { before: pointOf(before) }),
    ...(after === undefined ? {} : { after: pointOf(after) }),
    ...(fix.version === undefined ? {} : { fix: fix.version }),
  };
}

function pointOf({ severity, deadline, versions }: ReportFinding): DiffPoint {
  const { state, dueAt } = deadline;
  return { severity: severity.level, state, ...(dueAt === undefined ? {} : { dueAt }), versions: [...versions] };
}

function isWithdrawn({ deadline }: ReportFinding): boolean {
  return deadline.state === 'withdrawn';
}

function day(instant: string): string {
  return instant.slice(0, 10);
}
