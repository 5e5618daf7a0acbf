/** `fixby diff`: what happened between two reports, days or tags. */
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { diffReports } from '../../core/diff/diff-reports.ts';
import type { NamedReport } from '../../core/diff/diff-reports.ts';
import { UsageError } from '../../core/model/problem.ts';
import type { ReportView } from '../../core/model/report.ts';
import type { DiffFormat, ReportDiff } from '../../core/model/report-diff.ts';
import { excerpt } from '../../core/model/text.ts';
import { diffFormats } from '../../core/report/diff/registry.ts';
import { examineEvidence } from '../../pipeline/examine-evidence.ts';
import { openArchives, openSeals } from '../compose-evidence.ts';
import { ledgerFormat } from '../compose-ledger.ts';
import { EXIT } from '../exit-codes.ts';
import { openPast } from '../open-past.ts';
import type { Past } from '../open-past.ts';
import { readReport } from '../read-report.ts';
import { readRunOptions } from '../run-options.ts';
import { screenWidth } from '../world.ts';
import type { World } from '../world.ts';

/**
 * `before` and `after` are JSON reports or archives of evidence, days or moments (the ledger then), tags (the ledger on their day), or `now`. 0 when
 * both could be compared in full; 3 when what was known no longer is, or is seen where the first could not look; 1 only
 * with `--fail-on worse`, when something is new, re-opened or worse. Throws a UsageError for what cannot be compared.
 */
export async function runDiff(
  world: World,
  { before, after, dir }: { readonly before: string; readonly after: string; readonly dir: string },
  raw: Readonly<Record<string, unknown>>,
): Promise<number> {
  const options = readRunOptions(world, dir, { ...raw, format: undefined });
  const format = formatNamed(raw['format']);
  const past = openPast(world, options);
  const diff = diffReports(await readSide(world, before, past), await readSide(world, after, past));
  world.stdout.write(format.render(diff, { ...options, width: screenWidth(world.stdout) }));
  return exitOf(diff, raw['failOn'] === 'worse');
}

async function readSide(world: World, name: string, past: Past): Promise<NamedReport> {
  const path = resolve(world.cwd, name);
  if (await isThere(path)) return { name, view: await readReportFile(path) };
  const at = await past.momentOf(name);
  if (at !== undefined) return { name, view: await past.reportAt(at) };
  throw new UsageError(
    'nothing-to-compare',
    `"${excerpt(name)}" is no file, no day and no release tag.`,
    'Name a report written with --format json, a day such as 2026-03-31, a release tag, or `now`.',
    await past.doubts(),
  );
}

/** A report, or an archive that `--evidence` wrote: one that was changed tells nothing. */
async function readReportFile(path: string): Promise<ReportView> {
  if (!path.endsWith('.zip')) return readReport(path);
  const examined = await examineEvidence(
    { path, open: openSeals(), hasKey: false, hash: ledgerFormat.hash },
    openArchives(),
  );
  if (examined.status === 'examined' && examined.proof.sound && examined.view !== undefined) return examined.view;
  const why = examined.status === 'unusable' ? examined.detail : 'it was changed';
  throw new UsageError('report-unreadable', `${excerpt(path)} cannot be used: ${why}.`, 'See `fixby evidence verify`.');
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function exitOf({ summary }: ReportDiff, failing: boolean): number {
  if (failing && summary.new + summary.reopened + summary.worsened > 0) return EXIT.fail;
  return summary.unknown + summary.uncovered > 0 ? EXIT.inconclusive : EXIT.pass;
}

function formatNamed(value: unknown): DiffFormat {
  const format = diffFormats.find(({ name }) => name === value);
  if (format !== undefined) return format;
  const known = diffFormats.map(({ name }) => name).join(', ');
  throw new UsageError(
    'unknown-format',
    `Comparisons have no format "${excerpt(String(value))}".`,
    `Choose from ${known}.`,
  );
}
