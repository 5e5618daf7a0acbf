/** The auditor `npm-audit`: real `npm audit` over our own reading of package-lock.json and npm-shrinkwrap.json. */
import type { Auditor, ReportReader } from '../../model/auditor.ts';
import type { SourceKind } from '../../model/target.ts';
import { auditTarget } from './audit.ts';
import { AUDITOR } from './findings.ts';
import { interpretReport } from './import-report.ts';
import { openNpmPast } from './past.ts';
import { readLock } from './read-lock.ts';

/** The locks npm itself reads. */
const LOCKS: ReadonlySet<SourceKind> = new Set<SourceKind>(['package-lock', 'npm-shrinkwrap']);

export const npmAudit: Auditor & ReportReader = {
  name: AUDITOR,
  covers: ({ ecosystem, sources }) => ecosystem === 'npm' && sources.some(({ kind }) => LOCKS.has(kind)),
  tools: ['npm'],
  *readInventory(target) {
    return (yield* readLock(target)).inventory;
  },
  audit: auditTarget,
  interpretImport: interpretReport,
  openPast: () => new Map([['npm', openNpmPast()]]),
};
