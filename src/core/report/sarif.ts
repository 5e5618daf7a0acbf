/** The report as SARIF 2.1.0, as GitHub code scanning takes it: a rule an advisory, a result a finding, on the lock's line. */
import type { Invocation, Log, Run } from 'sarif';
import type { ReportRenderer, ReportView } from '../model/report.ts';
import { jsonDocument } from './escape.ts';
import { notChecked } from './first-screen.ts';
import { notificationsOf, NOTIFICATION_KINDS } from './sarif/notifications.ts';
import { SOURCE_ROOT, fileLocation } from './sarif/place.ts';
import { resultOf } from './sarif/result.ts';
import { rulesOf } from './sarif/rules.ts';
import { calendarOf } from './words.ts';

// Above it GitHub refuses the file. https://docs.github.com/code-security/reference/code-scanning/sarif-files/troubleshoot-sarif-uploads/results-exceed-limit
const MOST_RESULTS = 25_000;

/** Rules are shared by findings of one advisory; findings beyond what GitHub takes are counted in a notification. */
export const sarifFormat: ReportRenderer = {
  render(view) {
    const log: Log = {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [describeRun(view)],
    };
    return jsonDocument(log);
  },
};

function describeRun(view: ReportView): Run {
  const findings = view.findings.slice(0, MOST_RESULTS);
  const rules = rulesOf(findings, view.policy.unknownAs);
  const calendar = calendarOf(view);
  const { tool, verdict, sentence, asOf } = view;
  const { commit, branch } = view.repository;
  const { file, line, sha256 } = view.policy.source;
  return {
    tool: {
      driver: {
        name: tool.name,
        version: tool.version,
        semanticVersion: tool.version,
        rules: [...rules.list],
        notifications: [...NOTIFICATION_KINDS],
      },
    },
    // What stands before the slash is the category in which GitHub replaces one analysis by the next.
    automationDetails: { id: `fixby/${asOf}` },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [SOURCE_ROOT]: { description: { text: 'The root of the audited repository.' } } },
    invocations: [describeInvocation(view, view.findings.length - findings.length)],
    artifacts: artifactsOf(view),
    results: findings.map((finding) => resultOf(finding, rules.indexOf(finding), calendar)),
    properties: {
      verdict,
      sentence,
      asOf,
      policy: { file, line, sha256 },
      ...(commit && { commit }),
      ...(branch && { branch }),
    },
  };
}

function describeInvocation(view: ReportView, leftOut: number): Invocation {
  return {
    executionSuccessful: view.open.length === 0 && notChecked(view).length === 0 && view.verdict !== 'inconclusive',
    endTimeUtc: view.generatedAt,
    toolExecutionNotifications: notificationsOf(view, leftOut),
  };
}

/** The files the findings rest on, with the hash of what was read. */
function artifactsOf({ targets }: ReportView): Run['artifacts'] {
  const files = new Map(targets.flatMap((target) => target.files).map(({ path, sha256 }) => [path, sha256]));
  return [...files].map(([path, sha256]) => ({ location: fileLocation(path), hashes: { 'sha-256': sha256 } }));
}
