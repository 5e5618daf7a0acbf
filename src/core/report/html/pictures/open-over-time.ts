/** Open findings over time, stacked by severity, with the line of those overdue and a mark wherever a window was broken. */
import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, curveStepBefore, line as path, stack, type SeriesPoint } from 'd3-shape';
import { SEVERITY_LEVELS, type SeverityLevel } from '../../../model/severity.ts';
import type { Trend, TrendPoint } from '../../../model/trend.ts';
import { count, minuteOf, type Calendar } from '../../words.ts';
import { html, type Content, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import type { Picture } from './figure.ts';
import { at, line, text, timeAxis } from './shapes.ts';

/** Without a ledger, or with a single moment, only the sentence. */
export function openPicture({ view: { trend }, calendar }: Page): Picture {
  const picture = { id: 'open', title: 'Open findings over time' };
  if (trend === undefined) {
    return { ...picture, sentence: 'No ledger tells of it yet: fixby audit keeps one, and this is drawn from it.' };
  }
  const levels = SEVERITY_LEVELS.filter((level) => trend.points.some(({ open }) => open[level] > 0));
  const sentence = sentenceOf(trend, calendar);
  if (trend.points.length < 2 || levels.length === 0) return { ...picture, sentence };
  return {
    ...picture,
    sentence,
    key: keyOf(levels),
    drawing: {
      draw: (width) => draw(trend.points, levels, width),
      head: ['Moment', ...levels, 'overdue', 'newly overdue'],
      rows: trend.points.map((point) => rowOf(point, levels)),
    },
  };
}

function sentenceOf({ points, since, runs }: Trend, calendar: Calendar): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return 'The ledger tells of no moment.';
  if (points.length < 2) return 'The ledger begins with this run; the line begins with the next.';
  const broken = points.reduce((sum, { breached }) => sum + breached, 0);
  const then = `${totalOf(first)} open on ${calendar(since)}, ${totalOf(last)} now, ${last.overdue} of them overdue`;
  const breaches = broken === 0 ? 'no window was broken' : `${count(broken, 'window')} broken`;
  return `${then}; ${breaches} on the way. Out of ${count(runs, 'recorded run')}.`;
}

function totalOf({ open }: TrendPoint): number {
  return SEVERITY_LEVELS.reduce((sum, level) => sum + open[level], 0);
}

function keyOf(levels: readonly SeverityLevel[]): Markup {
  return html`<ul class="key">
    ${levels.map((level) => html`<li><span class="mark ${level}"></span>${level}</li>`)}
    <li>━ overdue</li>
    <li>▼ a window was broken</li>
  </ul>`;
}

function rowOf(
  { at: moment, open, overdue, breached }: TrendPoint,
  levels: readonly SeverityLevel[],
): readonly Content[] {
  return [minuteOf(moment), ...levels.map((level) => open[level]), overdue, breached];
}

const HEIGHT = 200;
const TOP = 20;
const BOTTOM = 176;
const LEFT = 34;
const RIGHT = 78;

function draw(
  points: readonly TrendPoint[],
  levels: readonly SeverityLevel[],
  width: number,
): { height: number; shapes: Content } {
  const times = points.map((point) => Date.parse(point.at));
  const x = scaleUtc([times[0] ?? 0, times.at(-1) ?? 1], [LEFT, width - RIGHT]);
  const y = scaleLinear([0, Math.max(1, ...points.map(totalOf))], [BOTTOM, TOP]).nice(4);
  const xOf = (_: unknown, index: number): number => at(x(times[index] ?? 0));
  // The worst severity lies at the bottom, where its height is read without counting.
  const layers = stack<TrendPoint, SeverityLevel>()
    .keys(levels)
    .value(({ open }, level) => open[level])([...points]);
  const shape = area<SeriesPoint<TrendPoint>>(
    xOf,
    ([low]) => at(y(low)),
    ([, high]) => at(y(high)),
  )
    .curve(curveStepBefore)
    .digits(1);
  const overdue = path<TrendPoint>(xOf, (point) => at(y(point.overdue)))
    .curve(curveStepBefore)
    .digits(1);
  const last = points.at(-1);
  const ticks = y.ticks(4).filter(Number.isInteger);
  return {
    height: HEIGHT,
    shapes: html`${ticks.map((tick) => html`${line(LEFT, y(tick), width - RIGHT, y(tick), 'line')}${text(LEFT - 8, y(tick) + 4, tick, 'end quiet')}`)}
      ${layers.map((layer) => html`<path d="${shape(layer) ?? ''}" class="${layer.key} band" />`)}
      <path d="${overdue([...points]) ?? ''}" class="late-line" />
      ${last !== undefined && text(width - RIGHT + 8, y(last.overdue) + 4, `${last.overdue} overdue`, 'bold')}
      ${last !== undefined && isApart(y(totalOf(last)), y(last.overdue)) && text(width - RIGHT + 8, y(totalOf(last)) + 4, `${totalOf(last)} open`)}
      ${points.map((point, index) => point.breached > 0 && breach(x(times[index] ?? 0), point))} ${timeAxis(x, BOTTOM)}`,
  };
}

/** Whether two words at the same edge can both be read. */
function isApart(one: number, other: number): boolean {
  return Math.abs(one - other) > 13;
}

function breach(x: number, { breached, at: moment }: TrendPoint): Markup {
  return html`<g transform="translate(${at(x)} 8)">
    <title>${count(breached, 'finding')} became overdue by ${minuteOf(moment)}</title>
    <path d="M-4 -4L4 -4L0 4Z" class="breach" />
  </g>`;
}
