/** Adds the other promises of the policy documents to a finished report, which is itself evidence for some of them. */
import type { Config } from '../core/model/config.ts';
import { UsageError } from '../core/model/problem.ts';
import type { ReportView } from '../core/model/report.ts';
import { withPromises } from '../core/report/promises/attach.ts';
import { checkPromises } from './check-promises.ts';
import type { PromisePorts } from './check-promises.ts';

/** `view` with its promises; as it is where there is no document to read any from. */
export async function addPromises(view: ReportView, config: Config, ports: PromisePorts): Promise<ReportView> {
  const report = { file: 'this run', text: JSON.stringify(view) };
  try {
    const outcome = await checkPromises({ config, asOf: view.asOf, deep: false, report }, ports);
    return withPromises(view, outcome, config.promises.failOn === 'broken');
  } catch (error) {
    if (error instanceof UsageError && error.code === 'no-policy-document') return view;
    throw error;
  }
}
