/** Puts a picture on the page: drawn for a wide and a narrow reader, told in a sentence, and as a table for who cannot see it. */
import { html, type Content, type Markup } from '../markup.ts';
import { table } from '../nodes.ts';

/** Something to look at. */
export interface Picture {
  /** Starts every id in it. */
  readonly id: string;
  readonly title: string;
  /** What it shows, in a sentence or two. */
  readonly sentence: string;
  /** Marks and what they mean. */
  readonly key?: Content;
  /** Absent where there is nothing to draw: the sentence says why. */
  readonly drawing?: Drawing;
}

export interface Drawing {
  draw(width: number, id: string): Drawn;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Content[])[];
}

/** Shapes, `height` units of the width's kind high. */
export interface Drawn {
  readonly height: number;
  readonly shapes: Content;
}

const WIDTHS = [
  ['wide', 560],
  ['narrow', 340],
] as const;

/** The figure with both drawings; the style shows the one that fits. */
export function figure({ id, title, sentence, key, drawing }: Picture): Markup {
  return html`<figure class="${drawing !== undefined && 'drawn'}" aria-labelledby="${id}-title">
    <figcaption>
      <h3 id="${id}-title">${title}</h3>
      <p>${sentence}</p>
    </figcaption>
    ${key}
    ${drawing !== undefined && WIDTHS.map(([name, width]) => svg({ id: `${id}-${name}`, name, width, title, sentence, drawing }))}
    ${drawing !== undefined && data(title, drawing)}
  </figure>`;
}

interface Canvas {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly title: string;
  readonly sentence: string;
  readonly drawing: Drawing;
}

function svg({ id, name, width, title, sentence, drawing }: Canvas): Markup {
  const { height, shapes } = drawing.draw(width, id);
  return html`<svg class="${name}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-t ${id}-d">
    <title id="${id}-t">${title}</title>
    <desc id="${id}-d">${sentence}</desc>
    ${shapes}
  </svg>`;
}

function data(title: string, { head, rows }: Drawing): Markup {
  return html`<details>
    <summary>${title}: the numbers</summary>
    <div class="data" tabindex="0" role="region" aria-label="${title}: the numbers">
      ${table(`${title}: the numbers`, head, rows)}
    </div>
  </details>`;
}
