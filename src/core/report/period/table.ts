/** A period for a terminal: the verdict, the shares, what was late, what was missed. */
import { table as drawGrid } from 'table';
import type { PeriodFinding, PeriodFormat, PeriodReport } from '../../model/period-report.ts';
import type { RenderOptions } from '../../model/report.ts';
import { guardLines } from '../escape.ts';
import { wrap, wrapItems } from '../terminal/lines.ts';
import { createPalette, type Palette } from '../terminal/palette.ts';
import { VERDICT_WORDS } from '../words.ts';
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

const NARROWEST = 40;

/** Of a list that `--verbose` shows in full. */
const MOST_ROWS = 20;

interface Screen {
  readonly width: number;
  readonly verbose: boolean;
  readonly paint: Palette;
}

/** Fits `width`, and uses colours only when they are welcome. */
export const tablePeriod: PeriodFormat = {
  name: 'table',
  extension: 'txt',
  render(report, { color, width, verbose }: RenderOptions) {
    const screen: Screen = { width: Math.max(NARROWEST, Math.floor(width)), verbose, paint: createPalette(color) };
    const blocks = [
      drawVerdict(report, screen),
      drawList('What broke the policy', report.broken, '  ✖ ', screen),
      drawList('What cannot be shown', report.open, '  ? ', screen),
      drawShares(report, screen),
      ...(['overdue', 'late'] as const).map((outcome) => drawFindings(outcome, report, screen)),
      ...(verbose ? (['within', 'open', 'accepted', 'best-effort', 'not-counted'] as const) : []).map((outcome) =>
        drawFindings(outcome, report, screen),
      ),
      drawRuns(report, screen),
      drawPolicies(report, screen),
      drawList('Accepted risks', report.exceptions.map(exceptionWords), '  ', screen),
      drawList('Could not be checked', report.unchecked.map(uncheckedWords), '  ? ', screen),
    ].filter(({ length }) => length > 0);
    return guardLines(`${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`);
  },
};

function drawVerdict({ verdict, sentence, period, ledger }: PeriodReport, { width, paint }: Screen): readonly string[] {
  const { mark, word } = VERDICT_WORDS[verdict];
  const [first = '', ...rest] = wrap(sentence, width, `${mark} ${word}  `);
  const lead = `${mark} ${word}`;
  return [
    first.replace(lead, () => paint.verdict[verdict](lead)),
    ...rest,
    ...wrapItems(
      [`${dayOf(period.from)} to ${lastDay(period)}`, `told until ${toldUntil(period)}`, `ledger event ${ledger.seq}`],
      width,
    ).map(paint.aside),
  ];
}

function drawList(title: string, sentences: readonly string[], lead: string, screen: Screen): readonly string[] {
  if (sentences.length === 0) return [];
  const shown = screen.verbose ? sentences : sentences.slice(0, MOST_ROWS);
  const hidden = sentences.length - shown.length;
  return [
    screen.paint.heading(`${title} (${sentences.length})`),
    ...shown.flatMap((sentence) => wrap(sentence, screen.width, lead)),
    ...(hidden > 0 ? [screen.paint.aside(`    … and ${hidden} more (--verbose shows all)`)] : []),
  ];
}

const HEADER = ['', 'Opened', 'Closed', 'In time', 'Late', 'Overdue', 'Share', 'Median', 'p90'];

/** Rows in which nothing happened are left out, but for the last. */
function drawShares({ summary }: PeriodReport, { paint }: Screen): readonly string[] {
  const rows = summary
    .filter(({ severity, opened, closed, overdue, open }) => severity === 'all' || opened + closed + overdue + open > 0)
    .map((row) => [
      row.severity,
      ...[row.opened, row.closed, row.within, row.late, row.overdue].map(String),
      ...[shareWords(row), daysWords(row.medianDays), daysWords(row.p90Days)],
    ]);
  const grid = drawGrid([HEADER, ...rows], {
    drawHorizontalLine: () => false,
    drawVerticalLine: () => false,
    columnDefault: { alignment: 'right', paddingLeft: 0, paddingRight: 2 },
    columns: { 0: { alignment: 'left', paddingLeft: 2 } },
  });
  return [
    paint.heading('Windows kept'),
    ...grid
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => line.trimEnd()),
  ];
}

function drawFindings(
  outcome: PeriodFinding['outcome'],
  { findings }: PeriodReport,
  screen: Screen,
): readonly string[] {
  const rows = findings.filter((finding) => finding.outcome === outcome);
  const shown = screen.verbose ? rows : rows.slice(0, MOST_ROWS);
  const hidden = rows.length - shown.length;
  if (rows.length === 0) return [];
  return [
    screen.paint.heading(`${OUTCOME_WORDS[outcome]} (${rows.length})`),
    ...shown.flatMap((row) => drawFinding(row, screen)),
    ...(hidden > 0 ? [screen.paint.aside(`    … and ${hidden} more (--verbose shows all)`)] : []),
  ];
}

function drawFinding(finding: PeriodFinding, { width, verbose, paint }: Screen): readonly string[] {
  const late = lateWords(finding);
  const items = [finding.severity, finding.package, finding.advisory, finding.target, spanWords(finding)];
  return [
    ...wrapItems([...items, ...(late === '' ? [] : [late])], width, '  '),
    ...(verbose ? wrap(finding.reason, width, '      ').map(paint.aside) : []),
  ];
}

function drawRuns(report: PeriodReport, screen: Screen): readonly string[] {
  const { missed } = report.runs;
  const shown = screen.verbose ? missed : missed.slice(0, MOST_ROWS);
  const hidden = missed.length - shown.length;
  return [
    screen.paint.heading('Runs'),
    ...wrap(`${runsSentence(report)} ${scheduleSentence(report)}`, screen.width, '  '),
    ...shown.flatMap((gap) => wrap(gapWords(gap), screen.width, '  ✖ ')),
    ...(hidden > 0 ? [screen.paint.aside(`    … and ${hidden} more gaps (--verbose shows all)`)] : []),
  ];
}

function drawPolicies({ policies }: PeriodReport, { width, paint }: Screen): readonly string[] {
  return [
    paint.heading(`Policy in force (${policies.length})`),
    ...policies.flatMap(({ since, until, file, sha256, windows }) => [
      ...wrapItems(
        [`since ${dayOf(since)}`, ...(until === undefined ? [] : [`until ${dayOf(until)}`]), file, sha256.slice(0, 12)],
        width,
        '  ',
      ),
      ...wrapItems(
        windows.map(({ severity, window }) => `${severity} ${window}`),
        width,
        '    ',
      ),
    ]),
  ];
}

function uncheckedWords({ target, auditor, reason, runs, first, last }: PeriodReport['unchecked'][number]): string {
  const who = [target, auditor].filter((word) => word !== '').join(' by ');
  return `${who === '' ? 'the whole run' : who}: ${reason} in ${runs} runs, ${dayOf(first)} to ${dayOf(last)}`;
}
