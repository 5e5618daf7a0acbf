/** The report as CSV for a spreadsheet: one line a finding, and a line for everything that could not be looked at. */
import type { ReportFinding, ReportRenderer, ReportTarget, ReportView } from '../model/report.ts';
import { writeCsv, type CsvRow } from './csv/write.ts';
import { notChecked, otherQuestions } from './first-screen.ts';
import { fixWords, outcomeWords } from './words.ts';

const COLUMNS = [
  'record',
  'state',
  'as of',
  'due',
  'days overdue',
  'severity',
  'score',
  'target',
  'ecosystem',
  'package',
  'versions',
  'advisory',
  'aliases',
  'title',
  'fix',
  'breaks',
  'what',
  'what to do',
  'file',
  'line',
  'scope',
  'direct',
  'introduced',
  'published',
  'fix released',
  'first seen',
  'known exploited',
  'accepted until',
  'accepted because',
  'owner',
  'approver',
  'seen by',
  'url',
  'key',
  'ledger id',
] as const;

type Row = CsvRow<(typeof COLUMNS)[number]>;

/** Comma separated, `\n` at line ends, UTF-8; `record` tells the verdict, findings and open questions apart. */
export const csvFormat: ReportRenderer = {
  render: (view) =>
    writeCsv(COLUMNS, [
      verdictRow(view),
      ...view.findings.map(findingRow),
      ...notChecked(view).map(targetRow),
      ...openRows(view),
    ]),
};

/** A verdict stands in the file, so that one without findings is never taken for a clean one. */
function verdictRow({ verdict, sentence, asOf }: ReportView): Row {
  return { record: 'verdict', state: verdict, 'as of': asOf, what: sentence };
}

function findingRow(finding: ReportFinding): Row {
  const { advisory, deadline, exception, location, severity, timeline } = finding;
  return {
    record: 'finding',
    state: deadline.state,
    due: deadline.dueAt,
    'days overdue': deadline.overdueByDays,
    severity: severity.level,
    score: severity.score,
    target: finding.target,
    ecosystem: finding.ecosystem,
    package: finding.package,
    versions: finding.versions.join(' '),
    advisory: advisory.id,
    aliases: advisory.aliases.join(' '),
    title: advisory.summary,
    fix: fixWords(finding),
    breaks: finding.breaks,
    what: deadline.reason,
    file: location.file,
    line: location.line,
    scope: finding.scope,
    direct: finding.direct,
    introduced: timeline.introduced,
    published: timeline.published,
    'fix released': timeline.fixReleased,
    'first seen': timeline.firstSeen,
    'known exploited': timeline.knownExploited,
    'accepted until': exception?.expires,
    'accepted because': exception?.reason,
    owner: exception?.owner,
    approver: exception?.approver,
    'seen by': finding.seenBy.join(' '),
    url: advisory.url,
    key: finding.key,
    'ledger id': finding.ledgerId,
  };
}

function targetRow(target: ReportTarget): Row {
  const { path, ecosystem, auditor, outcome, mend } = target;
  return {
    record: 'not checked',
    state: outcome,
    target: path,
    ecosystem,
    'seen by': auditor,
    what: outcomeWords(target),
    'what to do': mend,
  };
}

function openRows(view: ReportView): readonly Row[] {
  return [
    ...view.problems.map(({ blocks, target, code, message, mend }): Row => ({
      record: blocks ? 'open question' : 'problem',
      target: target ?? '',
      what: `${message} [${code}]`,
      'what to do': mend,
    })),
    ...otherQuestions(view).map((question): Row => ({ record: 'open question', what: question })),
  ];
}
