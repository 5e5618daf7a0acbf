/** Writes a report out of the ledger alone: what was known at a moment, judged at that moment. Nobody is asked. */
import { judgeFinding, exceptionFor } from '../core/judge/judge-finding.ts';
import { judgeRun } from '../core/judge/judge-run.ts';
import type { RunRule } from '../core/judge/judge-run.ts';
import type { RiskException } from '../core/model/exception.ts';
import type { DatedFinding } from '../core/model/finding.ts';
import type { JudgedFinding } from '../core/model/judged-finding.ts';
import { byEach, byText } from '../core/model/order.ts';
import type { Policy } from '../core/model/policy.ts';
import { UsageError } from '../core/model/problem.ts';
import type { Problem } from '../core/model/problem.ts';
import type { Blocker, Release } from '../core/model/release.ts';
import type { ReportPart, ReportView } from '../core/model/report.ts';
import { toFinding } from '../core/reconcile/finding-facts.ts';
import { lastSeenAt } from '../core/reconcile/last-seen.ts';
import { openFindings, presentExceptions } from '../core/reconcile/ledger-state.ts';
import type { KnownFinding, KnownRun, LedgerState } from '../core/reconcile/ledger-state.ts';
import { readStoredPolicy } from '../core/reconcile/stored-policy.ts';
import type { ReportInput } from '../core/report/assemble.ts';
import { limitAccepted } from './accepted-risks.ts';
import type { Acceptance } from './accepted-risks.ts';
import { completeReport } from './complete-report.ts';
import { placesOfRun } from './places-of-run.ts';
import { toRisk } from './stored-risk.ts';

export interface LedgerReportRequest {
  /** The ledger as it was known at `now`: `stateAsOf`. */
  readonly state: LedgerState;
  /** The moment to judge, UTC ISO-8601. */
  readonly now: string;
  /** Judged by instead of what was in force. */
  readonly current?: { readonly policy: Policy; readonly maxDays: Acceptance['maxDays'] };
  /** What was met while the ledger was read. */
  readonly problems: readonly Problem[];
  /** What the report carries beyond what every format shows; the ledger knows no packages. */
  readonly parts?: readonly ReportPart[];
}

const RULE: RunRule = { kind: 'audit' };

/** Older than this, the last look at the repository says nothing of the day that is asked about. */
const FRESH_DAYS = 8;

const DAY_MS = 86_400_000;

/**
 * The same events and the same moment give the same report. Throws a UsageError where the ledger holds no run by then, or
 * no policy that can be read.
 */
export function reportFromLedger({ state, now, current, problems, parts = [] }: LedgerReportRequest): ReportView {
  const { lastRun } = state;
  if (lastRun === null) throw nothingKnown(now);
  const policy = current?.policy ?? policyThen(state);
  const maxDays = (current ?? state.policy)?.maxDays ?? {};
  const { audits, setAside } = placesOfRun(lastRun);
  const releases = [...state.releases.values()].sort(byDate);
  const exceptions = limitAccepted(acceptedThen(state), { maxDays, policy, state, now });
  const context = { policy, now, releases, exceptions };
  const findings = openFindings(state)
    .map((known) => ({ ...toFinding(known, state), ...memoryOf(known, state) }))
    .map((finding): JudgedFinding => {
      const exception = exceptionFor(finding, context);
      const judged = { ...finding, deadline: judgeFinding(finding, context), counts: true };
      return exception === undefined ? judged : { ...judged, exception };
    });
  const all = [...problems, ...(lastRun.problems ?? []), ...staleness(lastRun, now)];
  const input: ReportInput = {
    command: 'report',
    asOf: now,
    generatedAt: lastRun.generatedAt ?? lastRun.at,
    version: lastRun.tool,
    repository: {
      ...(lastRun.commit === undefined ? {} : { commit: lastRun.commit }),
      ...(lastRun.branch === undefined ? {} : { branch: lastRun.branch }),
    },
    policy,
    releases,
    audits,
    setAside,
    findings,
    judgement: judgeRun({
      findings,
      audits,
      setAside,
      problems: all,
      rule: RULE,
      policy,
      blockers: promisesThen(lastRun),
    }),
    problems: all,
    parts,
  };
  return completeReport(input, state);
}

/** What the last run did not see is shown as last seen, as that run itself showed it. */
function memoryOf(known: KnownFinding, state: LedgerState): Pick<DatedFinding, 'lastSeen'> {
  const lastSeen = lastSeenAt(known, state);
  return state.lastRun !== null && lastSeen < state.lastRun.at ? { lastSeen } : {};
}

const byDate = byEach<Release>(
  (a, b) => byText(a.at, b.at),
  (a, b) => byText(a.tag, b.tag),
);

function policyThen({ policy }: LedgerState): Policy {
  const stored = readStoredPolicy(policy?.policy);
  if (stored !== null) return stored;
  const message = 'The policy that was in force was recorded in a form this fixby cannot read.';
  throw new UsageError('ledger-without-policy', message, 'Use the version of fixby that recorded it, or a later one.');
}

/** What the last run found broken, where that made it fail. */
function promisesThen({ brokenPromises = [] }: KnownRun): readonly Blocker[] {
  return brokenPromises.map((broken) => ({ code: 'promise-broken', ...broken }));
}

/** What the exceptions file held, as judging takes it. */
export function acceptedThen(state: Pick<LedgerState, 'exceptions'>): readonly RiskException[] {
  return presentExceptions(state).map(({ exception }, index) => toRisk(exception, index + 1));
}

function staleness({ generatedAt, at }: KnownRun, now: string): readonly Problem[] {
  const looked = generatedAt ?? at;
  const days = Math.floor((Date.parse(now) - Date.parse(looked)) / DAY_MS);
  if (!(days > FRESH_DAYS)) return [];
  return [
    {
      target: null,
      code: 'ledger-stale',
      message: `The last run before ${now.slice(0, 10)} is of ${looked.slice(0, 10)}, ${days} days earlier: what happened in between was not known.`,
      mend: 'Run `fixby audit` every night; `fixby history` tells what git knows of the time between.',
      blocks: true,
    },
  ];
}

function nothingKnown(now: string): UsageError {
  const message = `The ledger holds no run by ${now}.`;
  return new UsageError('ledger-knows-nothing', message, 'Name a later day, or run `fixby audit` first.');
}
