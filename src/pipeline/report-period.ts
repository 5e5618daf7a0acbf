/** Writes the report of a period out of the ledger alone: each finding judged on the day it ended, under the policy of that day. */
import { judgeFinding } from '../core/judge/judge-finding.ts';
import type { DatedFact } from '../core/ledger/read-events.ts';
import { judgePeriod } from '../core/period/judge-period.ts';
import { missedRuns } from '../core/period/missed-runs.ts';
import { outcomeOf } from '../core/period/outcome.ts';
import { summarizePeriod } from '../core/period/summarize.ts';
import { uncheckedIn } from '../core/period/unchecked.ts';
import type { PeriodRun } from '../core/period/unchecked.ts';
import type { Config } from '../core/model/config.ts';
import type { LedgerBody, LedgerHead } from '../core/model/ledger.ts';
import { byEach, byText } from '../core/model/order.ts';
import { PERIOD_OUTCOMES } from '../core/model/period-report.ts';
import type { PeriodFinding, PeriodReport } from '../core/model/period-report.ts';
import type { Period } from '../core/model/period.ts';
import type { Release } from '../core/model/release.ts';
import { SEVERITY_LEVELS } from '../core/model/severity.ts';
import { describeWindow } from '../core/model/window-words.ts';
import { toFinding } from '../core/reconcile/finding-facts.ts';
import { stateAsOf } from '../core/reconcile/fold-ledger.ts';
import type { KnownException, KnownFinding, LedgerState } from '../core/reconcile/ledger-state.ts';
import { readStoredPolicy } from '../core/reconcile/stored-policy.ts';
import { limitAccepted } from './accepted-risks.ts';
import { acceptedThen } from './report-from-ledger.ts';

export interface PeriodRequest {
  /** Every event of a sound chain, in its order. */
  readonly events: readonly DatedFact[];
  readonly ledger: { readonly place: string; readonly head: LedgerHead };
  readonly period: Period;
  /** UTC ISO-8601; nothing later has a say. */
  readonly now: string;
  readonly schedule: Config['schedule'];
  readonly version: string;
}

const DAY_MS = 86_400_000;

/** The same events, period and moment give the same report. */
export function reportPeriod(request: PeriodRequest): PeriodReport {
  const { events, period, now, ledger } = request;
  const seenUntil = now < period.to ? now : period.to;
  // The period ends before its first moment after: what became known at that very moment belongs to the next one.
  const end = lastMoment(seenUntil, period);
  const state = stateAsOf(events, end);
  const policies = eventsOf(events, 'policy-changed', end);
  const findings = [...state.findings.values()]
    .filter((known) => isIn(known, period))
    .map((known) => describeFinding(known, { state, policies, end }))
    .filter((finding) => finding !== null)
    .sort(byWeight);
  const runs = eventsOf(events, 'run-recorded', end);
  const inside = runs.filter(({ at }) => at >= period.from);
  const facts = {
    period: { name: period.name, from: period.from, to: period.to, seenUntil },
    ledger: {
      place: ledger.place,
      ...{ seq: ledger.head.seq, hash: ledger.head.hash },
      ...(state.began === undefined ? {} : { began: state.began }),
    },
    policies: describePolicies(policies, period),
    runs: describeRuns(runs, inside, { ...request, until: seenUntil }),
    summary: summarizePeriod(findings, period),
    unchecked: [...uncheckedIn(inside)],
  };
  return {
    schema: 'fixby.period/v1',
    ...judgePeriod(facts),
    generatedAt: now,
    tool: { name: 'fixby', version: request.version },
    ...facts,
    findings,
    exceptions: state.exceptions.filter((known) => wasThere(known, period)).map((known) => describe(known, period)),
  };
}

function lastMoment(until: string, { to }: Period): string {
  return until === to ? new Date(Date.parse(to) - 1).toISOString() : until;
}

type EventOf<T extends LedgerBody['type']> = { readonly at: string; readonly body: Extract<LedgerBody, { type: T }> };

function eventsOf<T extends LedgerBody['type']>(
  events: readonly DatedFact[],
  type: T,
  until: string,
): readonly EventOf<T>[] {
  return events
    .filter(({ at, body }) => body.type === type && at <= until)
    .map(({ at, body }) => ({ at, body: body as EventOf<T>['body'] }));
}

/** Open at some moment of it; two that turned out to be one are told as the one that goes on. */
function isIn({ closed }: KnownFinding, { from }: Period): boolean {
  return closed === undefined || (closed.at >= from && closed.by !== 'merged');
}

interface Then {
  readonly state: LedgerState;
  readonly policies: readonly EventOf<'policy-changed'>[];
  readonly end: string;
}

