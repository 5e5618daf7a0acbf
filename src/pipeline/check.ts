/** The story of a run, from a repository to a report: each stage takes what the one before it gave. */
import { auditors, reportReaders } from '../core/auditors/registry.ts';
import { exceptionFor, judgeFinding } from '../core/judge/judge-finding.ts';
import { judgeRun } from '../core/judge/judge-run.ts';
import type { RunRule } from '../core/judge/judge-run.ts';
import type { AuditSettings } from '../core/model/auditor.ts';
import type { DatedFinding } from '../core/model/finding.ts';
import type { JudgedFinding } from '../core/model/judged-finding.ts';
import type { Problem } from '../core/model/problem.ts';
import type { ReportView } from '../core/model/report.ts';
import type { Judgement } from '../core/model/verdict.ts';
import { describeCarried } from '../core/reconcile/carried-findings.ts';
import { changesOf } from '../core/reconcile/changes-of-run.ts';
import { clockProblems } from '../core/reconcile/clock-problems.ts';
import { dateFindings as dateBySight } from '../core/reconcile/date-findings.ts';
import { missedRunProblems } from '../core/reconcile/missed-runs.ts';
import { exceptionProblems, limitAccepted } from './accepted-risks.ts';
import { auditTargets } from './audit-targets.ts';
import { carryFindings } from './carry-findings.ts';
import { chooseAuditors } from './choose-auditors.ts';
import { completeReport } from './complete-report.ts';
import { describeFindings } from './describe-findings.ts';
import type { DescribedFindings } from './describe-findings.ts';
import type { OnEvent } from './events.ts';
import { findCarriers } from './find-carriers.ts';
import { findRenames } from './find-renames.ts';
import { findTargets } from './find-targets.ts';
import { missingReleases } from './missing-releases.ts';
import { createPastLocks } from './past-locks.ts';
import type { PastLocks } from './past-locks.ts';
import { lookedAt, observeRun } from './observe-run.ts';
import type { RunPorts } from './ports.ts';
import { findWithdrawn, recall, record } from './remember.ts';
import { researchFindings } from './research-findings.ts';
import type { ResearchedFinding } from './research-findings.ts';
import { resolveImports } from './resolve-imports.ts';
import type { ImportedFor } from './resolve-imports.ts';
import type { Setup } from './setup.ts';
import { findUncommitted } from './uncommitted-files.ts';
import { traceIntroductions } from './trace-introductions.ts';
import type { Introductions } from './trace-introductions.ts';

export interface CheckRequest {
  readonly command: ReportView['command'];
  readonly setup: Setup;
  readonly settings: AuditSettings;
  readonly imports: readonly ImportedFor[];
  /** The moment to judge, UTC ISO-8601; absent means now. */
  readonly asOf?: string;
  readonly rule: RunRule;
  /** Only findings that this ref did not have count for the verdict. */
  readonly since?: string;
  /** Whether the run is recorded in the ledger: only what was looked at now is worth remembering. */
  readonly remembers: boolean;
  /** The advisory source was not asked. */
  readonly offline: boolean;
  readonly version: string;
}

