/** The section of counts: findings by state and severity, coverage, and the policy in one line each. */
import { DEADLINE_STATES } from '../../model/deadline.ts';
import type { ReportView } from '../../model/report.ts';
import { SEVERITY_LEVELS } from '../../model/severity.ts';
import { describeWindow } from '../../model/window-words.ts';
import { STATE_WORDS, coverageWords, placeWords } from '../words.ts';
import { wrapItems } from './lines.ts';
import { promiseWords } from './promises.ts';
import type { Section } from './screen.ts';

/** Four lines, five with promises, more only where the terminal is too narrow for one of them. */
export const summarySection: Section = ({ view, width }) => [
  ...wrapItems(stateCounts(view), width, 'Findings  '),
  ...wrapItems(severityCounts(view), width, '          '),
  ...wrapItems(coverageWords(view), width, 'Coverage  '),
  ...wrapItems(policyWords(view), width, 'Policy    '),
  ...wrapItems(promiseWords(view), width, 'Promises  '),
];

function stateCounts({ findings, summary: { byState } }: ReportView): readonly string[] {
  if (findings.length === 0) return ['none reported'];
  const states = DEADLINE_STATES.filter((state) => byState[state] > 0);
  const uncounted = findings.filter(({ counts }) => !counts).length;
  return [
    ...states.map((state) => `${byState[state]} ${STATE_WORDS[state]}`),
    ...(uncounted === 0 ? [] : [`${uncounted} of them not counted by this run`]),
  ];
}

function severityCounts({ summary: { bySeverity } }: ReportView): readonly string[] {
  return SEVERITY_LEVELS.filter((level) => bySeverity[level] > 0).map((level) => `${bySeverity[level]} ${level}`);
}

function policyWords({ policy }: ReportView): readonly string[] {
  return [
    placeWords(policy.source),
    ...policy.windows.map(({ severity, window }) => `${severity} ${describeWindow(window)}`),
  ];
}
