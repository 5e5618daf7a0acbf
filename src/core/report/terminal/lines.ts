/** Lays text out in lines of a terminal: breaks at blanks only, so an id is never torn apart. */
import stringWidth from 'string-width';
import { terminalText } from '../escape.ts';

/**
 * Foreign text in lines of at most `width` columns, the first behind `lead`, the others indented as far. A word wider
 * than a line stands on a line of its own.
 */
export function wrap(text: string, width: number, lead = ''): readonly string[] {
  const indent = ' '.repeat(stringWidth(lead));
  const lines: string[] = [];
  let line = '';
  for (const word of terminalText(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stringWidth(indent) + stringWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((content, index) => (index === 0 ? lead : indent) + content);
}

/** Foreign text of at most `limit` characters on one line; a cut is marked with an ellipsis. */
export function clip(text: string, limit: number): string {
  const characters = Array.from(terminalText(text.slice(0, limit * 4)));
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : characters.join('');
}
