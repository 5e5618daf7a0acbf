/** The list of auditors: a new one is a folder beside this file and a line here. */
import type { Auditor, ReportReader } from '../model/auditor.ts';
import { bunReports, pnpmReports, yarnReports } from './npm/foreign/reports/foreign-reports.ts';
import { readerOfReports } from './npm/import-report.ts';
import { npmAudit } from './npm/index.ts';
import { npmReader } from './npm/reader.ts';
import { createOsv } from './osv/index.ts';
import { pipAudit } from './pip/index.ts';
import { pythonReader } from './pip/reader.ts';
import { uvReports } from './pip/uv-reports.ts';

/** The first that covers a target answers for it; those after it are second opinions. */
export const auditors: readonly Auditor[] = [npmAudit, pipAudit, createOsv({ npm: npmReader, PyPI: pythonReader })];

/** Whose reports can be judged that were made elsewhere. */
export const reportReaders: readonly ReportReader[] = [
  npmAudit,
  pipAudit,
  ...[pnpmReports, yarnReports, bunReports].map(readerOfReports),
  uvReports,
];
