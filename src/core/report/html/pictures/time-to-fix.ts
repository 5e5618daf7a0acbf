/** How long each mended finding took, against the window its severity is granted: a circle in time, a diamond too late. */
import { scaleSymlog, type ScaleSymLog } from 'd3-scale';
import type { ReportView } from '../../../model/report.ts';
import { SEVERITY_LEVELS, type SeverityLevel } from '../../../model/severity.ts';
import type { Mending } from '../../../model/trend.ts';
import { describeWindow } from '../../../model/window-words.ts';
import { count } from '../../words.ts';
import { html, type Content, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { gather } from './bins.ts';
import type { Picture } from './figure.ts';
import { at, line, mark, text } from './shapes.ts';

type Window = ReportView['policy']['windows'][number]['window'];

/** The mended findings of one severity. */
interface Lane {
  readonly level: SeverityLevel;
  readonly mended: readonly Mending[];
  readonly window: Window | undefined;
}

export function fixPicture({ view: { trend, policy } }: Page): Picture {
  const picture = { id: 'fix', title: 'Time to fix, against the window' };
  const mended = trend?.mended ?? [];
  if (mended.length === 0) {
    return {
      ...picture,
      sentence: 'No finding was mended yet that a ledger knows of; a time is drawn for each that is.',
    };
  }
  const lanes = SEVERITY_LEVELS.map((level): Lane => {
    const judgedAs = level === 'unknown' ? policy.unknownAs : level;
    const window = policy.windows.find(({ severity }) => severity === judgedAs)?.window;
    return { level, mended: mended.filter(({ severity }) => severity === level), window };
  }).filter((lane) => lane.mended.length > 0);
  const inTime = mended.filter(({ late }) => !late).length;
  return {
    ...picture,
    sentence: `${inTime} of ${count(mended.length, 'mended finding')} ${inTime === 1 ? 'was' : 'were'} gone within the window. What is open and overdue is not among them.`,
    key: html`<ul class="key">
      <li>● in time</li>
      <li>◆ late</li>
      <li>▒ the window</li>
    </ul>`,
    drawing: {
      draw: (width) => draw(lanes, width),
      head: ['Severity', 'Window', 'Mended', 'In time', 'Median days', 'Longest'],
      rows: lanes.map(rowOf),
    },
  };
}

function rowOf({ level, mended, window }: Lane): readonly Content[] {
  const days = mended.map((each) => each.days).sort((a, b) => a - b);
  const inTime = mended.filter(({ late }) => !late).length;
  const words = window === undefined ? 'none' : describeWindow(window);
  return [level, words, mended.length, inTime, days[Math.ceil(days.length / 2) - 1] ?? '', days.at(-1) ?? ''];
}

const LANE = 44;
const LEFT = 70;
const RIGHT = 78;
const TOP = 6;
const BIN = 15;
const TICKS = [0, 1, 3, 7, 14, 30, 60, 90, 180, 365, 730];

function draw(lanes: readonly Lane[], width: number): { height: number; shapes: Content } {
  const longest = Math.max(
    7,
    ...lanes.flatMap(({ mended, window }) => [lengthOf(window), ...mended.map(({ days }) => days)]),
  );
  const scale = scaleSymlog([0, longest], [LEFT + 10, width - RIGHT]).constant(3);
  const bottom = TOP + lanes.length * LANE;
  const ticks = TICKS.filter((tick) => tick <= longest).filter(
    (tick, index, all) => tick === 0 || scale(tick) - scale(all[index - 1] ?? 0) > 16,
  );
  return {
    height: bottom + 24,
    shapes: html`${lanes.map((lane, index) => drawLane(lane, scale, TOP + index * LANE, width))}
    ${line(LEFT, bottom, width - RIGHT, bottom, 'axis')}
    ${ticks.map((tick) => html`${line(scale(tick), bottom, scale(tick), bottom + 4, 'axis')}${text(scale(tick), bottom + 17, tick, 'middle quiet')}`)}
    ${text(width - RIGHT + 12, bottom + 17, 'days', 'quiet')}`,
  };
}

function drawLane(
  { level, mended, window }: Lane,
  scale: ScaleSymLog<number, number>,
  top: number,
  width: number,
): Markup {
  const y = top + LANE * 0.66;
  const granted = lengthOf(window);
  const inTime = mended.filter(({ late }) => !late).length;
  const marks = [false, true].flatMap((late) =>
    gather(
      mended.filter((each) => each.late === late),
      ({ days }) => scale(days),
      BIN,
    ).map(({ x, items }) =>
      mark({
        x,
        y,
        count: items.length,
        shape: late ? 'diamond' : 'circle',
        look: level,
        words: `${count(items.length, `${level} finding`)} ${late ? 'late' : 'in time'}, after ${spanOf(items)} days`,
      }),
    ),
  );
  return html`${granted > 0 && html`<rect x="${LEFT}" y="${at(top + 7)}" width="${at(scale(granted) - LEFT)}" height="${LANE - 9}" class="granted" />`}
  ${line(LEFT, y, width - RIGHT, y, 'line')}
  ${text(0, y + 4, level)}${marks}${text(width - RIGHT + 12, y + 4, `${inTime} of ${mended.length}`, 'bold')}`;
}

function spanOf(items: readonly Mending[]): string {
  const days = items.map((each) => each.days).sort((a, b) => a - b);
  const [least = 0, most = 0] = [days[0], days.at(-1)];
  return least === most ? String(least) : `${least} to ${most}`;
}

const DAYS: Readonly<Record<Extract<Window, { kind: 'within' }>['unit'], number>> = {
  hours: 1 / 24,
  days: 1,
  'business-days': 7 / 5,
  weeks: 7,
  months: 30.4,
};

/** About how many days a window is long; 0 where it has no length. Only drawn by, never judged by. */
function lengthOf(window: Window | undefined): number {
  return window?.kind === 'within' ? window.amount * DAYS[window.unit] : 0;
}
