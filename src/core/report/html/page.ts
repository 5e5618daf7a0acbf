/** What every section of the page is given: the view, its calendar, and where each finding stands. */
import type { ReportFinding, ReportView } from '../../model/report.ts';
import { calendarOf, type Calendar } from '../words.ts';
import type { Content } from './markup.ts';

/** One report on one page. */
export interface Page {
  readonly view: ReportView;
  readonly calendar: Calendar;
  /** Keys of findings that the run before had not seen; empty for the first run. */
  readonly fresh: ReadonlySet<string>;
  /** Keys of findings that had ended and are there again. */
  readonly returned: ReadonlySet<string>;
  /** The id of what a finding opens to; links to it open it, also without a script. */
  readonly anchorOf: (finding: ReportFinding) => string;
}

/** A part of the page; nothing when it has nothing to say. */
export type Section = (page: Page) => Content;

export function createPage(view: ReportView): Page {
  const places = new Map(view.findings.map((finding, index) => [finding, index + 1]));
  const { changes } = view;
  return {
    view,
    calendar: calendarOf(view),
    fresh: new Set(changes?.previousRun === undefined ? [] : changes.opened),
    returned: new Set(changes?.back),
    anchorOf: (finding) => `finding-${places.get(finding) ?? 0}`,
  };
}
