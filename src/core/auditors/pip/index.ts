/** The auditor of Python targets: real pip-audit over pins that are read, or resolved by uv, without running the project. */
import type { Auditor, ReportReader } from '../../model/auditor.ts';
import type { Source, SourceKind } from '../../model/target.ts';
import { auditTarget } from './audit-target.ts';
import { AUDITOR } from './findings.ts';
import { interpretImport } from './interpret-import.ts';
import { pythonReader } from './reader.ts';

/** Locks that stand for their whole folder, and that pip-audit has never read. */
const FOREIGN: ReadonlySet<SourceKind> = new Set<SourceKind>(['poetry-lock', 'pipfile-lock']);

/** A pyproject.toml beside a poetry.lock is part of what Poetry locked. */
function isForPip(sources: readonly Source[]): boolean {
  const own = sources.filter(({ kind }) => !FOREIGN.has(kind));
  const isPoetry = sources.some(({ kind }) => kind === 'poetry-lock');
  return own.some(({ kind }) => kind !== 'pyproject' || !isPoetry);
}

/** Asks pip-audit about every package of a Python target. */
export const pipAudit: Auditor & ReportReader = {
  name: AUDITOR,
  covers: ({ ecosystem, sources }) => ecosystem === 'PyPI' && isForPip(sources),
  tools: { PyPI: ['pip-audit', 'uv'] },
  readInventory: pythonReader.readInventory,
  audit: auditTarget,
  interpretImport,
  openPast: () => new Map([['PyPI', pythonReader.openPast()]]),
};
