/** What every section of the terminal report is given: the view, how it will be shown, and how much of it. */
import type { RenderOptions, ReportView } from '../../model/report.ts';
import { calendarOf, type Calendar } from '../words.ts';
import { clip } from './lines.ts';
import { createPalette, type Palette } from './palette.ts';

/** One report on one terminal. */
export interface Screen {
  readonly view: ReportView;
  /** Columns, never fewer than a line of words needs. */
  readonly width: number;
  readonly verbose: boolean;
  readonly files: readonly string[];
  readonly paint: Palette;
  readonly calendar: Calendar;
  /** The entries of a list that stand on a first screen (all of them when verbose), and how many do not. */
  first<T>(entries: readonly T[]): { readonly shown: readonly T[]; readonly hidden: number };
}

/** A section's lines; none when it has nothing to say. */
export type Section = (screen: Screen) => readonly string[];

const NARROWEST = 40;
const FIRST_ENTRIES = 5;
const LONGEST_TEXT = 400;

/** The screen for a view. */
export function createScreen(view: ReportView, { color, width, verbose, files = [] }: RenderOptions): Screen {
  return {
    view,
    width: Math.max(NARROWEST, Number.isFinite(width) ? Math.floor(width) : 80),
    verbose,
    files,
    paint: createPalette(color),
    calendar: calendarOf(view),
    first(entries) {
      const shown = verbose ? entries : entries.slice(0, FIRST_ENTRIES);
      return { shown, hidden: entries.length - shown.length };
    },
  };
}

/** Foreign text cut to what a first screen bears; whole when verbose. */
export function bounded(text: string, { verbose }: Screen): string {
  return verbose ? text : clip(text, LONGEST_TEXT);
}

/** The line that says how many entries a list leaves out and where they are; none when it leaves out nothing. */
export function remainder(hidden: number, { files }: Screen): readonly string[] {
  if (hidden <= 0) return [];
  const where = files.length === 0 ? '--verbose shows all' : 'see the report file, or add --verbose';
  return [`  … and ${hidden} more (${where})`];
}
