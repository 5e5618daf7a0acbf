/** The auditor of Python targets: real pip-audit over pins that are read, or resolved by uv, without running the project. */
import type { Auditor, ReportReader } from '../../model/auditor.ts';
import { auditTarget } from './audit-target.ts';
import { interpretImport } from './interpret-import.ts';
import { pythonReader } from './reader.ts';

/** Asks pip-audit about every package of a Python target. */
export const pipAudit: Auditor & ReportReader = {
  name: 'pip-audit',
  covers: ({ ecosystem }) => ecosystem === 'PyPI',
  tools: { PyPI: ['pip-audit', 'uv'] },
  readInventory: pythonReader.readInventory,
  audit: auditTarget,
  interpretImport,
  openPast: () => new Map([['PyPI', pythonReader.openPast()]]),
};
