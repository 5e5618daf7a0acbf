/** Reads a report that was written with `--format json`, from wherever the operator says. */
import { readInstant } from '../core/model/instant.ts';
import { UsageError } from '../core/model/problem.ts';
import { reportSchema } from '../core/model/report.ts';
import type { ReportView } from '../core/model/report.ts';
import { excerpt } from '../core/model/text.ts';
import { readOperatorFile } from './compose.ts';

/** Throws a UsageError for a file that is no report. */
export async function readReport(path: string): Promise<ReportView> {
  const file = await readOperatorFile(path);
  if (file.status !== 'ok') throw unreadable(path, file.detail);
  const parsed = reportSchema.safeParse(parseJson(path, file.text));
  if (parsed.success && readInstant(parsed.data.asOf) !== null) return parsed.data;
  throw unreadable(path, 'it is no report of the form fixby.report/v1.');
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadable(path, 'it is no JSON.');
  }
}

function unreadable(path: string, detail: string): UsageError {
  const mend = 'Name a report written with --format json.';
  return new UsageError('report-unreadable', `${excerpt(path)} cannot be used: ${detail}`, mend);
}
