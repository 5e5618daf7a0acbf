/** The report as GitHub workflow commands: the few lines that show up beside the code of a pull request. */
import type { ReportFinding, ReportTarget, ReportView } from '../model/report.ts';
import { escapeWorkflowCommand } from './escape.ts';
import { dueFirst, notChecked } from './first-screen.ts';
import { calendarOf, dueWords, fixWords, packageWords, type Calendar } from './words.ts';

// GitHub shows ten of a kind for each step and drops the rest without a word.
const MOST = 10;

/** One annotation before it is written: foreign text, unescaped. */
interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  /** A line each. */
  readonly message: readonly string[];
  readonly file?: string;
  readonly line?: number | undefined;
}

/**
 * At most ten `::error` and ten `::warning` lines without a line end; what did not fit is counted in the last one.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function annotations(view: ReportView): readonly string[] {
  const all = [
    ...verdictAnnotations(view),
    ...notChecked(view).map(annotateTarget),
    ...annotateFindings(view),
    ...annotateProblems(view),
  ];
  return (['error', 'warning'] as const).flatMap((level) => cap(all.filter((one) => one.level === level)).map(write));
}

function verdictAnnotations({ verdict, sentence }: ReportView): readonly Annotation[] {
  return verdict === 'pass' ? [] : [{ level: 'error', title: `fixby: ${verdict}`, message: [sentence] }];
}

function annotateTarget({ path, auditor, message, mend, files }: ReportTarget): Annotation {
  const [file] = files;
  return {
    level: 'error',
    title: `Not checked: ${path} (${auditor})`,
    message: [message ?? '', mend ?? ''],
    ...(file === undefined ? {} : { file: file.path }),
  };
}

function annotateFindings(view: ReportView): readonly Annotation[] {
  const calendar = calendarOf(view);
  return dueFirst(view).map((finding) => annotateFinding(finding, calendar));
}

function annotateFinding(finding: ReportFinding, calendar: Calendar): Annotation {
  const { advisory, severity, location, breaks, target, deadline } = finding;
  return {
    level: breaks ? 'error' : 'warning',
    title: `${severity.level}: ${packageWords(finding)} in ${target}, ${dueWords(finding, calendar)}`,
    message: [`${advisory.id}: ${advisory.summary}`, `Fix: ${fixWords(finding)}. ${deadline.reason}`],
    file: location.file,
    line: location.line,
  };
}

function annotateProblems({ problems }: ReportView): readonly Annotation[] {
  return problems.map(({ blocks, code, target, message, mend }) => ({
    level: blocks ? 'error' : 'warning',
    title: target === null ? code : `${code} in ${target}`,
    message: [message, mend],
  }));
}

function cap(kind: readonly Annotation[]): readonly Annotation[] {
  const [first] = kind;
  if (first === undefined || kind.length <= MOST) return kind;
  const hidden = kind.length - MOST + 1;
  return [
    ...kind.slice(0, MOST - 1),
    { level: first.level, title: 'fixby', message: [`And ${hidden} more; read the whole report.`] },
  ];
}

function write({ level, title, message, file, line }: Annotation): string {
  const place = [
    ...(file === undefined ? [] : [`file=${escapeWorkflowCommand(file, 'property')}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
  ];
  const properties = [...place, `title=${escapeWorkflowCommand(title, 'property')}`].join(',');
  const lines = message.filter((text) => text !== '').map((text) => escapeWorkflowCommand(text, 'data'));
  return `::${level} ${properties}::${lines.join('%0A')}`;
}
