/** Coverage: for each target how much of its lock was answered for, the targets with gaps first. */
import { scaleLinear } from 'd3-scale';
import type { ReportTarget } from '../../../model/report.ts';
import { excerpt } from '../../../model/text.ts';
import { count, coverageWords } from '../../words.ts';
import { html, type Content, type Markup } from '../markup.ts';
import type { Page } from '../page.ts';
import type { Picture } from './figure.ts';
import { at, text } from './shapes.ts';

const MOST_TARGETS = 12;

export function coveragePicture({ view }: Page): Picture {
  const { targets } = view;
  const picture = { id: 'coverage', title: 'What was answered for', sentence: `${coverageWords(view).join(', ')}.` };
  if (targets.length === 0) return picture;
  const ordered = [...targets].sort((a, b) => urgencyOf(a) - urgencyOf(b));
  return {
    ...picture,
    key: html`<ul class="key">
      <li>■ audited</li>
      <li>□ skipped</li>
      <li>┄ could not be checked</li>
    </ul>`,
    drawing: {
      draw: (width, id) => draw(ordered, width, id),
      head: ['Target', 'Auditor', 'Outcome', 'Packages', 'Audited', 'Skipped'],
      rows: targets.map(({ path, auditor, outcome, coverage }) => [
        path,
        auditor,
        outcome,
        coverage.packages,
        coverage.audited,
        coverage.skipped.length,
      ]),
    },
  };
}

/** Equal ones keep the order of the view. */
function urgencyOf({ outcome, coverage }: ReportTarget): number {
  if (outcome === 'unavailable') return 0;
  if (outcome === 'not-applicable') return 3;
  return coverage.audited < coverage.packages ? 1 : 2;
}

const ROW = 40;

function draw(targets: readonly ReportTarget[], width: number, id: string): { height: number; shapes: Content } {
  const shown = targets.slice(0, MOST_TARGETS);
  const hidden = targets.length - shown.length;
  const hatch = html`<defs>
    <pattern id="${id}-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path d="M0 0V5" class="axis" />
    </pattern>
  </defs>`;
  return {
    height: shown.length * ROW + (hidden > 0 ? 20 : 4),
    shapes: html`${hatch} ${shown.map((target, index) => bar(target, index * ROW, width, id))}
    ${hidden > 0 && text(0, shown.length * ROW + 14, `and ${count(hidden, 'more target')}`, 'quiet')}`,
  };
}

function bar(target: ReportTarget, top: number, width: number, id: string): Markup {
  const { path, ecosystem, outcome, coverage } = target;
  const scale = scaleLinear([0, Math.max(1, coverage.packages)], [0, width]).clamp(true);
  const audited = at(scale(coverage.audited));
  const words =
    outcome === 'audited' ? `${coverage.audited} of ${count(coverage.packages, 'package')}` : reasonOf(target);
  const shape =
    outcome === 'audited'
      ? html`<rect x="0" y="${top + 20}" width="${audited}" height="10" class="audited" />
          ${audited < width && html`<rect x="${audited}" y="${top + 20}" width="${at(width - audited)}" height="10" fill="url(#${id}-hatch)" />`}`
      : html`<rect
          x="1"
          y="${top + 20}"
          width="${width - 2}"
          height="10"
          class="${outcome === 'unavailable' ? 'blind' : 'line'}"
        />`;
  const room = Math.floor((width - words.length * 6.5) / 7) - ecosystem.length;
  return html`${text(0, top + 13, html`${excerpt(path, Math.max(12, room))} <tspan class="quiet">${ecosystem}</tspan>`)}
  ${text(width, top + 13, words, outcome === 'unavailable' ? 'end bold' : 'end quiet')}${shape}`;
}

function reasonOf({ outcome, reason }: ReportTarget): string {
  const words = outcome === 'unavailable' ? 'could not be checked' : 'not applicable';
  return reason === undefined ? words : `${words}: ${excerpt(reason, 24)}`;
}
