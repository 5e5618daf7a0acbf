/** `fixby history`: a year of evidence tonight, out of the repository's own past. */
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { AuditSettings } from '../../core/model/auditor.ts';
import type { Config } from '../../core/model/config.ts';
import type { HistoryFormat, HistoryView } from '../../core/model/history-report.ts';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import { historyFormats } from '../../core/report/history/registry.ts';
import { replayHistory } from '../../pipeline/replay-history.ts';
import { readSetup } from '../../pipeline/setup.ts';
import { openReplay } from '../compose-history.ts';
import { openRepository, openSink, readOperatorFile } from '../compose.ts';
import { EXIT } from '../exit-codes.ts';
import { startProgress } from '../progress.ts';
import { readInstant, readRunOptions, type RunOptions } from '../run-options.ts';
import { VERSION } from '../version.ts';
import type { World } from '../world.ts';

type Raw = Readonly<Record<string, unknown>>;

/**
 * Prints the table, or the one format asked for; with `--output` writes the formats there. 0 when the past could be looked
 * at, whatever it holds: it is a report, not a gate. 3 when a question is left open. Throws a UsageError for unusable flags.
 */
export async function runHistory(world: World, dir: string, raw: Raw): Promise<number> {
  const options = readRunOptions(world, dir, raw);
  const plan = planOutputs(options);
  const config = options.configFile === undefined ? undefined : await readOperatorFile(options.configFile);
  const setup = await readSetup(config === undefined ? {} : { config }, openRepository(world, options.dir));
  const progress = await startProgress(world, options.quiet);
  const osvUrl = options.osvUrl ?? setup.config.osv.url;
  const ports = await openReplay(world, options.dir, setup.config, {
    advisories: texts(raw['advisories']).map((path) => resolve(world.cwd, path)),
    ...(osvUrl === undefined ? {} : { osvUrl }),
    offline: options.offline,
    settings: settingsOf(options, setup.config),
    onMessage: (text) => progress.onEvent({ kind: 'message', text }),
  });
  const asOf = options.asOf ?? ports.clock.now();
  const request = { ...setup, since: readSince(raw['since'], asOf), asOf, version: VERSION };
  const view = await replayHistory(request, ports, progress.onEvent).finally(() => progress.finish());
  await handOut(view, plan, options, world);
  return view.problems.some(({ blocks }) => blocks) ? EXIT.inconclusive : EXIT.pass;
}

/** What the registries are asked with; no tool of an audit runs. */
function settingsOf({ registry }: RunOptions, { npm, python, audit }: Config): AuditSettings {
  const npmRegistry = registry ?? npm.registry;
  return {
    ...(npmRegistry === undefined ? {} : { npmRegistry }),
    ...(python.index === undefined ? {} : { pythonIndex: python.index }),
    knownRegistries: [...npm.knownRegistries, ...python.knownIndexes],
    acceptedUnaudited: [],
    timeoutMs: audit.timeoutMs,
    maxOutputBytes: 64 * 1024 * 1024,
    attempts: audit.attempts,
  };
}

/** The beginning of a day where only that is named; a year before `asOf` where nothing is. */
function readSince(value: unknown, asOf: string): string {
  if (typeof value !== 'string') return yearBefore(asOf);
  const since = /^\d{4}-\d{2}-\d{2}$/.test(value) ? readInstant(`${value}T00:00:00.000Z`) : readInstant(value);
  if (since <= asOf) return since;
  throw new UsageError(
    'bad-since',
    `--since names ${since.slice(0, 10)}, which is after ${asOf.slice(0, 10)}.`,
    'Name an earlier day.',
  );
}

function yearBefore(instant: string): string {
  const day = new Date(instant);
  return new Date(Date.UTC(day.getUTCFullYear() - 1, day.getUTCMonth(), day.getUTCDate())).toISOString();
}

interface Plan {
  readonly screen: HistoryFormat;
  /** The folder that file paths start from; absent when nothing is written. */
  readonly root?: string;
  readonly files: readonly { readonly path: string; readonly format: HistoryFormat }[];
}

function planOutputs({ formats: names, output }: Pick<RunOptions, 'formats' | 'output'>): Plan {
  const table = formatNamed('table');
  const formats = names.map(formatNamed);
  const [only = table] = formats;
  if (output === undefined) {
    if (formats.length <= 1) return { screen: only, files: [] };
    throw new UsageError('formats-without-output', 'Several formats cannot share stdout.', 'Add --output FOLDER.');
  }
  const chosen = formats.length > 0 ? formats : historyFormats;
  if (chosen.length === 1 && extname(output) !== '') {
    return { screen: table, root: dirname(output), files: [{ path: basename(output), format: only }] };
  }
  return {
    screen: table,
    root: output,
    files: chosen.map((format) => ({ path: `history.${format.extension}`, format })),
  };
}

function formatNamed(name: string): HistoryFormat {
  const format = historyFormats.find((each) => each.name === name);
  if (format !== undefined) return format;
  const known = historyFormats.map((each) => each.name).join(', ');
  throw new UsageError(
    'unknown-format',
    `There is no format "${excerpt(name)}" for a history.`,
    `Choose from ${known}.`,
  );
}

async function handOut(view: HistoryView, plan: Plan, options: RunOptions, world: World): Promise<void> {
  const look = { color: options.color, width: world.stdout.columns ?? 100, verbose: options.verbose };
  if (plan.root !== undefined) {
    const files = plan.files.map(({ path, format }) => ({
      path,
      text: format.render(view, { color: false, width: 100, verbose: true }),
    }));
    await openSink(plan.root, options.dir).write(files);
  }
  world.stdout.write(plan.screen.render(view, look));
  for (const { path } of plan.files) world.stderr.write(`fixby: wrote ${join(plan.root ?? '', path)}\n`);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
