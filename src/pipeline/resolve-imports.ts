/** Finds the target each imported report belongs to. */
import type { ImportedReport, ReportReader } from '../core/model/auditor.ts';
import { UsageError } from '../core/model/problem.ts';
import type { Target } from '../core/model/target.ts';
import { excerpt } from '../core/model/text.ts';

/** A report made elsewhere, with the auditor it is from; `target` is the folder, and may be left out when only one fits. */
export interface ImportedFor {
  readonly auditor: string;
  readonly target?: string;
  readonly report: ImportedReport;
}

/** A report made elsewhere, with who reads it and the folder it is of. */
export interface ResolvedImport {
  readonly reader: ReportReader;
  readonly target: string;
  readonly report: ImportedReport;
}

/** Throws a UsageError for a report that fits no target, or several, or that comes second for the same one. */
export function resolveImports(
  imports: readonly ImportedFor[],
  targets: readonly Target[],
  readers: readonly ReportReader[],
): readonly ResolvedImport[] {
  const resolved = imports.map((imported): ResolvedImport => {
    const reader = readerOf(imported, readers);
    return { reader, target: targetOf(imported, reader, targets), report: imported.report };
  });
  for (const [index, { reader, target, report }] of resolved.entries()) {
    if (resolved.findIndex((other) => other.reader === reader && other.target === target) === index) continue;
    throw new UsageError(
      'import-twice',
      `${report.file} is the second ${reader.name} report for the target "${target}".`,
      'Import one report a target.',
    );
  }
  return resolved;
}

function readerOf({ auditor }: ImportedFor, readers: readonly ReportReader[]): ReportReader {
  const reader = readers.find(({ name }) => name === auditor);
  if (reader !== undefined) return reader;
  const names = readers.map(({ name }) => name).join(', ');
  throw new UsageError('import-unknown-auditor', `There is no auditor "${excerpt(auditor)}".`, `Choose from ${names}.`);
}

function targetOf({ target, report }: ImportedFor, reader: ReportReader, targets: readonly Target[]): string {
  const fitting = targets.filter((target) => reader.covers(target)).map(({ path }) => path);
  if (target !== undefined && fitting.includes(target)) return target;
  const [only] = fitting;
  if (target === undefined && only !== undefined && fitting.length === 1) return only;
  const mend =
    fitting.length === 0
      ? 'There is no target it could belong to.'
      : `Add @TARGET to it, with one of: ${fitting.join(', ')}`;
  throw new UsageError('import-without-target', `${report.file} cannot be told to belong to a target.`, mend);
}
