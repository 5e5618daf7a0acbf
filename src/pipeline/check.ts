/** The story of a run, from a repository to a report: each part takes what the one before it gave. */
import type { ReportView } from '../core/model/report.ts';
import { completeReport } from './complete-report.ts';
import type { OnEvent } from './events.ts';
import { holdPromises } from './hold-promises.ts';
import { judgeFacts } from './judge-facts.ts';
import { keepRun } from './keep-run.ts';
import { learnFacts } from './learn-facts.ts';
import { lookAround } from './look-around.ts';
import type { RunPorts } from './ports.ts';
import { reportInput } from './report-input.ts';
import type { CheckRequest, Run } from './run.ts';

/** Audits, judges and reports. Whatever could not be looked at is in the report; only unusable refs throw (UsageError). */
export async function checkRepository(request: CheckRequest, ports: RunPorts, onEvent: OnEvent): Promise<ReportView> {
  const generatedAt = ports.clock.now();
  const run: Run = { request, generatedAt, asOf: request.asOf ?? generatedAt, ports, onEvent };

  const sight = await lookAround(run);
  const facts = await learnFacts(run, sight);
  const judged = await judgeFacts(run, sight, facts);
  const promised = await holdPromises(run, sight, judged);
  const { state, problems, ...kept } = await keepRun(run, sight, facts, promised);

  const whole = {
    ...promised,
    ...kept,
    judgement: promised.judge(problems),
    problems: [...promised.problems, ...problems],
  };
  return completeReport(reportInput(run, sight, whole), state);
}
