/** The auditor `npm-audit`: real `npm audit` over our own reading of package-lock.json and npm-shrinkwrap.json. */
import type { Auditor, ReportReader } from '../../model/auditor.ts';
import type { SourceKind } from '../../model/target.ts';
import { auditTarget } from './audit.ts';
import { AUDITOR } from './findings.ts';
import { interpretReport } from './import-report.ts';
import { npmReader } from './reader.ts';

/** The locks npm itself reads. */
const LOCKS: ReadonlySet<SourceKind> = new Set<SourceKind>(['package-lock', 'npm-shrinkwrap']);

export const npmAudit: Auditor & ReportReader = {
  name: AUDITOR,
  covers: ({ ecosystem, sources }) => ecosystem === 'npm' && sources.some(({ kind }) => LOCKS.has(kind)),
  tools: { npm: ['npm'] },
  readInventory: npmReader.readInventory,
  audit: auditTarget,
  interpretImport: interpretReport,
  openPast: () => new Map([['npm', npmReader.openPast()]]),
};
