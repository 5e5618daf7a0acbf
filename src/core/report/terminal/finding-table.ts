/** Draws findings as a table that fits the terminal: with less room, columns are stacked rather than words torn. */
import stringWidth from 'string-width';
import { getBorderCharacters, table } from 'table';
import type { ReportFinding } from '../../model/report.ts';
import { breaksDiffer } from '../first-screen.ts';
import { dueWords, fixWords, packageWords } from '../words.ts';
import { clip } from './lines.ts';
import type { Screen } from './screen.ts';

type Cell = (finding: ReportFinding) => string;
type Column = readonly [title: string, ...cells: Cell[]];

const GAP = 2;

/** The table's lines, indented by two. Meant for a screenful: the drawing library is slow with thousands of rows. */
export function drawFindings(findings: readonly ReportFinding[], screen: Screen): readonly string[] {
  const layouts = layoutsFor(screen, breaksDiffer(findings));
  const drawn = layouts.map((columns) => fill(columns, findings));
  const rows = drawn.find((candidate) => widthOf(candidate) <= screen.width) ?? drawn.at(-1) ?? [];
  const text = table(rows, {
    border: {
      ...getBorderCharacters('void'),
      joinBody: '─',
      joinLeft: '  ',
      joinRight: '',
      joinJoin: '──',
      bodyLeft: '  ',
      bodyJoin: '  ',
    },
    columnDefault: { paddingLeft: 0, paddingRight: 0 },
    drawHorizontalLine: (index) => index === 1,
  });
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter(Boolean);
}

/** From the one that needs most room to the one that needs least. */
function layoutsFor(screen: Screen, marked: boolean): readonly (readonly Column[])[] {
  const { due, severity, name, target, advisory, fix } = cellsFor(screen, marked);
  const below: Cell = (finding) => (marked ? '  ' : '') + severity(finding);
  const place: Cell = (finding) => `in ${target(finding)}`;
  const mend: Cell = (finding) => `fix ${fix(finding)}`;
  return [
    [
      ['Due', due],
      ['Severity', severity],
      ['Package', name],
      ['Target', target],
      ['Advisory', advisory],
      ['Fix', fix],
    ],
    [
      ['Due', due],
      ['Severity', severity],
      ['Package', name, place],
      ['Advisory, fix', advisory, mend],
    ],
    [
      ['Due', due, below],
      ['Package, target, advisory, fix', name, place, advisory, mend],
    ],
  ];
}

function cellsFor(
  { paint, calendar }: Screen,
  marked: boolean,
): Record<'due' | 'severity' | 'name' | 'target' | 'advisory' | 'fix', Cell> {
  const mark: Cell = ({ breaks }) => (marked ? (breaks ? '✖ ' : '  ') : '');
  return {
    due: (finding) => mark(finding) + paint.state(finding.deadline.state)(clip(dueWords(finding, calendar), 60)),
    severity: ({ severity }) => paint.severity[severity.level](severity.level),
    name: (finding) => clip(packageWords(finding), 64),
    target: ({ target }) => clip(target, 48),
    advisory: ({ advisory }) => clip(advisory.id, 40),
    fix: (finding) => clip(fixWords(finding), 40),
  };
}

function fill(columns: readonly Column[], findings: readonly ReportFinding[]): string[][] {
  const header = columns.map(([title]) => title);
  return [
    header,
    ...findings.map((finding) => columns.map(([, ...cells]) => cells.map((cell) => cell(finding)).join('\n'))),
  ];
}

function widthOf(rows: readonly (readonly string[])[]): number {
  const columns = rows[0]?.map((_, index) => Math.max(...rows.map((row) => cellWidth(row[index] ?? '')))) ?? [];
  return columns.reduce((total, width) => total + width + GAP, 0);
}

function cellWidth(cell: string): number {
  return Math.max(...cell.split('\n').map((line) => stringWidth(line)));
}
