/** Assembles the one value every report format renders from what the stages before found out. */
import type { Audit } from '../model/audit.ts';
import type { JudgedFinding } from '../model/judged-finding.ts';
import { byEach, byText } from '../model/order.ts';
import type { Policy } from '../model/policy.ts';
import type { Problem } from '../model/problem.ts';
import type { PromiseOutcome } from '../model/promise-report.ts';
import type { Release } from '../model/release.ts';
import type { ReportPart, ReportView, RunChanges } from '../model/report.ts';
import type { SetAside } from '../model/target.ts';
import type { Judgement } from '../model/verdict.ts';
import { findingRow } from './finding-row.ts';
import { nextRelease } from './next-release.ts';
import { byPlace, byUrgency, byWeight } from './order.ts';
import { summarize } from './summary.ts';
import { auditedRow, setAsideRow } from './target-row.ts';

/** Everything a report is made from. The order of the lists does not matter. */
export interface ReportInput {
  readonly command: ReportView['command'];
  /** The moment that was judged, UTC ISO-8601. */
  readonly asOf: string;
  /** When the auditors were asked, UTC ISO-8601. */
  readonly generatedAt: string;
  /** Version of fixby. */
  readonly version: string;
  /** What git says of the checkout; empty outside of one. */
  readonly repository: { readonly commit?: string; readonly branch?: string };
  readonly policy: Policy;
  readonly releases: readonly Release[];
  readonly audits: readonly Audit[];
  readonly setAside: readonly SetAside[];
  readonly findings: readonly JudgedFinding[];
  readonly judgement: Judgement;
  /** What the run added to the ledger; absent when it was not recorded. */
  readonly changes?: RunChanges;
  /** Problems of the run itself; those of the audits and their locks are taken from `audits`. */
  readonly problems: readonly Problem[];
  /** The other promises of the policy documents; absent where nobody asked or there is no document. */
  readonly promises?: PromiseOutcome;
  /** What the report carries beyond what every format shows. */
  readonly parts?: readonly ReportPart[];
}

/** The report as a value: sorted, counted, with absent fields left out. Adds no judgement of its own. */
export function assembleReport(input: ReportInput): ReportView {
  const { judgement, repository } = input;
  const targets = [
    ...input.audits.map((audit) => auditedRow(audit, input.parts?.includes('packages'))),
    ...input.setAside.map(setAsideRow),
  ].sort(byPlace);
  const breaking = breakingKeys(input);
  const findings = input.findings.map((finding) => findingRow(finding, breaking.has(finding.key))).sort(byUrgency);
  return {
    schema: 'fixby.report/v1',
    verdict: judgement.verdict,
    sentence: judgement.sentence,
    broken: [...judgement.broken],
    open: [...judgement.open],
    asOf: input.asOf,
    generatedAt: input.generatedAt,
    command: input.command,
    tool: { name: 'fixby', version: input.version },
    repository: {
      ...(repository.commit === undefined ? {} : { commit: repository.commit }),
      ...(repository.branch === undefined ? {} : { branch: repository.branch }),
    },
    policy: policyFields(input.policy),
    ...(judgement.release === undefined ? {} : { release: releaseFields(judgement.release) }),
    releases: carryingReleases(input),
    nextRelease: nextRelease(input.releases, input.asOf),
    ...(input.changes === undefined ? {} : { changes: input.changes }),
    targets,
    findings,
    summary: summarize(findings, targets),
    problems: gatherProblems(input),
    ...(input.promises === undefined ? {} : { promises: promiseFields(input.promises) }),
  };
}

function breakingKeys({ judgement, findings }: ReportInput): ReadonlySet<string> {
  const late = findings.filter(({ counts, deadline }) => counts && deadline.state === 'overdue');
  return new Set(judgement.brokenKeys ?? late.map(({ key }) => key));
}

function policyFields(policy: Policy): ReportView['policy'] {
  const { source, windows, clock, unknownAs, timeZone, holidays, noFix, knownExploited } = policy;
  const { rule, longestWait } = noFix;
  return {
    source: { ...source },
    windows: windows.map((window) => ({ ...window })),
    ...{ clock, unknownAs, timeZone, holidays: [...holidays] },
    noFix: {
      rule,
      ...(longestWait === undefined ? {} : { longestWait: { amount: longestWait.amount, unit: longestWait.unit } }),
    },
    ...(knownExploited === undefined ? {} : { knownExploited: { ...knownExploited } }),
  };
}

function releaseFields(release: NonNullable<Judgement['release']>): ReportView['release'] {
  return { ...release, blockers: release.blockers.map((blocker) => ({ ...blocker })) };
}

function promiseFields({ files, summary, promises, problems }: PromiseOutcome): PromiseOutcome {
  return { files, summary, promises, problems };
}

/** The tags findings were carried by, so that every reader can name their days. */
function carryingReleases({ findings, releases }: ReportInput): ReportView['releases'] {
  const named = new Set(findings.flatMap(({ carriedBy }) => carriedBy));
  return releases
    .filter(({ tag }) => named.has(tag))
    .map(({ tag, version, at }) => ({ tag, version, at }))
    .sort(
      byEach(
        (a, b) => byText(a.at, b.at),
        (a, b) => byText(a.tag, b.tag),
      ),
    );
}

/** Every problem once, wherever it was noticed. */
function gatherProblems({ audits, problems }: ReportInput): Problem[] {
  const noticed = [...problems, ...audits.flatMap((audit) => [...audit.problems, ...audit.inventory.problems])];
  const distinct = new Map(noticed.map((problem) => [identify(problem), problem]));
  return [...distinct.values()].map((problem) => ({ ...problem })).sort(byWeight);
}

function identify({ target, code, message, mend, blocks }: Problem): string {
  return JSON.stringify([target, code, message, mend, blocks]);
}
