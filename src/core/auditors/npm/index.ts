/** The auditor `npm-audit`: real `npm audit` over our own reading of package-lock.json and npm-shrinkwrap.json. */
import type { Auditor } from '../../model/auditor.ts';
import { auditTarget } from './audit.ts';
import { AUDITOR } from './findings.ts';
import { interpretReport } from './import-report.ts';
import { openNpmPast } from './past.ts';
import { readLock } from './read-lock.ts';

export const npmAudit: Auditor = {
  name: AUDITOR,
  ecosystem: 'npm',
  tools: ['npm'],
  *readInventory(target) {
    return (yield* readLock(target)).inventory;
  },
  audit: auditTarget,
  interpretImport: interpretReport,
  openPast: openNpmPast,
};
