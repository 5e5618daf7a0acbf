/** Draws an explanation as plain text: one block a finding, wrapped to the width, foreign text escaped. */
import type { ClosedFinding } from '../../model/closed-finding.ts';
import type { RenderOptions, ReportView } from '../../model/report.ts';
import { guardLines, terminalText } from '../escape.ts';
import { createPalette, type Palette } from '../terminal/palette.ts';
import { wrap } from '../terminal/lines.ts';
import { calendarOf, count, dueWords, minuteOf, packageWords, type Calendar } from '../words.ts';
import { endedParts, endedStanding, endedTitle } from './ended.ts';
import type { ExplainedFinding } from './explanation.ts';
import { explanationParts, type ExplanationPart } from './parts.ts';

/** How wide, and whether in colour. */
type Look = Pick<RenderOptions, 'color' | 'width'>;

const NARROWEST = 40;

/** What is there and what ended. */
export interface Explained {
  readonly explained: readonly ExplainedFinding[];
  readonly ended: readonly ClosedFinding[];
}

/** Ends with a line end. */
export function drawExplanations({ explained, ended }: Explained, view: ReportView, look: Look): string {
  const width = Math.max(NARROWEST, Number.isFinite(look.width) ? Math.floor(look.width) : 80);
  const page = { width, paint: createPalette(look.color), calendar: calendarOf(view) };
  const blocks = [
    ...explained.map((each) => drawFinding(each, page)),
    ...ended.map((each) => drawEnded(each, page)),
  ].map((lines) => lines.join('\n'));
  const past = ended.length === 0 ? '' : `, and ${ended.length} that ended`;
  const judged = `${count(explained.length, 'finding')}${past}, judged as of ${minuteOf(view.asOf)}; days end in ${view.policy.timeZone}.`;
  return guardLines(`${[...blocks, wrap(judged, width).join('\n')].join('\n\n')}\n`);
}

interface Page {
  readonly width: number;
  readonly paint: Palette;
  readonly calendar: Calendar;
}

function drawFinding(explained: ExplainedFinding, page: Page): readonly string[] {
  const { finding } = explained;
  const { advisory, severity, target } = finding;
  const title = `${packageWords(finding)} in ${target}: ${advisory.id}${advisory.malware ? ' (malware)' : ''}`;
  const stands = `${severity.level}, ${dueWords(finding, page.calendar)}`;
  return [
    ...wrap(title, page.width).map(page.paint.heading),
    ...wrap(stands, page.width, '  ').map(page.paint.state(finding.deadline.state)),
    ...explanationParts(explained, page.calendar).flatMap((part) => drawPart(part, page)),
  ];
}

function drawEnded(ended: ClosedFinding, page: Page): readonly string[] {
  const { width, paint, calendar } = page;
  return [
    ...wrap(endedTitle(ended), width).map(paint.heading),
    ...wrap(endedStanding(ended, calendar), width, '  ').map(paint.aside),
    ...endedParts(ended, calendar).flatMap((part) => drawPart(part, page)),
  ];
}

function drawPart({ heading, lines }: ExplanationPart, { width, paint }: Page): readonly string[] {
  return [`  ${paint.heading(heading)}`, ...lines.flatMap((line) => layOut(line, width))];
}

/** A command stays on one line, so that it can be copied; only plain words are in one. */
function layOut(line: string, width: number): readonly string[] {
  return line.startsWith('$ ') ? [`    ${terminalText(line)}`] : wrap(line, width, '    ');
}
