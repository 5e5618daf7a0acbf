/** Lays text out in lines of a terminal: breaks at blanks only, so an id is never torn apart. */
import stringWidth from 'string-width';
import { terminalText } from '../escape.ts';

/**
 * Foreign text in lines of at most `width` columns, the first behind `lead`, the others indented as far. A word wider
 * than a line stands on a line of its own.
 */
export function wrap(text: string, width: number, lead = ''): readonly string[] {
  return fill(terminalText(text).split(' '), ' ', width, lead);
}

/** Foreign texts on as few lines as hold them, set apart by a dot; none of them is broken. No line for no items. */
export function wrapItems(items: readonly string[], width: number, lead = ''): readonly string[] {
  return items.length === 0 ? [] : fill(items.map(terminalText), ' · ', width, lead);
}

function fill(pieces: readonly string[], separator: string, width: number, lead: string): readonly string[] {
  const room = width - stringWidth(lead);
  const lines: string[] = [];
  let used = 0;
  for (const piece of pieces) {
    const size = stringWidth(piece);
    const last = lines.at(-1);
    if (last === undefined || used + separator.length + size > room) {
      lines.push(piece);
      used = size;
    } else {
      lines[lines.length - 1] = last + separator + piece;
      used += separator.length + size;
    }
  }
  const indent = ' '.repeat(stringWidth(lead));
  return lines.map((line, index) => (index === 0 ? lead : indent) + line);
}

/** Foreign text of at most `limit` characters on one line; a cut is marked with an ellipsis. */
export function clip(text: string, limit: number): string {
  const characters = Array.from(terminalText(text.slice(0, limit * 4)));
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : characters.join('');
}
