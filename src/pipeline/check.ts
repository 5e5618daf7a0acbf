/** The story of a run, from a repository to a report: each part takes what the one before it gave. */
import type { ReportView } from '../core/model/report.ts';
import { completeReport } from './complete-report.ts';
import type { OnEvent } from './events.ts';
import { judgeFacts } from './judge-facts.ts';
import { keepRun } from './keep-run.ts';
import { learnFacts } from './learn-facts.ts';
import { lookAround } from './look-around.ts';
import type { RunPorts } from './ports.ts';
import type { CheckRequest, Run } from './run.ts';

/** Audits, judges and reports. Whatever could not be looked at is in the report; only unusable refs throw (UsageError). */
export async function checkRepository(request: CheckRequest, ports: RunPorts, onEvent: OnEvent): Promise<ReportView> {
  const generatedAt = ports.clock.now();
  const run: Run = { request, generatedAt, asOf: request.asOf ?? generatedAt, ports, onEvent };

  const sight = await lookAround(run);
  const facts = await learnFacts(run, sight);
  const judged = await judgeFacts(run, sight, facts);
  const { state, problems, ...kept } = await keepRun(run, sight, facts, judged);

  const report = {
    ...request,
    ...kept,
    asOf: run.asOf,
    generatedAt,
    policy: request.setup.policy,
    repository: { ...sight.state },
    releases: sight.releases,
    audits: sight.audits,
    setAside: sight.setAside,
    findings: judged.findings,
    judgement: judged.judge(problems),
    problems: [...judged.problems, ...problems],
  };
  return completeReport(report, state);
}
