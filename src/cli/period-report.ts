/** `fixby report --period`: how the policy was kept over a month, a quarter, a year or any days. */
import { basename, dirname, extname } from 'node:path';
import { describeFaults } from '../core/ledger/faults.ts';
import { readEvents } from '../core/ledger/read-events.ts';
import type { ChainFault } from '../core/model/ledger-format.ts';
import type { Config } from '../core/model/config.ts';
import type { PeriodFormat, PeriodReport } from '../core/model/period-report.ts';
import { readPeriod } from '../core/model/period.ts';
import { UsageError } from '../core/model/problem.ts';
import { excerpt, visible } from '../core/model/text.ts';
import { periodFormats } from '../core/report/period/registry.ts';
import { reportPeriod } from '../pipeline/report-period.ts';
import type { PeriodRequest } from '../pipeline/report-period.ts';
import { openLedger } from './compose-ledger.ts';
import { openSink } from './compose.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { isFolder } from './outputs.ts';
import type { RunOptions } from './run-options.ts';
import { VERSION } from './version.ts';
import { screenWidth } from './world.ts';
import type { World } from './world.ts';

/** What of the period's request does not come from the ledger. */
export interface PeriodAsked {
  readonly text: string;
  readonly options: RunOptions;
  readonly config: Config;
  /** UTC ISO-8601. */
  readonly now: string;
}

/**
 * 0 when the policy was kept and everything is shown, 1 when it was broken, 3 when something is missing: a run, the ledger's
 * beginning, an answer. Throws a UsageError for what is no period, and for one that has not begun.
 */
export async function runPeriodReport(world: World, { text, options, config, now }: PeriodAsked): Promise<number> {
  const period = readPeriod(text);
  if (period === null) {
    const mend = 'Write it as 2026, 2026-Q3, 2026-07, or 2026-07-01..2026-09-30.';
    throw new UsageError('bad-period', `"${excerpt(text)}" is no period that can be read.`, mend);
  }
  if (period.from > now) {
    throw new UsageError('period-to-come', `${period.name} has not begun.`, 'Name one that has.');
  }
  const formats = (options.formats.length === 0 ? ['table'] : options.formats).map(formatNamed);
  const known = await readLedger(world, options, config);
  if (typeof known === 'string') {
    world.stderr.write(known);
    return EXIT.inconclusive;
  }
  const report = reportPeriod({ ...known, period, now, schedule: config.schedule, version: VERSION });
  await handOut(report, formats, options, world);
  return exitCodeOf(report.verdict);
}

/** The events, or what to say where they cannot be relied on. */
async function readLedger(
  world: World,
  { dir }: RunOptions,
  config: Config,
): Promise<Pick<PeriodRequest, 'events' | 'ledger'> | string> {
  const ledger = await openLedger(world, dir, config.ledger, 'read');
  const read = await ledger.read().finally(() => ledger.close());
  const faults: ChainFault[] = [];
  const events = read.status === 'sound' ? [...readEvents(read.lines, (fault) => faults.push(fault))] : [];
  const problem = read.status === 'sound' ? describeFaults(faults) : read.problem;
  if (problem !== undefined || read.status !== 'sound') {
    return `fixby: ${visible(problem?.message ?? '')}\n  → ${visible(problem?.mend ?? '')}\n`;
  }
  return { events, ledger: { place: ledger.place, head: read.head } };
}

function formatNamed(name: string): PeriodFormat {
  const format = periodFormats.find((each) => each.name === name);
  if (format !== undefined) return format;
  const known = periodFormats.map((each) => each.name).join(', ');
  throw new UsageError(
    'unknown-format',
    `The report of a period has no format "${excerpt(name)}".`,
    `Choose from ${known}.`,
  );
}

/** One format on stdout, or files where `--output` says and the table on stdout. */
async function handOut(
  report: PeriodReport,
  formats: readonly PeriodFormat[],
  { output, dir, color, verbose }: RunOptions,
  world: World,
): Promise<void> {
  const look = { color, width: screenWidth(world.stdout), verbose };
  const [first, ...more] = formats;
  if (output === undefined && more.length > 0) {
    throw new UsageError('formats-without-output', 'Several formats cannot share stdout.', 'Add --output FOLDER.');
  }
  if (output === undefined) {
    world.stdout.write(first?.render(report, look) ?? '');
    return;
  }
  const isFile = more.length === 0 && extname(output) !== '' && !(await isFolder(output));
  const files = formats.map((format) => ({
    path: isFile ? basename(output) : `fixby-${report.period.name}.${format.extension}`,
    text: format.render(report, { color: false, width: 100, verbose }),
  }));
  const folder = isFile ? dirname(output) : output;
  const written = await openSink(folder, dir).write(files);
  world.stdout.write(formatNamed('table').render(report, look));
  world.stdout.write(`Written: ${written.map((path) => visible(path)).join(' ')}\n`);
}
