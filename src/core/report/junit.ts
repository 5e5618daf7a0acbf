/** The report as JUnit XML: a suite a target, a test a finding, so that any CI shows what broke and what could not be checked. */
import XMLBuilder from 'fast-xml-builder';
import type { ReportFinding, ReportRenderer, ReportTarget, ReportView } from '../model/report.ts';
import { guardLines, xmlText } from './escape.ts';
import {
  acceptanceWords,
  calendarOf,
  dueWords,
  outcomeWords,
  packageWords,
  remedyWords,
  type Calendar,
} from './words.ts';

/** What came of one test; absent means it passed. */
type Result = 'failure' | 'error' | 'skipped';

interface Case {
  readonly name: string;
  readonly result?: Result;
  /** One line for a list of tests. */
  readonly message?: string;
  /** What a reader of this one test wants to know beside it, a line each. */
  readonly details?: readonly string[];
  readonly file?: string;
  readonly line?: number | undefined;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** As Jenkins, GitLab and Azure read it: `failure` breaks the policy, `error` was not looked at, `skipped` is an accepted risk. */
export const junitFormat: ReportRenderer = {
  render(view) {
    const suites = [runSuite(view), targetSuite(view), ...findingSuites(view)].filter(({ cases }) => cases.length > 0);
    const document = {
      '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
      testsuites: {
        '@name': 'fixby',
        ...totals(suites.flatMap(({ cases }) => cases)),
        testsuite: suites.map((suite) => suiteElement(suite, view)),
      },
    };
    return guardLines(`${new XMLBuilder(OPTIONS).build(document).trim()}\n`);
  },
};

const OPTIONS = {
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  format: true,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
};

/** The verdict is a test of its own: a run over no target is not a run in which every test passed. */
function runSuite({ verdict, sentence, broken, open, problems }: ReportView): Suite {
  const judged: Case = {
    name: 'verdict',
    ...(verdict === 'pass' ? {} : { result: verdict === 'fail' ? 'failure' : 'error' }),
    message: `${verdict}: ${sentence}`,
    details: [...broken, ...open],
  };
  return { name: 'fixby', cases: [judged, ...problems.map(problemCase)] };
}

function problemCase({ blocks, code, target, message, mend }: ReportView['problems'][number]): Case {
  return {
    name: target === null ? code : `${code} in ${target}`,
    ...(blocks ? { result: 'error' } : {}),
    message,
    details: [mend],
  };
}

function targetSuite({ targets }: ReportView): Suite {
  return { name: 'targets', cases: targets.map(targetCase) };
}

function targetCase(target: ReportTarget): Case {
  const { path, auditor, outcome, mend, secondOpinion } = target;
  // Another row answers for the target of a second opinion.
  const counts = outcome === 'unavailable' && secondOpinion !== true;
  const [file] = target.files;
  return {
    name: `${path} (${auditor})`,
    ...(outcome === 'audited' ? {} : { result: counts ? 'error' : 'skipped' }),
    message: outcomeWords(target),
    details: mend === undefined ? [] : [mend],
    ...(file === undefined ? {} : { file: file.path }),
  };
}

function findingSuites(view: ReportView): readonly Suite[] {
  const calendar = calendarOf(view);
  const suites = new Map<string, Case[]>();
  for (const finding of view.findings) {
    const name = `${finding.target} (${finding.ecosystem})`;
    const cases = suites.get(name);
    if (cases === undefined) suites.set(name, [findingCase(finding, calendar)]);
    else cases.push(findingCase(finding, calendar));
  }
  return [...suites].map(([name, cases]) => ({ name, cases }));
}

function findingCase(finding: ReportFinding, calendar: Calendar): Case {
  const { advisory, breaks, deadline, exception, location, severity } = finding;
  const accepted = deadline.state === 'accepted' && exception !== undefined;
  return {
    name: `${packageWords(finding)} ${advisory.id}`,
    ...(breaks ? { result: 'failure' } : accepted ? { result: 'skipped' } : {}),
    message: `${severity.level}, ${dueWords(finding, calendar)}: ${accepted ? acceptanceWords(exception) : advisory.summary}`,
    details: [deadline.reason, remedyWords(finding), advisory.url],
    file: location.file,
    line: location.line,
  };
}

function suiteElement({ name, cases }: Suite, { generatedAt }: ReportView): object {
  return {
    '@name': xmlText(name),
    ...totals(cases),
    '@timestamp': generatedAt.replace(/\.\d+Z$/, ''),
    testcase: cases.map((one) => caseElement(one, name)),
  };
}

function caseElement({ name, result, message = '', details = [], file, line }: Case, suite: string): object {
  const text = [message, ...details].map(xmlText).join('\n');
  return {
    '@classname': xmlText(suite),
    '@name': xmlText(name),
    ...(file === undefined ? {} : { '@file': xmlText(file) }),
    ...(line === undefined ? {} : { '@line': String(line) }),
    ...(result === undefined
      ? { 'system-out': text }
      : { [result]: { '@message': xmlText(message), ...(result === 'skipped' ? {} : { '#text': text }) } }),
  };
}

function totals(cases: readonly Case[]): object {
  const count = (wanted: Result): string => String(cases.filter(({ result }) => result === wanted).length);
  return {
    '@tests': String(cases.length),
    '@failures': count('failure'),
    '@errors': count('error'),
    '@skipped': count('skipped'),
  };
}
