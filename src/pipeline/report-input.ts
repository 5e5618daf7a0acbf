/** Gathers what a run found out into what a report is made from. */
import type { ReportInput } from '../core/report/assemble.ts';
import type { Sight } from './look-around.ts';
import type { Run } from './run.ts';

/** What was made of what was seen. */
type Judged = Pick<ReportInput, 'findings' | 'releases' | 'judgement' | 'problems' | 'changes' | 'promises'>;

export function reportInput(
  { request, asOf, generatedAt }: Run,
  { state, audits, setAside }: Sight,
  { findings, releases, judgement, problems, changes, promises }: Judged,
): ReportInput {
  const { command, version, parts = [] } = request;
  return {
    ...{ command, version, parts, asOf, generatedAt },
    policy: request.setup.policy,
    repository: { ...state },
    ...{ releases, audits, setAside, findings, judgement, problems },
    ...(changes === undefined ? {} : { changes }),
    ...(promises === undefined ? {} : { promises }),
  };
}
