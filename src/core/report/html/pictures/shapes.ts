/** The shapes the pictures share: text, lines, marks whose area is a number, and a line of time. */
import { symbol, symbolCircle, symbolDiamond } from 'd3-shape';
import type { ScaleTime } from 'd3-scale';
import { html, type Content, type Markup } from '../markup.ts';

/** To a tenth: more is not seen, and every digit is stored for each mark. */
export function at(position: number): number {
  return Math.round(position * 10) / 10;
}

export function text(x: number, y: number, words: Content, look = ''): Markup {
  return html`<text x="${at(x)}" y="${at(y)}" class="${look}">${words}</text>`;
}

/** From one end to the other. */
export function line(x1: number, y1: number, x2: number, y2: number, look: string): Markup {
  return html`<path d="M${at(x1)} ${at(y1)}L${at(x2)} ${at(y2)}" class="${look}" />`;
}

export interface Mark {
  readonly x: number;
  readonly y: number;
  /** How many it stands for: its area, and above one its number. */
  readonly count: number;
  readonly shape: 'circle' | 'diamond';
  readonly look: string;
  /** What a pointer that rests on it is told. */
  readonly words: string;
}

const SMALLEST = 38;
const LARGEST = 260;

/** A mark is never so small that it is missed, and never so large that it covers its neighbours. */
export function mark({ x, y, count, shape, look, words }: Mark): Markup {
  const area = Math.min(LARGEST, SMALLEST + 14 * (count - 1));
  const path = symbol(shape === 'circle' ? symbolCircle : symbolDiamond, area).digits(1)() ?? '';
  const radius = Math.sqrt(area / Math.PI);
  return html`<g transform="translate(${at(x)} ${at(y)})">
    <title>${words}</title>
    <path d="${path}" class="${look}" />${count > 1 && text(0, -radius - 4, count, 'middle quiet')}
  </g>`;
}

/** Days below a picture. */
export function timeAxis(scale: ScaleTime<number, number>, y: number): Markup {
  const [from = 0, to = 0] = scale.range();
  const most = Math.max(2, Math.floor((to - from) / 110));
  const format = scale.tickFormat(most);
  return html`${line(from, y, to, y, 'axis')}
  ${scale
    .ticks(most)
    .map(
      (tick) =>
        html`${line(scale(tick), y, scale(tick), y + 4, 'axis')}${text(scale(tick), y + 17, format(tick), 'middle quiet')}`,
    )}`;
}
