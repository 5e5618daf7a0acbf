/** A replayed past as GitHub Flavored Markdown: evidence for an auditor's folder. Every breach is in it. */
import type { RootContent } from 'mdast';
import type { HistoryFormat, HistoryView, PastOccurrence } from '../../model/history-report.ts';
import { code, heading, join, link, list, own, paragraph, said, table, type Phrase } from '../markdown/nodes.ts';
import { writeMarkdown } from '../markdown/write.ts';
import { calendarOf, minuteOf, type Calendar } from '../words.ts';
import {
  breaches,
  carriedWords,
  coverageWords,
  daysWords,
  lateWords,
  notCountedWords,
  shareWords,
  statisticsRows,
  storyWords,
} from './words.ts';

type Section = (view: HistoryView) => readonly RootContent[];

const SECTIONS: readonly Section[] = [headline, statistics, late, open, notCounted, lookedAt, problems];

export const markdownHistory: HistoryFormat = {
  name: 'markdown',
  extension: 'md',
  render: (view) => writeMarkdown(SECTIONS.flatMap((section) => section(view))),
};

function headline(view: HistoryView): readonly RootContent[] {
  const { policy, tool } = view;
  return [
    heading(1, 'Time to fix'),
    paragraph(own(view.sentence)),
    paragraph(
      own(`As of ${minuteOf(view.asOf)}, under the policy of `),
      code(`${policy.source.file}:${policy.source.line}`),
      own(` as it is today; by fixby ${tool.version}.`),
    ),
  ];
}

function statistics(view: HistoryView): readonly RootContent[] {
  const rows = statisticsRows(view);
  if (rows.length === 0) return [];
  const cells = rows.map((row) =>
    [
      row.severity,
      `${row.met}`,
      `${row.breached}`,
      `${row.open}`,
      shareWords(row),
      daysWords(row.medianDays),
      daysWords(row.p90Days),
    ].map(own),
  );
  return [
    table(['Severity', 'In time', 'Late', 'Open', 'Share in time', 'Median', '90th percentile'], cells),
    paragraph(own('Days run from the moment a person could have acted to the commit that left no affected version.')),
  ];
}

function late(view: HistoryView): readonly RootContent[] {
  return listed('Late', breaches(view), lateWords, view);
}

function open(view: HistoryView): readonly RootContent[] {
  const still = view.occurrences.filter(({ outcome }) => outcome === 'open');
  return listed('Open within the window', still, () => 'open', view);
}

function listed(
  title: string,
  occurrences: readonly PastOccurrence[],
  lead: (occurrence: PastOccurrence) => string,
  view: HistoryView,
): readonly RootContent[] {
  if (occurrences.length === 0) return [];
  const calendar = calendarOf(view);
  return [heading(2, title), list(occurrences.map((each) => describe(each, lead(each), calendar)))];
}

function describe(occurrence: PastOccurrence, lead: string, calendar: Calendar): Phrase {
  const { severity, target, advisory } = occurrence;
  return [
    ...own(`${lead}: ${severity.level}, `),
    ...code(carriedWords(occurrence)),
    ...own(' in '),
    ...code(target),
    ...own(', '),
    ...link(advisory.id, advisory.url),
    ...own(' – '),
    ...join(
      storyWords(occurrence, calendar).map((words) => said(words)),
      '; ',
    ),
  ];
}

function notCounted(view: HistoryView): readonly RootContent[] {
  const words = notCountedWords(view);
  return words.length === 0 ? [] : [heading(2, 'Not counted'), list(words.map(own))];
}

function lookedAt(view: HistoryView): readonly RootContent[] {
  return [heading(2, 'Looked at'), paragraph(said(coverageWords(view, calendarOf(view))))];
}

function problems({ problems: all }: HistoryView): readonly RootContent[] {
  if (all.length === 0) return [];
  const entries = all.map(({ message, mend, blocks }): Phrase => [
    ...own(blocks ? 'Open question: ' : ''),
    ...said(message),
    ...own(' → '),
    ...said(mend),
  ]);
  return [heading(2, 'Problems'), list(entries)];
}
