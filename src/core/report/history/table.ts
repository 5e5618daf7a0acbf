/** A replayed past for a terminal: the sums on one screen, the breaches below, and what they rest on. */
import { getBorderCharacters, table } from 'table';
import type { HistoryFormat, HistoryView, PastOccurrence } from '../../model/history-report.ts';
import { guardLines, terminalText } from '../escape.ts';
import { clip, wrap } from '../terminal/lines.ts';
import { createPalette, type Palette } from '../terminal/palette.ts';
import { calendarOf } from '../words.ts';
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

const NARROWEST = 40;
const FIRST_BREACHES = 10;
const LONGEST_NAME = 60;

interface Screen {
  readonly view: HistoryView;
  readonly width: number;
  readonly verbose: boolean;
  readonly paint: Palette;
}

type Section = (screen: Screen) => readonly string[];

const SECTIONS: readonly Section[] = [
  ({ view, width, paint }) => wrap(view.sentence, width).map(paint.heading),
  statistics,
  breachList,
  openList,
  notCounted,
  coverage,
  problems,
];

/** Fits `width`, and uses colours only when they are welcome. */
export const tableHistory: HistoryFormat = {
  name: 'table',
  extension: 'txt',
  render(view, { color, width, verbose }) {
    const screen: Screen = {
      view,
      width: Math.max(NARROWEST, Math.floor(width)),
      verbose,
      paint: createPalette(color),
    };
    const blocks = SECTIONS.map((section) => section(screen)).filter(({ length }) => length > 0);
    return guardLines(`${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`);
  },
};

function statistics({ view, paint }: Screen): readonly string[] {
  const rows = statisticsRows(view);
  if (rows.length === 0) return [];
  const cells = rows.map((row) => [
    row.severity === 'all' ? row.severity : paint.severity[row.severity](row.severity),
    String(row.met),
    String(row.breached),
    String(row.open),
    shareWords(row),
    daysWords(row.medianDays),
    daysWords(row.p90Days),
  ]);
  const text = table([['', 'in time', 'late', 'open', 'share', 'median', '90 %'], ...cells], {
    border: { ...getBorderCharacters('void'), bodyLeft: '  ', bodyJoin: '  ' },
    columnDefault: { paddingLeft: 0, paddingRight: 0, alignment: 'right' },
    columns: [{ alignment: 'left' }],
    drawHorizontalLine: () => false,
  });
  return [
    paint.heading('Time to fix'),
    ...text
      .split('\n')
      .map((line) => line.trimEnd())
      .filter(Boolean),
  ];
}

function breachList(screen: Screen): readonly string[] {
  const all = breaches(screen.view);
  const shown = screen.verbose ? all : all.slice(0, FIRST_BREACHES);
  const hidden = all.length - shown.length;
  return titled(screen, 'Late', [
    ...shown.flatMap((occurrence) => describe(occurrence, lateWords(occurrence), screen)),
    ...(hidden === 0 ? [] : [`  … and ${hidden} more (--verbose shows all)`]),
  ]);
}

function openList(screen: Screen): readonly string[] {
  const open = screen.view.occurrences.filter(({ outcome }) => outcome === 'open');
  return screen.verbose
    ? titled(
        screen,
        'Open within the window',
        open.flatMap((each) => describe(each, 'open', screen)),
      )
    : [];
}

function describe(
  occurrence: PastOccurrence,
  lead: string,
  { view, width, paint, verbose }: Screen,
): readonly string[] {
  const { severity, target, advisory } = occurrence;
  const name = clip(carriedWords(occurrence), LONGEST_NAME);
  const head = `  ${lead} · ${paint.severity[severity.level](severity.level)} · ${name} in ${terminalText(target)} · ${terminalText(advisory.id)}`;
  const story = storyWords(occurrence, calendarOf(view)).join('; ');
  const summary = verbose ? wrap(advisory.summary, width, '    ') : [];
  return [head, ...wrap(story, width, '    ').map(paint.aside), ...summary.map(paint.aside)];
}

function notCounted(screen: Screen): readonly string[] {
  return titled(
    screen,
    'Not counted',
    notCountedWords(screen.view).map((words) => `  ${words}`),
  );
}

function coverage(screen: Screen): readonly string[] {
  const words = coverageWords(screen.view, calendarOf(screen.view));
  return titled(screen, 'Looked at', wrap(words, screen.width, '  '));
}

function problems(screen: Screen): readonly string[] {
  const lines = screen.view.problems.flatMap(({ message, mend, blocks }) => [
    ...wrap(message, screen.width, `  ${blocks ? '?' : '!'} `),
    ...wrap(mend, screen.width, '    → '),
  ]);
  return titled(screen, 'Problems', lines);
}

function titled({ paint }: Screen, title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [paint.heading(title), ...lines];
}
