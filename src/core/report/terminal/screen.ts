/** What every section of the terminal report is given: the view, and how it will be shown. */
import type { RenderOptions, ReportView } from '../../model/report.ts';
import { calendarOf, type Calendar } from '../words.ts';
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
}

const NARROWEST = 40;

/** The screen for a view. */
export function createScreen(view: ReportView, { color, width, verbose, files = [] }: RenderOptions): Screen {
  return {
    view,
    width: Math.max(NARROWEST, Number.isFinite(width) ? Math.floor(width) : 80),
    verbose,
    files,
    paint: createPalette(color),
    calendar: calendarOf(view),
  };
}
