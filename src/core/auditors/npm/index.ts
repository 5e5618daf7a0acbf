/** The auditor `npm-audit`: real `npm audit` over our own reading of package-lock.json and npm-shrinkwrap.json. */
import type { Auditor, ReportReader } from '../../model/auditor.ts';
import { auditTarget } from './audit.ts';
import { AUDITOR } from './findings.ts';
import { interpretReport } from './import-report.ts';
import { openNpmPast } from './past.ts';
import { hasNpmLock } from './read-target.ts';
import { npmReader } from './reader.ts';

export const npmAudit: Auditor & ReportReader = {
  name: AUDITOR,
  covers: ({ ecosystem, sources }) => ecosystem === 'npm' && hasNpmLock(sources),
  tools: { npm: ['npm'] },
  readInventory: npmReader.readInventory,
  audit: auditTarget,
  interpretImport: interpretReport,
  openPast: () => new Map([['npm', openNpmPast()]]),
};
