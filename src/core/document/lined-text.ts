/** Text taken out of a Markdown document that still knows the line each character came from. */
import type { PhrasingContent } from 'mdast';

/** `lines` holds the offsets at which a new line of the document begins, ascending, each with its 1-based number. */
export interface LinedText {
  readonly text: string;
  readonly lines: readonly { readonly offset: number; readonly line: number }[];
}

/** A hard line break: stronger than a blank, weaker than a full stop. */
export const HARD_BREAK = '\v';
/** Stands for inline content whose meaning cannot be known (footnotes, raw HTML); no vocabulary holds it. */
const OPAQUE = '\uFFFC';

/** The text of inline nodes without decoration. Struck-out text is left out: its author took it back. */
export function inlineText(nodes: readonly PhrasingContent[]): LinedText {
  const pieces: Piece[] = [];
  for (const node of nodes) collect(node, pieces);
  return join(pieces);
}

/** `texts` one after another, kept apart by hard breaks. */
export function joinLined(texts: readonly LinedText[]): LinedText {
  let text = '';
  const lines: { offset: number; line: number }[] = [];
  for (const part of texts) {
    if (text !== '') text += HARD_BREAK;
    const start = text.length;
    lines.push(...part.lines.map(({ offset, line }) => ({ offset: start + offset, line })));
    text += part.text;
  }
  return { text, lines };
}

/** The line that the character at `offset` stands on. */
export function lineAt(lined: LinedText, offset: number): number {
  let found = lined.lines[0]?.line ?? 1;
  for (const entry of lined.lines) {
    if (entry.offset > offset) break;
    found = entry.line;
  }
  return found;
}

interface Piece {
  readonly text: string;
  readonly line: number;
}

function collect(node: PhrasingContent, pieces: Piece[]): void {
  const line = node.position?.start.line ?? 1;
  if (node.type === 'text' || node.type === 'inlineCode') pieces.push({ text: node.value, line });
  else if (node.type === 'break') pieces.push({ text: HARD_BREAK, line });
  else if (node.type === 'html') pieces.push({ text: htmlText(node.value), line });
  else if (node.type === 'image' || node.type === 'imageReference') pieces.push({ text: node.alt ?? '', line });
  else if (node.type === 'footnoteReference') pieces.push({ text: OPAQUE, line });
  else if (node.type !== 'delete') for (const child of node.children) collect(child, pieces);
}

/** Tags that only decorate are nothing, a break is a break, a comment is nothing; any other tag may change what the text means. */
function htmlText(html: string): string {
  if (/^<br\s*\/?>$/i.test(html)) return HARD_BREAK;
  return /^(<!--[^]*-->|<\/?(b|strong|i|em|code|span|sub|kbd|u|mark|a|img)(\s[^>]*)?\/?>)$/i.test(html) ? '' : OPAQUE;
}

function join(pieces: readonly Piece[]): LinedText {
  let text = '';
  const lines: { offset: number; line: number }[] = [];
  for (const piece of pieces) {
    piece.text.split('\n').forEach((row, index) => {
      if (index > 0) text += '\n';
      lines.push({ offset: text.length, line: piece.line + index });
      text += row;
    });
  }
  return { text, lines };
}
