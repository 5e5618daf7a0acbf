/** The few pieces of markup that every section of the page is made of. */
import type { ReportFinding } from '../../model/report.ts';
import { safeUrl } from '../escape.ts';
import { Markup, html, type Content } from './markup.ts';

/** A part of the page under a heading of fixby's own words. `id` is what links lead to. */
export function section(id: string, title: Content, content: Content): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${content}
  </section>`;
}

/** A name that leads to `address`, or only the name when the address is not one to open. */
export function link(name: string, address: string): Markup {
  const url = safeUrl(address);
  return url === undefined
    ? html`<span class="mono">${name}</span>`
    : html`<a class="mono" href="${url}" rel="noreferrer noopener">${name}</a>`;
}

/** A severity: its word, and before it the mark that stands for it in every picture. */
export function severityTag(level: ReportFinding['severity']['level']): Markup {
  return html`<span class="severity"><span class="mark ${level}" aria-hidden="true"></span>${level}</span>`;
}

const LINE_END = new Markup('\n');

/** Lines one below the other, where the style keeps line ends: ten thousand findings have a million of them. */
export function inLines(lines: readonly Content[]): Content {
  return lines.map((line, index) => (index === 0 ? line : [LINE_END, line]));
}

/** A table of text; the first cell of each row names it. `label` tells what it holds where no heading does. */
export function table(label: string, head: readonly string[], rows: readonly (readonly Content[])[]): Markup {
  return html`<table aria-label="${label}">
    <thead>
      <tr>
        ${head.map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(([first, ...rest]) => tableRow(head, first, rest))}
    </tbody>
  </table>`;
}

/** On a phone a row is a block of its own, where each cell is named by its column. */
function tableRow(head: readonly string[], first: Content, rest: readonly Content[]): Markup {
  return html`<tr>
    <th scope="row">${first}</th>
    ${rest.map((cell, index) => html`<td data-name="${head[index + 1] ?? ''}">${cell}</td>`)}
  </tr>`;
}
