/** `fixby explain`: every date, rule, source line and exception behind one deadline. */
import { resolve } from 'node:path';
import { explanationSchema } from '../../core/model/explanation.ts';
import { UsageError } from '../../core/model/problem.ts';
import type { RenderOptions, ReportView } from '../../core/model/report.ts';
import { excerpt } from '../../core/model/text.ts';
import { drawExplanations } from '../../core/report/explain/draw.ts';
import { jsonDocument } from '../../core/report/escape.ts';
import { explainReport } from '../../pipeline/explain-report.ts';
import type { ReportExplanation } from '../../pipeline/explain-report.ts';
import { EXIT } from '../exit-codes.ts';
import { readReport } from '../read-report.ts';
import { runCheck } from '../run-check.ts';
import { wantsColor } from '../run-options.ts';
import { screenWidth } from '../world.ts';
import type { World } from '../world.ts';

/**
 * Explains what matches in a run made now, or in the report that `--report` names: then nobody is asked. What ended is told
 * from the ledger, or from what the report carries of it. 0 when something
 * matches; a UsageError when nothing does; 3 when nothing does and something could not be looked at, so that nobody
 * takes "not found" for "not there".
 */
export async function runExplain(
  world: World,
  query: string,
  dir: string,
  options: Readonly<Record<string, unknown>>,
): Promise<number> {
  const { format, report, ...shared } = options;
  const take = (view: ReportView, look: RenderOptions): number => {
    const explanation = explainReport(view, query);
    const { explained, ended } = explanation;
    if (explained.length + ended.length === 0) return refuse(world, query, view, explanation);
    world.stdout.write(
      format === 'json' ? toJson(query, view, explanation) : drawExplanations(explanation, view, look),
    );
    return EXIT.pass;
  };
  if (typeof report !== 'string') {
    const rule = { kind: 'audit' } as const;
    return runCheck(world, dir, shared, { command: 'audit', rule, keepsReports: false, parts: ['closed'], take });
  }
  refuseRunFlags(shared);
  const color = shared['color'] !== false && wantsColor(world);
  return take(await readReport(resolve(world.cwd, report)), { color, width: screenWidth(world.stdout), verbose: true });
}

/** Flags that say how to run, by the names commander gives their values. */
const RUN_FLAGS: Readonly<Record<string, string>> = {
  config: '--config',
  asOf: '--as-of',
  registry: '--registry',
  osvUrl: '--osv-url',
  offline: '--offline',
  import: '--import',
  trustImports: '--trust-imports',
};

/** A report that was made before is explained as it is: no flag can make it another one. */
function refuseRunFlags(options: Readonly<Record<string, unknown>>): void {
  const idle = Object.entries(RUN_FLAGS).flatMap(([name, flag]) => (options[name] === undefined ? [] : [flag]));
  if (idle.length === 0) return;
  throw new UsageError(
    'flag-without-run',
    `--report explains a report that was made before, so ${idle.join(', ')} would change nothing.`,
    'Leave out the one or the other.',
  );
}

function refuse(world: World, query: string, view: ReportView, { near }: ReportExplanation): number {
  const message = `No finding of this report is called "${excerpt(query)}".`;
  if (view.open.length > 0) {
    const open = view.open.map((text) => `  ? ${excerpt(text, 400)}\n`).join('');
    world.stderr.write(`fixby: ${message} And not everything could be looked at:\n${open}`);
    return EXIT.inconclusive;
  }
  const names = near.map((name) => excerpt(name, 80)).join(', ');
  const mend =
    near.length > 0 ? `Near it: ${names}.` : 'Name an advisory (GHSA, CVE, PYSEC, …) or a package of a finding.';
  const elsewhere = view.closed === undefined ? ' What has ended is told without --report.' : '';
  throw new UsageError('no-such-finding', message, mend + elsewhere);
}

/** `fixby.explanation/v1`: the findings as the report has them, each with what its deadline rests on. */
function toJson(query: string, view: ReportView, { explained, ended }: ReportExplanation): string {
  const { asOf, verdict, sentence, policy, repository } = view;
  const document = { schema: 'fixby.explanation/v1', query, asOf, verdict, sentence, repository, policy, explained };
  return jsonDocument(explanationSchema.parse({ ...document, ...(ended.length > 0 && { ended }) }));
}
