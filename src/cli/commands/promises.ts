/** `fixby promises`: every checkable sentence of SECURITY.md held against the repository. */
import { resolve } from 'node:path';
import type { EvidenceFile } from '../../core/model/file.ts';
import type { PromiseFormat } from '../../core/model/promise-format.ts';
import type { PromiseReport } from '../../core/model/promise-report.ts';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import { promiseFormats } from '../../core/report/promises/registry.ts';
import { checkPromises, type Evidence } from '../../pipeline/check-promises.ts';
import { loadConfig } from '../../pipeline/setup.ts';
import { createGithubAdvisories, openPromises } from '../compose-promises.ts';
import { openRepository, readOperatorFile } from '../compose.ts';
import { EXIT } from '../exit-codes.ts';
import { readRunOptions } from '../run-options.ts';
import { screenWidth, type World } from '../world.ts';

type Raw = Readonly<Record<string, unknown>>;

/**
 * Prints one report. 0 when the documents could be read, whatever they promise; 1 with `--fail-on broken` when a promise is
 * broken; 3 when a document could not be read. Throws a UsageError for flags and evidence that cannot be used.
 */
export async function runPromises(world: World, dir: string, raw: Raw): Promise<number> {
  const { asOf, configFile, color, verbose, dir: root } = readRunOptions(world, dir, { ...raw, format: undefined });
  const format = formatNamed(words(raw['format']) ?? 'table');
  const failing = readFailOn(words(raw['failOn']));
  const named = configFile === undefined ? {} : { config: await readOperatorFile(configFile) };
  const { files } = openRepository(world, root);
  const config = await loadConfig(named, (path) => files.read(path));
  const report = await readEvidence(world, raw['report']);
  const advisories = await readEvidence(world, raw['advisoriesExport']);
  const outcome = await checkPromises(
    {
      config,
      deep: raw['deep'] === true,
      ...(asOf === undefined ? {} : { asOf }),
      evidence: {
        ...(report === undefined ? {} : { report: () => Promise.resolve(report) }),
        ...(advisories === undefined ? {} : { advisories }),
        ...(await askAdvisories(world, raw['advisoriesFrom'])),
      },
    },
    openPromises(world, root, config),
  );
  world.stdout.write(format.render(outcome, { color, verbose, width: screenWidth(world.stdout) }));
  return exitCode(outcome, failing || config.promises.failOn === 'broken');
}

function exitCode({ summary, problems }: PromiseReport, failing: boolean): number {
  if (failing && summary.broken > 0) return EXIT.fail;
  return problems.some(({ blocks }) => blocks) ? EXIT.inconclusive : EXIT.pass;
}

function formatNamed(name: string): PromiseFormat {
  const format = promiseFormats.find((each) => each.name === name);
  if (format !== undefined) return format;
  const known = promiseFormats.map((each) => each.name).join(', ');
  throw new UsageError(
    'unknown-format',
    `There is no format "${excerpt(name)}" for promises.`,
    `Choose from ${known}.`,
  );
}

function readFailOn(value: string | undefined): boolean {
  if (value === undefined || value === 'broken') return value === 'broken';
  throw new UsageError('bad-fail-on', `--fail-on cannot read "${excerpt(value)}".`, 'Write it as --fail-on broken.');
}

async function readEvidence(world: World, value: unknown): Promise<EvidenceFile | undefined> {
  if (typeof value !== 'string') return undefined;
  const read = await readOperatorFile(resolve(world.cwd, value));
  if (read.status === 'ok') return { file: value, text: read.text };
  throw new UsageError(
    'evidence-unreadable',
    `${excerpt(value)} cannot be read: ${read.detail}`,
    'Name a file that can be read.',
  );
}

/** What the host lists, or why it does not. */
async function askAdvisories(
  world: World,
  repository: unknown,
): Promise<Pick<Evidence, 'advisories' | 'advisoriesUnavailable'>> {
  if (typeof repository !== 'string') return {};
  const answer = await createGithubAdvisories({ variables: world.env })(repository);
  if (answer.status === 'unavailable') return { advisoriesUnavailable: answer.detail };
  return { advisories: { file: answer.source, text: answer.text } };
}

/** A flag that may be repeated comes as a list; its last word counts. */
function words(value: unknown): string | undefined {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? last : undefined;
}