/** Judged at its end, or at the end of the period; `null` where no policy of that day can be read. */
function describeFinding(known: KnownFinding, { state, policies, end }: Then): PeriodFinding | null {
  const now = known.closed?.at ?? end;
  const inForce = policies.findLast(({ at }) => at <= now) ?? policies[0];
  const policy = readStoredPolicy(inForce?.body.policy);
  if (policy === null) return null;
  const releases = [...state.releases.values()].filter(({ at }) => at <= now).sort(byDate);
  const maxDays = inForce?.body.maxDays ?? {};
  const exceptions = limitAccepted(acceptedThen(exceptionsAt(state, now)), { maxDays, policy, state, now });
  const finding = toFinding(known, state);
  const deadline = judgeFinding(finding, { policy, now, releases, exceptions });
  const { startedAt, dueAt, overdueByDays, reason } = deadline;
  const outcome = outcomeOf(deadline, known.closed?.by);
  const isFixed = outcome === 'within' || outcome === 'late';
  return {
    ledgerId: known.id,
    ...{ target: known.target, ecosystem: known.ecosystem, package: known.package, advisory: known.advisory },
    severity: known.severity,
    outcome,
    openedAt: known.firstSeen.at,
    ...(known.closed === undefined ? {} : { closedAt: known.closed.at, closedBy: known.closed.by }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(isFixed ? { daysToFix: daysBetween(startedAt ?? known.firstSeen.at, now) } : {}),
    ...(overdueByDays === undefined ? {} : { daysLate: overdueByDays }),
    reason,
  };
}

/** The exceptions that were in the file at that moment. */
function exceptionsAt(state: LedgerState, now: string): LedgerState {
  const present = state.exceptions
    .filter(({ added, removed }) => added.at <= now && (removed === undefined || removed.at > now))
    .map(({ exception, added }) => ({ exception, added }));
  return { ...state, exceptions: present };
}

/** To a tenth; a clock that started later than the end gives none. */
function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.round(((Date.parse(to) - Date.parse(from)) / DAY_MS) * 10) / 10);
}

const byDate = byEach<Release>(
  (a, b) => byText(a.at, b.at),
  (a, b) => byText(a.tag, b.tag),
);

const byWeight = byEach<PeriodFinding>(
  (a, b) => PERIOD_OUTCOMES.indexOf(a.outcome) - PERIOD_OUTCOMES.indexOf(b.outcome),
  (a, b) => SEVERITY_LEVELS.indexOf(a.severity) - SEVERITY_LEVELS.indexOf(b.severity),
  (a, b) => byText(a.dueAt ?? '~', b.dueAt ?? '~'),
  (a, b) => byText(a.target, b.target),
  (a, b) => byText(a.package, b.package),
  (a, b) => byText(a.ledgerId, b.ledgerId),
);

/** Those in force at some moment of the period, oldest first. */
function describePolicies(policies: readonly EventOf<'policy-changed'>[], { from }: Period): PeriodReport['policies'] {
  return policies.flatMap(({ at, body }, index) => {
    const until = policies[index + 1]?.at;
    if (until !== undefined && until <= from) return [];
    const policy = readStoredPolicy(body.policy);
    const windows = (policy?.windows ?? []).map(({ severity, window, text }) => ({
      severity,
      window: describeWindow(window),
      text,
    }));
    return [{ since: at, ...(until === undefined ? {} : { until }), file: body.file, sha256: body.sha256, windows }];
  });
}

function describeRuns(
  runs: readonly PeriodRun[],
  inside: readonly PeriodRun[],
  { period, until, schedule }: PeriodRequest & { readonly until: string },
): PeriodReport['runs'] {
  const count = (verdict: string): number => inside.filter(({ body }) => body.verdict === verdict).length;
  const [first, last] = [inside[0]?.at, inside.at(-1)?.at];
  const before = runs.findLast(({ at }) => at < period.from);
  const watched = [...(before === undefined ? [] : [before]), ...inside].map(({ at }) => at);
  const { everyMs } = schedule;
  return {
    count: inside.length,
    byVerdict: { pass: count('pass'), fail: count('fail'), inconclusive: count('inconclusive') },
    ...(first === undefined ? {} : { first }),
    ...(last === undefined ? {} : { last }),
    ...(everyMs === undefined ? {} : { everyMs }),
    missed:
      everyMs === undefined ? [] : [...missedRuns({ runs: watched, from: period.from, until, everyMs })].map(unfreeze),
  };
}

function unfreeze(gap: PeriodReport['runs']['missed'][number]): PeriodReport['runs']['missed'][number] {
  return { ...gap, expected: [...gap.expected] };
}

function endOf({
  expired,
  removed,
}: KnownException): { readonly at: string; readonly end: 'expired' | 'removed' } | null {
  if (expired !== undefined && (removed === undefined || expired.at <= removed.at))
    return { at: expired.at, end: 'expired' };
  return removed === undefined ? null : { at: removed.at, end: 'removed' };
}

function wasThere(known: KnownException, { from }: Period): boolean {
  const end = endOf(known);
  return end === null || end.at >= from;
}

function describe(known: KnownException, { from }: Period): PeriodReport['exceptions'][number] {
  const { exception, added } = known;
  const end = endOf(known);
  const scope = [exception.target, exception.package, exception.versions, exception.path].filter(Boolean);
  return {
    ...{ advisory: exception.advisory, reason: exception.reason, owner: exception.owner, approver: exception.approver },
    expires: exception.expires,
    scope: scope.length === 0 ? 'everywhere' : scope.join(', '),
    grantedAt: added.at,
    ...(end === null ? {} : { endedAt: end.at, end: end.end }),
    granted: added.at >= from,
  };
}
