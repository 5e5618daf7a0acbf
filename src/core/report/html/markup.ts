/** Builds markup out of templates in which every value is escaped: the only way by which text becomes HTML. */
import { htmlText } from '../escape.ts';

/** Finished markup. A class, so that nothing that came out of JSON can pass for it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text and numbers are escaped, lists are joined, nothing is shown for `undefined` and `false`. */
export type Content = Markup | string | number | false | undefined | readonly Content[];

/** Values may stand inside elements and inside quoted attributes; a line break of the template is one blank. */
export function html(template: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const parts = partsOf(template);
  let text = parts[0] ?? '';
  // A loop over entries would make an array for each of a million values.
  for (let index = 0; index < values.length; index += 1) text += write(values[index]) + (parts[index + 1] ?? '');
  return new Markup(text);
}

const PARTS = new WeakMap<TemplateStringsArray, readonly string[]>();

function partsOf(template: TemplateStringsArray): readonly string[] {
  const known = PARTS.get(template);
  if (known !== undefined) return known;
  const parts = template.map((part) => part.replace(/\s*\n\s*/g, ' '));
  PARTS.set(template, parts);
  return parts;
}

function write(value: Content): string {
  if (typeof value === 'string') return htmlText(value);
  if (typeof value === 'number') return String(value);
  if (value instanceof Markup) return value.text;
  if (value === undefined || value === false) return '';
  return value.map(write).join('');
}
