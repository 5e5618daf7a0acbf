/** The report for a terminal: one screen that says what to do next, and every finding when asked for. */
import type { ReportRenderer } from '../model/report.ts';
import { guardLines } from './escape.ts';
import { findingDetails, targetDetails } from './terminal/detail.ts';
import { promiseSection } from './terminal/promises.ts';
import { blockerSection, cargoSection, plannedSection } from './terminal/release.ts';
import { createScreen, type Section } from './terminal/screen.ts';
import {
  awaitingSection,
  dissentSection,
  dueSection,
  headline,
  nextSection,
  notCoveredSection,
  problemSection,
} from './terminal/sections.ts';
import { summarySection } from './terminal/summary.ts';
import { uncheckedSection } from './terminal/unchecked.ts';

const FIRST_SCREEN: readonly Section[] = [
  headline,
  dueSection,
  uncheckedSection,
  notCoveredSection,
  awaitingSection,
  dissentSection,
  promiseSection,
  summarySection,
  problemSection,
];

const RELEASE_SCREEN: readonly Section[] = [
  headline,
  plannedSection,
  blockerSection,
  uncheckedSection,
  notCoveredSection,
  cargoSection,
  promiseSection,
  summarySection,
  problemSection,
];

/** Fits `width`, uses colours only when they are welcome, and ends with what to do next. */
export const tableFormat: ReportRenderer = {
  render(view, options) {
    const screen = createScreen(view, options);
    const details = screen.verbose ? [...findingDetails, targetDetails] : [];
    const first = view.release === undefined ? FIRST_SCREEN : RELEASE_SCREEN;
    const sections = [...first, ...details, nextSection].map((section) => section(screen));
    const blocks = sections.filter(({ length }) => length > 0).map((lines) => lines.join('\n'));
    return guardLines(`${blocks.join('\n\n')}\n`);
  },
};