/** Audits, judges and reports. Whatever could not be looked at is in the report; only unusable refs throw (UsageError). */
export async function checkRepository(request: CheckRequest, ports: RunPorts, onEvent: OnEvent): Promise<ReportView> {
  const { setup, settings } = request;
  const generatedAt = ports.clock.now();
  const asOf = request.asOf ?? generatedAt;

  const { targets, problems, ...found } = await findTargets(ports, onEvent);
  const chosen = chooseAuditors(setup.config.audit.auditors, targets);
  const setAside = [...found.setAside, ...chosen.setAside];
  const imports = resolveImports(request.imports, targets, reportReaders);
  const [audits, releases, state] = await Promise.all([
    auditTargets({ targets, auditors: chosen.auditors, imports, settings }, ports, onEvent),
    ports.git.releases(),
    ports.git.state(),
  ]);
  const described = await describeFindings(audits, asOf, ports.advisories, onEvent);

  const past = createPastLocks(audits, auditors, ports.git);
  const [carriers, introductions, research, memory] = await Promise.all([
    findCarriers(described, releases, asOf, past),
    traceIntroductions(described.merged, chosen.auditors, ports.history, asOf),
    researchFindings(described, { settings, policy: setup.policy }, ports, onEvent),
    recall(ports.ledger, request.asOf),
  ]);
  const renamed = await findRenames(memory.state, targets, chosen.auditors, ports.history, asOf);
  const discovery = { complete: problems.every(({ blocks }) => !blocks), targets, setAside };
  // Nothing was seen later than now, whatever future day is judged.
  const seenAt = asOf < generatedAt ? asOf : generatedAt;
  const known = dateFindings(research.findings, carriers, introductions, seenAt);
  const dated = dateBySight(memory.state, known, { discovery, renamed }, seenAt);
  const looked = lookedAt({ discovery, audits, renamed, offline: request.offline, dated, described });
  const carried = await carryFindings(memory.state, looked, releases, asOf, past);
  const standing = [...dated, ...carried];
  const counted = await countedKeys(described, request.since, past);
  // What the ledger knew is no news: a gate that asks for new findings only does not count it.
  if (request.since === undefined) for (const { key } of carried) counted.add(key);

  const acceptance = { maxDays: setup.config.exceptions.maxDays, policy: setup.policy, state: memory.state, now: asOf };
  const exceptions = limitAccepted(setup.exceptions, acceptance);
  const context = { policy: setup.policy, now: asOf, releases, exceptions };
  const findings = standing.map((finding): JudgedFinding => {
    const exception = exceptionFor(finding, context);
    const judged = { ...finding, deadline: judgeFinding(finding, context), counts: counted.has(finding.key) };
    return exception === undefined ? judged : { ...judged, exception };
  });
  const clock = clockProblems(memory.state, generatedAt);
  const all = [
    ...setup.problems,
    ...problems,
    ...described.problems,
    ...research.problems,
    ...introductions.problems,
    ...exceptionProblems(setup.exceptions, { findings: standing, audits, setAside }, acceptance),
    ...memory.problems,
    ...clock,
    ...(request.remembers ? missedRunProblems(memory.state, setup.config.schedule, generatedAt) : []),
    ...describeCarried(carried),
    ...ports.git.problems(),
    ...missingReleases(findings, releases, state, request.rule),
  ];
  const blockers = await findUncommitted(request.rule, { audits, policy: setup.policy }, ports);
  const judge = (more: readonly Problem[]): Judgement =>
    judgeRun({
      findings,
      audits,
      setAside,
      problems: [...all, ...more],
      rule: request.rule,
      policy: setup.policy,
      context,
      blockers,
    });
  const whole = {
    ...request,
    asOf,
    generatedAt,
    policy: setup.policy,
    releases,
    audits,
    setAside,
    repository: { ...state },
  };
  // A run of a moment that cannot be now is not worth recording.
  if (!request.remembers || ports.ledger === null || clock.some(({ blocks }) => blocks)) {
    return completeReport({ ...whole, findings, judgement: judge([]), problems: all }, memory.state);
  }

  const { verdict } = judge([]);
  const observation = observeRun({ ...whole, looked, state, verdict, problems: all });
  const withdrawn = await findWithdrawn(memory, observation, ports.advisories);
  const { appended, problems: unrecorded } = await record(
    ports.ledger,
    memory,
    { ...observation, withdrawn },
    generatedAt,
    ports.digest,
  );
  const changes = appended === undefined ? {} : { changes: changesOf(appended.before, appended.events, dated) };
  const judgement = judge(unrecorded);
  // Read again, so that what this run ended and opened is in the picture.
  const after = await recall(ports.ledger);
  const { state: remembered } = after.head === null ? memory : after;
  const report = { ...whole, ...changes, findings, judgement, problems: [...all, ...unrecorded] };
  return completeReport(report, remembered);
}

/** Until the ledger is asked a finding is first seen now. */
function dateFindings(
  findings: readonly ResearchedFinding[],
  carriers: readonly (readonly string[])[],
  { introduced }: Introductions,
  now: string,
): readonly DatedFinding[] {
  return findings.map((finding, index) => {
    const came = introduced.get(finding.key);
    const dates = { firstSeen: { at: now, source: 'this run' }, ...(came === undefined ? {} : { introduced: came }) };
    return { ...finding, timeline: { ...finding.timeline, ...dates }, carriedBy: carriers[index] ?? [] };
  });
}

/** Keys of the findings that count: all of them, or those that `since` did not have. */
async function countedKeys(
  { findings, merged }: DescribedFindings,
  since: string | undefined,
  past: PastLocks,
): Promise<Set<string>> {
  const fresh = await Promise.all(
    merged.map(async (finding) => since === undefined || !(await past.carried(finding, since))),
  );
  return new Set(findings.filter((_finding, index) => fresh[index] === true).map(({ key }) => key));
}
