/** The auditor `npm-audit`: real `npm audit` over our own reading of package-lock.json and npm-shrinkwrap.json. */
import type { Auditor, ReportReader } from '../../model/auditor.ts';
import { auditTarget } from './audit.ts';
import { readerOfReports } from './import-report.ts';
import { npmReports } from './npm-reports.ts';
import { openNpmPast } from './past.ts';
import { npmReader } from './reader.ts';

export const npmAudit: Auditor & ReportReader = {
  ...readerOfReports(npmReports),
  tools: { npm: ['npm'] },
  readInventory: npmReader.readInventory,
  audit: auditTarget,
  openPast: () => new Map([['npm', openNpmPast()]]),
};
