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

export type ResolvedImport = Required<ImportedFor>;

/** Throws a UsageError for a report that fits no target, or several, or that comes second for the same one. */
export function resolveImports(
  imports: readonly ImportedFor[],
  targets: readonly Target[],
  readers: readonly ReportReader[],
): readonly ResolvedImport[] {
  const resolved = imports.map((imported) => ({ ...imported, target: targetOf(imported, targets, readers) }));
  for (const [index, { auditor, target, report }] of resolved.entries()) {
    if (resolved.findIndex((other) => other.auditor === auditor && other.target === target) === index) continue;
    throw new UsageError(
      'import-twice',
      `${report.file} is the second ${auditor} report for the target "${target}".`,
      'Import one report a target.',
    );
  }
  return resolved;
}

function targetOf(
  { auditor, target, report }: ImportedFor,
  targets: readonly Target[],
  readers: readonly ReportReader[],
): string {
  const known = readers.find(({ name }) => name === auditor);
  if (known === undefined) {
    const names = readers.map(({ name }) => name).join(', ');
    throw new UsageError(
      'import-unknown-auditor',
      `There is no auditor "${excerpt(auditor)}".`,
      `Choose from ${names}.`,
    );
  }
  const fitting = targets.filter((target) => known.covers(target)).map(({ path }) => path);
  if (target !== undefined && fitting.includes(target)) return target;
  const [only] = fitting;
  if (target === undefined && only !== undefined && fitting.length === 1) return only;
  const mend =
    fitting.length === 0
      ? 'There is no target it could belong to.'
      : `Add @TARGET to it, with one of: ${fitting.join(', ')}`;
  throw new UsageError('import-without-target', `${report.file} cannot be told to belong to a target.`, mend);
}
