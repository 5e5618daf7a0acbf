/** Reads what the audits of every yarn print: yarn 1 and yarn 4 an object a line, each of its own kind, yarn 2 and 3 one document. */
import { findOnlyDocument } from '../../find-document.ts';
import type { NoReport, NpmDocument } from '../../npm-report.ts';
import { isBerryLine, readBerryLines } from './yarn-berry-lines.ts';
import { isClassicLine, readClassicLines } from './yarn-classic-lines.ts';
import { readJsonLines } from './json-lines.ts';
import { readTreeReport } from './tree-report.ts';

/** The report, the error, or why it is neither. Nothing at all is no report: yarn 4 prints it for clean and for failed alike. */
export function readYarnReport(text: string): NpmDocument {
  const lines = readJsonLines(text);
  if (lines === 'cut') return readTreeReport(findOnlyDocument(text)) ?? none('a line of it is cut off');
  if (lines.some(isClassicLine)) return readClassicLines(lines);
  if (lines.some(isBerryLine)) return readBerryLines(lines, text);
  return readTreeReport(findOnlyDocument(text)) ?? none(text.trim() === '' ? NOTHING : 'it is no JSON report of yarn');
}

const NOTHING = 'yarn 4 prints nothing when it finds nothing, and nothing when it fails';

function none(detail: string): NoReport {
  return { kind: 'none', detail };
}
