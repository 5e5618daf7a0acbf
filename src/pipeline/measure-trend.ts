/** Looks back over what the ledger knows: how each finding of the last year stood, for the pictures of a report. */
import { dayOf, endOfDay } from '../core/judge/calendar.ts';
import { findException } from '../core/judge/exceptions.ts';
import { judgeFinding } from '../core/judge/judge-finding.ts';
import type { Deadline } from '../core/model/deadline.ts';
import type { RiskException } from '../core/model/exception.ts';
import type { DatedFinding } from '../core/model/finding.ts';
import { readInstant } from '../core/model/instant.ts';
import type { Policy } from '../core/model/policy.ts';
import type { Release } from '../core/model/release.ts';
import type { Mending, Trend } from '../core/model/trend.ts';
import { toFinding } from '../core/reconcile/finding-facts.ts';
import type { KnownFinding, LedgerState, Moment } from '../core/reconcile/ledger-state.ts';
import { countTrend } from '../core/report/trend.ts';
import type { FindingLife, Stretch } from '../core/report/trend.ts';
import { limitAccepted } from './accepted-risks.ts';
import { toRisk } from './stored-risk.ts';

/** What the past is measured by. */
export interface Measure {
  readonly policy: Policy;
  readonly releases: readonly Release[];
  /** UTC ISO-8601. */
  readonly now: string;
}

const DAY_MS = 86_400_000;
const YEAR_MS = 366 * DAY_MS;

/** `undefined` where no run was recorded by then. */
export function measureTrend(state: LedgerState, measure: Measure): Trend | undefined {
  const { began, runs } = state;
  const { now } = measure;
  if (began === undefined || runs === 0 || began > now) return undefined;
  const yearAgo = new Date(Date.parse(now) - YEAR_MS).toISOString();
  const since = began > yearAgo ? began : yearAgo;
  const risks = knownRisks(state, measure);
  const lives = [...state.findings.values()]
    .filter(({ closed }) => closed?.by !== 'merged' && (closed?.at ?? now) >= since)
    .map((known) => lifeOf(known, toFinding(known, state), risks, measure));
  return countTrend(lives, { since, now, runs });
}

/** An accepted risk from the day it stood in the file to the day it no longer did. */
interface KnownRisk {
  readonly risk: RiskException;
  readonly added: Moment;
  readonly removed?: Moment;
}

function knownRisks(state: LedgerState, { policy, now }: Measure): readonly KnownRisk[] {
  const risks = state.exceptions.map(({ exception }, index) => toRisk(exception, index + 1));
  const limited = limitAccepted(risks, { maxDays: state.policy?.maxDays ?? {}, policy, state, now });
  return state.exceptions.flatMap((known, index) => {
    const risk = limited[index];
    return risk === undefined ? [] : [{ ...known, risk }];
  });
}

/** One finding, judged on the day it ended or now, as if no risk had ever been accepted. */
function lifeOf(
  known: KnownFinding,
  finding: DatedFinding,
  risks: readonly KnownRisk[],
  { policy, releases, now }: Measure,
): FindingLife {
  const { closed, firstSeen, absences, severityHistory } = known;
  const deadline = judgeFinding(finding, { policy, now: closed?.at ?? now, releases });
  const overdueFrom = deadline.state === 'overdue' ? deadline.dueAt : undefined;
  const accepted = overdueFrom === undefined ? [] : acceptances(finding, risks, policy);
  const late = overdueFrom !== undefined && !accepted.some(({ to = '' }) => to > (closed?.at ?? now));
  const mended = mendingOf(known, deadline, late);
  return {
    from: firstSeen.at,
    ...(closed === undefined ? {} : { to: closed.at }),
    absences,
    levels: severityHistory,
    accepted,
    ...(overdueFrom === undefined ? {} : { overdueFrom }),
    ...(mended === undefined ? {} : { mended }),
  };
}

function acceptances(finding: DatedFinding, risks: readonly KnownRisk[], policy: Policy): readonly Stretch[] {
  return risks.flatMap(({ risk, added, removed }) => {
    const lastDay = readInstant(findException(finding, [risk], added.at, policy)?.lastDay ?? '');
    if (lastDay === null) return [];
    const end = endOfDay(dayOf(lastDay, 'UTC'), policy.timeZone);
    return [{ from: added.at, to: removed !== undefined && removed.at < end ? removed.at : end }];
  });
}

/** Nothing where nobody mended it, or no clock ran that it could be measured by. */
function mendingOf({ closed, severity }: KnownFinding, deadline: Deadline, late: boolean): Mending | undefined {
  const { startedAt, state } = deadline;
  const isMended = closed?.by === 'upgraded' || closed?.by === 'removed';
  if (!isMended || startedAt === undefined || state === 'awaiting-fix') return undefined;
  const days = Math.round(((Date.parse(closed.at) - Date.parse(startedAt)) / DAY_MS) * 10) / 10;
  return { at: closed.at, severity, days: Math.max(0, days), late };
}
