/** Reports of npm itself that were made elsewhere: those of npm 7 and later, and those of npm 6. */
import { findOnlyDocument } from './find-document.ts';
import { AUDITOR } from './findings.ts';
import { readLegacyReport } from './legacy-report.ts';
import { type NpmDocument, readNpmDocument } from './npm-report.ts';
import { readLock } from './read-lock.ts';
import { hasNpmLock } from './read-target.ts';
import type { ReportKind } from './report-kind.ts';

/** `npm audit --json`. npm counts every entry of its lock, so the counts have to be the same. */
export const npmReports: ReportKind = {
  auditor: AUDITOR,
  tool: 'npm',
  command: 'npm audit --json',
  covers: ({ ecosystem, sources }) => ecosystem === 'npm' && hasNpmLock(sources),
  read: readReport,
  readLock,
  compareCount: (total, { entryCount }) =>
    total === entryCount
      ? undefined
      : `The report counts ${total} packages and the lock has ${entryCount}: it was made for another tree.`,
};

function readReport(text: string): NpmDocument {
  const document = findOnlyDocument(text);
  const read = readNpmDocument(document);
  if (read.kind === 'report' && read.total === undefined)
    return { kind: 'none', detail: 'it does not count the packages it answers for' };
  return read.kind === 'none' ? (readLegacyReport(document) ?? read) : read;
}
