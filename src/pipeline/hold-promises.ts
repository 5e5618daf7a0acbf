/** The fourth part of a run: the other promises of the policy documents. What the run found is evidence for some of them itself. */
import { brokenPromises } from '../core/judge/broken-promises.ts';
import type { PromiseOutcome } from '../core/model/promise-report.ts';
import { UsageError } from '../core/model/problem.ts';
import type { Blocker } from '../core/model/release.ts';
import type { ReportView } from '../core/model/report.ts';
import { assembleReport } from '../core/report/assemble.ts';
import type { JudgedRun } from './judge-facts.ts';
import type { Sight } from './look-around.ts';
import { reportInput } from './report-input.ts';
import type { Run } from './run.ts';

export interface PromisedRun extends JudgedRun {
  /** Absent where nobody asked, or there is no document to read any from. */
  readonly promises?: PromiseOutcome;
  /** Those that make the run fail: none unless the team says that promises do. */
  readonly brokenPromises: readonly Blocker[];
}

export async function holdPromises(run: Run, sight: Sight, judged: JudgedRun): Promise<PromisedRun> {
  const promises = await askPromises(run, sight, judged);
  const decides = run.request.setup.config.promises.failOn === 'broken';
  const broken = promises !== undefined && decides ? brokenPromises(promises) : [];
  return {
    ...judged,
    judge: (more) => judged.judge(more, broken),
    brokenPromises: broken,
    ...(promises === undefined ? {} : { promises }),
  };
}

async function askPromises(run: Run, sight: Sight, judged: JudgedRun): Promise<PromiseOutcome | undefined> {
  const soFar = (): ReportView => assembleReport(reportInput(run, sight, { ...judged, judgement: judged.judge([]) }));
  try {
    return await sight.hearing?.end(() => ({ file: 'this run', text: JSON.stringify(soFar()) }));
  } catch (error) {
    if (error instanceof UsageError && error.code === 'no-policy-document') return undefined;
    throw error;
  }
}
