/** Decides which report goes to the screen and which into a file. */
import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Config } from '../core/model/config.ts';
import { UsageError } from '../core/model/problem.ts';
import type { ReportFormat, ReportPart } from '../core/model/report.ts';
import { excerpt } from '../core/model/text.ts';
import { findFormat, reportFormats } from '../core/report/registry.ts';
import type { RunOptions } from './run-options.ts';

export interface Outputs {
  /** What stdout gets. */
  readonly screen: ReportFormat;
  /** The folder that file paths start from. */
  readonly root: string;
  /** Paths relative to `root`. */
  readonly files: readonly { readonly path: string; readonly format: ReportFormat }[];
}

/**
 * - nothing said: the table on stdout, and for a command that keeps reports the configured formats in the configured folder;
 * - `--format` alone: that one report on stdout, and nothing else;
 * - `--output`: the formats (or the configured ones) as files there, and the table on stdout.
 */
export async function planOutputs(
  options: Pick<RunOptions, 'dir' | 'formats' | 'output'>,
  config: Config,
  keepsReports: boolean,
  isFolder: (path: string) => Promise<boolean>,
): Promise<Outputs> {
  const table = formatNamed('table');
  const asked = options.formats.map(formatNamed);
  const formats = asked.length > 0 ? asked : config.reports.formats.map(formatNamed);
  const { output } = options;
  if (output !== undefined) {
    const single = formats.length === 1 && extname(output) !== '' && !(await isFolder(output)) ? formats[0] : undefined;
    return single === undefined
      ? { screen: table, root: output, files: filesOf(formats, '') }
      : { screen: table, root: dirname(output), files: [{ path: basename(output), format: single }] };
  }
  if (asked.length > 1) {
    throw new UsageError('formats-without-output', 'Several formats cannot share stdout.', 'Add --output FOLDER.');
  }
  const [only] = asked;
  if (only !== undefined) return { screen: only, root: options.dir, files: [] };
  return { screen: table, root: options.dir, files: keepsReports ? filesOf(formats, config.reports.dir) : [] };
}

/** What the formats asked for need a report to carry. */
export function neededParts({ screen, files }: Pick<Outputs, 'screen' | 'files'>): readonly ReportPart[] {
  return [screen, ...files.map(({ format }) => format)].flatMap(({ needs }) => needs ?? []);
}

/** What any format needs: an archive has to make every one of them again. */
export const EVERY_PART: readonly ReportPart[] = reportFormats.flatMap(({ needs }) => needs ?? []);

function filesOf(formats: readonly ReportFormat[], folder: string): Outputs['files'] {
  return formats.map((format) => ({ path: join(folder, `fixby.${format.extension}`), format }));
}

function formatNamed(name: string): ReportFormat {
  const format = findFormat(name);
  if (format !== undefined) return format;
  const known = reportFormats.map((each) => each.name).join(', ');
  throw new UsageError('unknown-format', `There is no report format "${excerpt(name)}".`, `Choose from ${known}.`);
}

/** Whether there is a folder at `path`. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
