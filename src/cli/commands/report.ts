/** `fixby report`: the report out of the ledger, as of now or as it was known on an earlier day; or out of an archive. */
import type { Config } from '../../core/model/config.ts';
import { UsageError } from '../../core/model/problem.ts';
import { reportPairSchema } from '../../core/model/report-pair.ts';
import type { ReportFormat, ReportView } from '../../core/model/report.ts';
import { visible } from '../../core/model/text.ts';
import { jsonDocument } from '../../core/report/escape.ts';
import { recall } from '../../pipeline/recall.ts';
import type { Memory } from '../../pipeline/recall.ts';
import { reportFromLedger } from '../../pipeline/report-from-ledger.ts';
import { loadConfig, readSetup } from '../../pipeline/setup.ts';
import { openLedger } from '../compose-ledger.ts';
import { openRepository, readOperatorFile } from '../compose.ts';
import { EXIT, exitCodeOf } from '../exit-codes.ts';
import { handOut } from '../hand-out.ts';
import type { Draw } from '../hand-out.ts';
import { isFolder, neededParts, planOutputs } from '../outputs.ts';
import { runPeriodReport } from '../period-report.ts';
import { reportFromArchive } from '../report-from-archive.ts';
import { readRunOptions } from '../run-options.ts';
import type { RunOptions } from '../run-options.ts';
import type { World } from '../world.ts';

/** One view, or with `--under-current-policy` the same facts judged twice. */
interface Views {
  readonly then: ReportView;
  current?: ReportView;
}

/**
 * Nobody is asked and nothing is recorded. The exit code is that of the verdict under the policy that was in force, and 3
 * where the ledger cannot be relied on. Throws a UsageError where it knows nothing of that moment.
 */
export async function runReport(world: World, dir: string, raw: Readonly<Record<string, unknown>>): Promise<number> {
  if (typeof raw['from'] === 'string') return reportFromArchive(world, raw['from'], raw);
  const options = readRunOptions(world, dir, raw);
  const named = options.configFile === undefined ? {} : { config: await readOperatorFile(options.configFile) };
  const repository = openRepository(world, options.dir);
  const config = await loadConfig(named, (path) => repository.files.read(path));
  const now = options.asOf ?? repository.clock.now();
  if (typeof raw['period'] === 'string') {
    refuseBoth(raw['underCurrentPolicy']);
    return runPeriodReport(world, { text: raw['period'], options, config, now });
  }
  const memory = await readMemory(world, options, config, now);
  if (memory.head === null) return complain(world, memory);
  const outputs = await planOutputs(options, config, false, isFolder);

  const facts = { state: memory.state, now, problems: memory.problems, parts: neededParts(outputs) };
  const views: Views = { then: reportFromLedger(facts) };
  if (raw['underCurrentPolicy'] === true) {
    for (const { format } of [...outputs.files, { format: outputs.screen }]) refuseSingle(format);
    const { policy } = await readSetup(named, repository);
    views.current = reportFromLedger({ ...facts, current: { policy, maxDays: config.exceptions.maxDays } });
  }
  await handOut(drawing(views), outputs, options, world);
  return exitCodeOf(views.then.verdict);
}

async function readMemory(world: World, options: RunOptions, config: Config, now: string): Promise<Memory> {
  const ledger = await openLedger(world, options.dir, config.ledger, 'read');
  try {
    return await recall(ledger, now);
  } finally {
    await ledger.close();
  }
}

function refuseBoth(underCurrentPolicy: unknown): void {
  if (underCurrentPolicy !== true) return;
  const message = 'A period is judged under the policies that were in force in it.';
  throw new UsageError('period-has-policies', message, 'Leave --under-current-policy out.');
}

/** Nothing is told from a ledger that cannot be read, or was changed. */
function complain(world: World, { problems }: Memory): number {
  for (const { message, mend } of problems) world.stderr.write(`fixby: ${visible(message)}\n  → ${visible(mend)}\n`);
  return EXIT.inconclusive;
}

/** Formats of which one text can hold two reports. */
const DOUBLE_FORMATS = ['table', 'markdown', 'json'];

function refuseSingle({ name }: ReportFormat): void {
  if (DOUBLE_FORMATS.includes(name)) return;
  throw new UsageError(
    'format-holds-one-report',
    `A ${name} report holds one judgement, and --under-current-policy makes two.`,
    `Choose from ${DOUBLE_FORMATS.join(', ')}.`,
  );
}

/** Two views are two reports one after the other; in JSON, one document that holds both. */
function drawing({ then, current }: Views): Draw {
  return (renderer, look, format) => {
    if (current === undefined) return renderer.render(then, look);
    if (format === 'json') {
      const pair = { schema: 'fixby.report-pair/v1', underPolicyThen: then, underCurrentPolicy: current };
      return jsonDocument(reportPairSchema.parse(pair));
    }
    const heading = (text: string): string => (format === 'markdown' ? `**${text}**\n\n` : `${text}\n\n`);
    const [before, after] = [renderer.render(then, look), renderer.render(current, look)];
    return `${heading('Under the policy that was in force')}${before}\n${heading('Under the current policy')}${after}`;
  };
}
