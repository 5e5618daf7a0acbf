/** A period as Markdown: the sections an auditor asks for, in the order of docs/compliance.md. */
import { PERIOD_OUTCOMES } from '../../model/period-report.ts';
import type { PeriodFinding, PeriodFormat, PeriodOutcome, PeriodReport } from '../../model/period-report.ts';
import { code, heading, list, own, paragraph, said, table, type Phrase, type Section } from '../markdown/nodes.ts';
import { writeMarkdown } from '../markdown/write.ts';
import { minuteOf, VERDICT_WORDS } from '../words.ts';
import {
  dayOf,
  daysWords,
  exceptionWords,
  gapWords,
  lastDay,
  lateWords,
  OUTCOME_WORDS,
  runsSentence,
  scheduleSentence,
  shareWords,
  spanWords,
  toldUntil,
} from './words.ts';

/** The whole report. */
export const markdownPeriod: PeriodFormat = {
  name: 'markdown',
  extension: 'md',
  render: (report) =>
    writeMarkdown([
      heading(1, 'Compliance report'),
      ...verdict(report),
      ...policySection(report),
      ...runSection(report),
      ...shareSection(report),
      ...findingSection(report),
      ...exceptionSection(report),
      ...uncheckedSection(report),
      ...sourceSection(report),
    ]),
};

function verdict({ verdict: word, sentence, broken, open, period }: PeriodReport): Section {
  const { word: name } = VERDICT_WORDS[word];
  return [
    paragraph(said(`${dayOf(period.from)} to ${lastDay(period)} (UTC), told until ${toldUntil(period)}`)),
    paragraph(own(`${name}: `), said(sentence)),
    ...(broken.length === 0 ? [] : [heading(2, 'What broke the policy'), list(broken.map(said))]),
    ...(open.length === 0 ? [] : [heading(2, 'What cannot be shown'), list(open.map(said))]),
  ];
}

function policySection({ policies }: PeriodReport): Section {
  return [
    heading(2, 'Policy in force'),
    ...(policies.length === 0 ? [paragraph(own('None was recorded.'))] : []),
    ...policies.flatMap(({ since, until, file, sha256, windows }) => [
      paragraph(
        said(`Since ${minuteOf(since)}${until === undefined ? '' : ` until ${minuteOf(until)}`}`),
        own(': '),
        code(file),
        own(', SHA-256 '),
        code(sha256),
      ),
      ...(windows.length === 0
        ? [paragraph(own('Recorded in a form this fixby cannot read.'))]
        : [
            table(
              ['Severity', 'Window', 'As written'],
              windows.map((row) => [own(row.severity), said(row.window), said(row.text)]),
            ),
          ]),
    ]),
  ];
}

function runSection(report: PeriodReport): Section {
  const { missed } = report.runs;
  return [
    heading(2, 'Runs'),
    paragraph(said(runsSentence(report)), own(' '), said(scheduleSentence(report))),
    ...(missed.length === 0 ? [] : [list(missed.map((gap) => said(gapWords(gap))))]),
  ];
}

function shareSection({ summary }: PeriodReport): Section {
  const header = [
    'Severity',
    'Opened',
    'Closed',
    'Fixed in time',
    'Fixed late',
    'Open, overdue',
    'Share in time',
    'Median',
    'p90',
    'Open',
    'Accepted',
    'Best effort',
    'Not counted',
  ];
  const rows = summary.map((row): readonly Phrase[] =>
    [
      row.severity,
      ...[row.opened, row.closed, row.within, row.late, row.overdue].map(String),
      shareWords(row),
      daysWords(row.medianDays),
      daysWords(row.p90Days),
      ...[row.open, row.accepted, row.bestEffort, row.notCounted].map(String),
    ].map(own),
  );
  return [
    heading(2, 'Windows kept'),
    paragraph(
      own(
        'The share counts what was fixed in time against everything whose window was put to the test: fixed in time, fixed late, and open with the window over. What has time left, is accepted, has no date, or ended without a fix stands beside it.',
      ),
    ),
    table(header, rows),
  ];
}

function findingSection({ findings }: PeriodReport): Section {
  if (findings.length === 0) return [heading(2, 'Findings'), paragraph(own('None was open in the period.'))];
  return [
    heading(2, 'Findings'),
    ...PERIOD_OUTCOMES.flatMap((outcome) =>
      groupSection(
        outcome,
        findings.filter((each) => each.outcome === outcome),
      ),
    ),
  ];
}

function groupSection(outcome: PeriodOutcome, findings: readonly PeriodFinding[]): Section {
  if (findings.length === 0) return [];
  const rows = findings.map((finding): readonly Phrase[] => [
    own(finding.severity),
    code(finding.target),
    code(finding.package),
    code(finding.advisory),
    said(spanWords(finding)),
    said(finding.dueAt === undefined ? '–' : dayOf(finding.dueAt)),
    own(lateWords(finding)),
    said(finding.reason),
  ]);
  return [
    heading(3, `${OUTCOME_WORDS[outcome]} (${findings.length})`),
    table(['Severity', 'Folder', 'Package', 'Advisory', 'Open', 'Due', 'Late', 'How it was counted'], rows),
  ];
}

function exceptionSection({ exceptions }: PeriodReport): Section {
  const granted = exceptions.filter((each) => each.granted).length;
  const expired = exceptions.filter(({ end }) => end === 'expired').length;
  return [
    heading(2, 'Accepted risks'),
    paragraph(own(`${granted} granted in the period, ${expired} expired, ${exceptions.length} in all.`)),
    ...(exceptions.length === 0
      ? []
      : [list(exceptions.map((each) => [...said(exceptionWords(each)), ...own(' '), ...said(each.reason)]))]),
  ];
}

function uncheckedSection({ unchecked }: PeriodReport): Section {
  if (unchecked.length === 0)
    return [heading(2, 'Could not be checked'), paragraph(own('Nothing: every run looked everywhere.'))];
  const rows = unchecked.map(({ target, auditor, reason, runs, first, last, message }): readonly Phrase[] => [
    code(target === '' ? 'the whole run' : target),
    code(auditor === '' ? '–' : auditor),
    code(reason),
    own(String(runs)),
    said(`${dayOf(first)} to ${dayOf(last)}`),
    said(message),
  ]);
  return [
    heading(2, 'Could not be checked'),
    table(['Folder', 'Auditor', 'Why', 'Runs', 'When', 'Last message'], rows),
  ];
}

function sourceSection({ ledger, generatedAt, tool }: PeriodReport): Section {
  const began = ledger.began === undefined ? '' : `, begun on ${dayOf(ledger.began)}`;
  return [
    heading(2, 'Where this comes from'),
    paragraph(
      own('The ledger '),
      code(ledger.place),
      said(`${began}, event ${ledger.seq}, hash`),
      own(' '),
      code(ledger.hash),
      said(`; written by ${tool.name} ${tool.version} on ${minuteOf(generatedAt)}.`),
    ),
  ];
}
