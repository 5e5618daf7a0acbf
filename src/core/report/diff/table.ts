/** A comparison for a terminal: what got worse first. */
import { CHANGES } from '../../model/report-diff.ts';
import type { Change, DiffFormat, DiffRow, ReportDiff } from '../../model/report-diff.ts';
import type { RenderOptions } from '../../model/report.ts';
import { guardLines } from '../escape.ts';
import { wrap, wrapItems } from '../terminal/lines.ts';
import { createPalette, type Palette } from '../terminal/palette.ts';
import { minuteOf } from '../words.ts';
import { CHANGE_WORDS, packageOf, standing } from './words.ts';

const NARROWEST = 40;

/** What needs nobody's attention is cut here; `verbose` shows all. */
const MOST_QUIET = 20;
const QUIET: readonly Change[] = ['eased', 'withdrawn', 'fixed'];

interface Screen {
  readonly width: number;
  readonly verbose: boolean;
  readonly paint: Palette;
}

/** Fits `width`, and uses colours only when they are welcome. */
export const tableDiff: DiffFormat = {
  name: 'table',
  render(diff, { color, width, verbose }: RenderOptions) {
    const screen: Screen = { width: Math.max(NARROWEST, Math.floor(width)), verbose, paint: createPalette(color) };
    const blocks = [
      [...wrap(diff.sentence, screen.width).map(screen.paint.heading), ...drawSides(diff, screen)],
      diff.notes.flatMap((note) => wrap(note, screen.width, '! ')),
      ...CHANGES.map((change) => drawChange(change, diff, screen)),
    ].filter(({ length }) => length > 0);
    return guardLines(`${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`);
  },
};

function drawSides({ before, after }: ReportDiff, { width, paint }: Screen): readonly string[] {
  const side = ({ name, asOf, verdict }: ReportDiff['before'], lead: string): readonly string[] =>
    wrapItems([name, `as of ${minuteOf(asOf)}`, verdict], width, lead).map(paint.aside);
  return [...side(before, 'before  '), ...side(after, 'after   ')];
}

function drawChange(change: Change, { changes }: ReportDiff, screen: Screen): readonly string[] {
  const rows = changes.filter((row) => row.change === change);
  const shown = screen.verbose || !QUIET.includes(change) ? rows : rows.slice(0, MOST_QUIET);
  const hidden = rows.length - shown.length;
  if (rows.length === 0) return [];
  return [
    screen.paint.heading(`${CHANGE_WORDS[change].title} (${rows.length})`),
    ...shown.flatMap((row) => drawRow(row, screen)),
    ...(hidden > 0 ? [screen.paint.aside(`    … and ${hidden} more (--verbose shows all)`)] : []),
  ];
}

function drawRow(row: DiffRow, { width, paint }: Screen): readonly string[] {
  const { mark } = CHANGE_WORDS[row.change];
  const fix = row.fix === undefined ? [] : [`fix ${row.fix}`];
  return [
    ...wrapItems([packageOf(row), row.advisory.id, row.target, standing(row), ...fix], width, `  ${mark} `),
    ...wrap(row.why, width, '    ').map(paint.aside),
  ];
}
