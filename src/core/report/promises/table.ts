/** Promises for a terminal: the broken ones first, each with the sentence, the proof and the mend. */
import type { PromiseFormat } from '../../model/promise-format.ts';
import type { PromiseEvidence, PromiseOutcome, PromiseRow } from '../../model/promise-report.ts';
import type { RenderOptions } from '../../model/report.ts';
import { guardLines } from '../escape.ts';
import { clip, wrap } from '../terminal/lines.ts';
import { createPalette, type Palette } from '../terminal/palette.ts';
import { GROUPS, groupOf, inOrder, mendsOf, placeOf, sentence } from './words.ts';

const NARROWEST = 40;
const FIRST_PROOFS = 4;
const LONGEST_SENTENCE = 160;

interface Screen {
  readonly width: number;
  readonly verbose: boolean;
  readonly paint: Palette;
}

/** Fits `width`, and uses colours only when they are welcome. */
export const tablePromises: PromiseFormat = {
  name: 'table',
  render(report, { color, width, verbose }: RenderOptions) {
    const screen: Screen = { width: Math.max(NARROWEST, Math.floor(width)), verbose, paint: createPalette(color) };
    const blocks = [
      wrap(sentence(report), screen.width).map(screen.paint.heading),
      ...GROUPS.map(({ group, title, mark }) => drawGroup(report, group, title, mark, screen)),
      drawProblems(report, screen),
    ].filter(({ length }) => length > 0);
    return guardLines(`${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`);
  },
};

function drawGroup(
  report: PromiseOutcome,
  group: string,
  title: string,
  mark: string,
  screen: Screen,
): readonly string[] {
  const rows = report.promises.filter((row) => groupOf(row) === group);
  if (rows.length === 0) return [];
  return [
    screen.paint.heading(`${title} (${rows.length})`),
    ...rows.flatMap((row, index) => drawRow(row, rows[index - 1], rows[index + 1], mark, screen)),
  ];
}

/** What several rows in a row have in common (their sentence, their mend) is not said again. */
function drawRow(
  row: PromiseRow,
  before: PromiseRow | undefined,
  after: PromiseRow | undefined,
  mark: string,
  screen: Screen,
): readonly string[] {
  const { width, verbose, paint } = screen;
  const twin = [before, after].some((other) => other?.line === row.line && other.file === row.file);
  const proofs = inOrder(row).filter(({ says }) => verbose || !isAside(row, says));
  const shown = verbose ? proofs : proofs.slice(0, FIRST_PROOFS);
  const hidden = row.evidence.length - shown.length;
  const mends = mendsOf(row);
  const repeats = before !== undefined && mends.length > 0 && mends.join() === mendsOf(before).join();
  return [
    ...drawSentence(row, mark, screen),
    ...(verbose || twin ? wrap(`promises that ${row.promise}`, width, '      ').map(paint.aside) : []),
    ...shown.flatMap((proof) => drawProof(proof, screen)),
    ...(hidden > 0 ? [paint.aside(`      … and ${hidden} more (--verbose shows all)`)] : []),
    ...(repeats ? [] : mends.flatMap((mend) => wrap(mend, width, '      → '))),
  ];
}

function drawSentence(row: PromiseRow, mark: string, { width, verbose, paint }: Screen): readonly string[] {
  const text = verbose ? row.text : clip(row.text, LONGEST_SENTENCE);
  const { fail, pass, inconclusive } = paint.verdict;
  const paintMark = { broken: fail, kept: pass, 'cannot-tell': inconclusive }[row.verdict];
  const [first = '', ...rest] = wrap(`${row.file}:${row.line} “${text}”`, width, `  ${mark} `);
  return [first.replace(mark, paintMark(mark)), ...rest];
}

/** In a row that is not kept, what is as promised can wait. */
function isAside({ verdict }: PromiseRow, says: PromiseEvidence['says']): boolean {
  return verdict !== 'kept' && says === 'kept';
}

const MARKS: Readonly<Record<PromiseEvidence['says'], string>> = {
  broken: '✖',
  'cannot-tell': '?',
  kept: '✔',
  remark: '·',
};

function drawProof(proof: PromiseEvidence, { width }: Screen): readonly string[] {
  return wrap(`${proof.text}${placeOf(proof)}`, width, `      ${MARKS[proof.says]} `);
}

function drawProblems({ problems }: PromiseOutcome, { width, paint }: Screen): readonly string[] {
  if (problems.length === 0) return [];
  return [
    paint.heading(`Problems (${problems.length})`),
    ...problems.flatMap(({ code, message, mend, blocks }) => [
      ...wrap(`${code}: ${message}`, width, blocks ? '  ? ' : '  ! '),
      ...wrap(mend, width, '    → '),
    ]),
  ];
}
