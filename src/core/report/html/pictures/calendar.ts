/** The deadline calendar: what falls due when, a row for each severity; what is overdue is filled, what is to come is a ring. */
import { scaleUtc, type ScaleTime } from 'd3-scale';
import type { ReportFinding, ReportView } from '../../../model/report.ts';
import { SEVERITY_LEVELS, type SeverityLevel } from '../../../model/severity.ts';
import { DEADLINE_STATES } from '../../../model/deadline.ts';
import { STATE_WORDS, count, type Calendar } from '../../words.ts';
import { html, type Content, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import { gather } from './bins.ts';
import type { Picture } from './figure.ts';
import { line, mark, text, timeAxis } from './shapes.ts';

const DAY_MS = 86_400_000;

/** A finding that has a day. */
interface Due {
  readonly level: SeverityLevel;
  readonly day: string;
  readonly time: number;
  readonly isLate: boolean;
}

/** Findings without a date are counted in the sentence. */
export function calendarPicture({ view, calendar }: Page): Picture {
  const due = view.findings.flatMap((finding) => readDue(finding, calendar));
  const picture = { id: 'calendar', title: 'What falls due when', sentence: sentenceOf(due, view) };
  if (due.length === 0) return picture;
  const now = Date.parse(view.asOf);
  return {
    ...picture,
    key: html`<ul class="key">
      <li>● overdue</li>
      <li>○ to come</li>
    </ul>`,
    drawing: {
      draw: (width) => draw(due, now, width),
      head: ['Day', 'Severity', 'Findings', 'State'],
      rows: rowsOf(due),
    },
  };
}

function readDue({ deadline, severity }: ReportFinding, calendar: Calendar): readonly Due[] {
  const { dueAt, state } = deadline;
  const time = Date.parse(dueAt ?? '');
  if (dueAt === undefined || Number.isNaN(time) || (state !== 'overdue' && state !== 'due')) return [];
  return [{ level: severity.level, day: calendar(dueAt), time, isLate: state === 'overdue' }];
}

function sentenceOf(due: readonly Due[], { asOf, summary }: ReportView): string {
  const late = due.filter(({ isLate }) => isLate);
  const soon = due.filter(({ isLate, time }) => !isLate && time <= Date.parse(asOf) + 7 * DAY_MS);
  const [oldest] = late.map(({ day }) => day).sort();
  const later = due.length - late.length - soon.length;
  const undated = DEADLINE_STATES.filter(
    (state) => state !== 'overdue' && state !== 'due' && summary.byState[state] > 0,
  );
  const parts = [
    late.length > 0 && `${late.length} overdue, the oldest since ${oldest ?? ''}`,
    soon.length > 0 && `${soon.length} due within seven days`,
    later > 0 && `${later} due later`,
  ].filter((part) => part !== false);
  const without = undated.map((state) => `${summary.byState[state]} ${STATE_WORDS[state]}`).join(', ');
  return `${parts.length === 0 ? 'No finding has a date' : parts.join('; ')}.${without === '' ? '' : ` Without a date: ${without}.`}`;
}

// What is further away is gathered at the edge: a lock forgotten for years would squeeze this week to nothing.
const FURTHEST_BACK = 60 * DAY_MS;
const FURTHEST_AHEAD = 90 * DAY_MS;
const LEAST = 10 * DAY_MS;
const LANE = 34;
const LEFT = 70;
const RIGHT = 12;
const TOP = 18;
const BIN = 17;

function draw(due: readonly Due[], now: number, width: number): { height: number; shapes: Content } {
  const times = due.map(({ time }) => time).sort((a, b) => a - b);
  const first = Math.max(now - FURTHEST_BACK, Math.min(now - LEAST, times[0] ?? now));
  const last = Math.min(now + FURTHEST_AHEAD, Math.max(now + LEAST, times.at(-1) ?? now));
  const scale = scaleUtc([first, last], [LEFT + 8, width - RIGHT]).clamp(true);
  const lanes = SEVERITY_LEVELS.filter((level) => due.some((each) => each.level === level));
  const bottom = TOP + lanes.length * LANE;
  const today = scale(now);
  return {
    height: bottom + 24,
    shapes: html`<rect
        x="${LEFT}"
        y="${TOP}"
        width="${Math.max(0, Math.round(today - LEFT))}"
        height="${bottom - TOP}"
        class="past"
      />
      ${line(today, TOP - 4, today, bottom, 'now')} ${text(today, TOP - 7, 'now', 'middle bold')}
      ${lanes.map((level, index) => lane(level, due, { scale, y: TOP + (index + 0.62) * LANE, width, first, last }))}
      ${timeAxis(scale, bottom)}`,
  };
}

interface Lane {
  readonly scale: ScaleTime<number, number>;
  readonly y: number;
  readonly width: number;
  readonly first: number;
  readonly last: number;
}

function lane(level: SeverityLevel, due: readonly Due[], { scale, y, width, first, last }: Lane): Markup {
  const here = due.filter((each) => each.level === level);
  const marks = [true, false].flatMap((isLate) =>
    gather(
      here.filter((each) => each.isLate === isLate),
      ({ time }) => scale(time),
      BIN,
    ).map(({ x, items }) =>
      mark({
        x,
        y,
        count: items.length,
        shape: 'circle',
        look: isLate ? level : `${level} ring`,
        words: `${count(items.length, `${level} finding`)}, ${isLate ? 'overdue since' : 'due'} ${spanOf(items, first, last)}`,
      }),
    ),
  );
  return html`${text(0, y + 4, level)}${line(LEFT, y, width - RIGHT, y, 'line')}${marks}`;
}

function spanOf(items: readonly Due[], first: number, last: number): string {
  const days = items.map(({ day }) => day).sort();
  const [from = '', to = ''] = [days[0], days.at(-1)];
  const isEdge = items.some(({ time }) => time < first || time > last);
  return from === to ? `${from}${isEdge ? ' (beyond the edge)' : ''}` : `${from} to ${to}`;
}

function rowsOf(due: readonly Due[]): readonly (readonly Content[])[] {
  const groups = new Map<string, { readonly due: Due; number: number }>();
  for (const each of due) {
    const key = `${each.day} ${SEVERITY_LEVELS.indexOf(each.level)} ${String(each.isLate)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { due: each, number: 1 });
    else group.number += 1;
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([
        ,
        {
          due: { day, level, isLate },
          number,
        },
      ]) => [day, level, number, isLate ? 'overdue' : 'due'],
    );
}
