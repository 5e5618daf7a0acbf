/** The third part of a run: the deadline of each finding, and the verdict over all of them. */
import { exceptionFor, judgeFinding } from '../core/judge/judge-finding.ts';
import { judgeRun } from '../core/judge/judge-run.ts';
import type { JudgedFinding } from '../core/model/judged-finding.ts';
import type { Problem } from '../core/model/problem.ts';
import type { Blocker, Release } from '../core/model/release.ts';
import type { Judgement } from '../core/model/verdict.ts';
import { exceptionProblems, limitAccepted } from './accepted-risks.ts';
import type { Facts } from './learn-facts.ts';
import type { Sight } from './look-around.ts';
import { missingReleases } from './missing-releases.ts';
import type { Run } from './run.ts';
import { findUncommitted } from './uncommitted-files.ts';

export interface JudgedRun {
  readonly findings: readonly JudgedFinding[];
  /** What they were judged by: the releases as they were cut. */
  readonly releases: readonly Release[];
  readonly problems: readonly Problem[];
  /** The verdict, when there were also the problems `more`, and `promises` that break the rule. */
  readonly judge: (more: readonly Problem[], promises?: readonly Blocker[]) => Judgement;
}

export async function judgeFacts({ request, asOf, ports }: Run, sight: Sight, facts: Facts): Promise<JudgedRun> {
  const { setup, rule } = request;
  const { policy } = setup;
  const { audits, setAside } = sight;
  const { standing, releases } = facts;
  const acceptance = { maxDays: setup.config.exceptions.maxDays, policy, state: facts.memory.state, now: asOf };
  const context = { policy, now: asOf, releases, exceptions: limitAccepted(setup.exceptions, acceptance) };
  const findings = standing.map((finding): JudgedFinding => {
    const exception = exceptionFor(finding, context);
    const judged = { ...finding, deadline: judgeFinding(finding, context), counts: facts.counted.has(finding.key) };
    return exception === undefined ? judged : { ...judged, exception };
  });
  const problems = [
    ...setup.problems,
    ...sight.problems,
    ...facts.problems,
    ...exceptionProblems(setup.exceptions, { findings: standing, audits, setAside }, acceptance),
    ...ports.git.problems(),
    ...missingReleases(findings, sight.releases, sight.state, rule),
  ];
  const blockers = await findUncommitted(rule, { audits, policy }, ports);
  return {
    findings,
    releases,
    problems,
    judge: (more, promises = []) =>
      judgeRun({
        ...{ findings, audits, setAside, rule, policy, context },
        problems: [...problems, ...more],
        blockers: [...blockers, ...promises],
      }),
  };
}
