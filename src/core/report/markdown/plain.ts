/**
 * Spells phrases in which nothing has to be escaped. Searching every text for what needs an escape is nearly all the work of a
 * long report, and nearly no text needs one; whatever is not known to be plain is left to the serializer.
 */
import type { InlineCode, Link, ListItem, PhrasingContent, RootContent } from 'mdast';

// Words and punctuation that mean nothing to Markdown wherever they stand in a line.
const PLAIN_TEXT = /^(?!\d+[.)]|-|:(?! ))(?:[\p{L}\p{N},;'’–—→(/ )-]|[.:](?= |$))*$/u;
// What a code span of one backtick holds as it is, in a table and in a link too.
const PLAIN_CODE = /^(?! )[^`|[\]\n\r]+(?<! )$/;
const PLAIN_URL = /^https?:\/\/[\w./~%-]+$/;

/** Whether `text` means to Markdown what it says, wherever it stands. */
export function isPlainText(text: string): boolean {
  return PLAIN_TEXT.test(text);
}

/** The phrase as Markdown; `undefined` where it may hold something to escape. */
export function plainPhrase(children: readonly PhrasingContent[]): string | undefined {
  let phrase = '';
  for (const child of children) {
    const text = plainNode(child);
    // Two code spans side by side would be one.
    if (text === undefined || (text.startsWith('`') && phrase.endsWith('`'))) return undefined;
    phrase += text;
  }
  return phrase.startsWith(' ') || phrase.endsWith(' ') ? undefined : phrase;
}

/** A paragraph, or a list of bullets, of plain phrases; `undefined` for every other block. */
export function plainBlock(block: RootContent): string | undefined {
  if (block.type === 'paragraph') return plainPhrase(block.children);
  if (block.type !== 'list' || block.ordered === true) return undefined;
  const entries = block.children.map(plainEntry);
  return entries.length === 0 || entries.includes(undefined) ? undefined : entries.join('\n');
}

function plainEntry({ children: [only, ...more] }: ListItem): string | undefined {
  const phrase = only?.type === 'paragraph' && more.length === 0 ? plainPhrase(only.children) : undefined;
  return phrase ? `- ${phrase}` : undefined;
}

function plainNode(node: PhrasingContent): string | undefined {
  if (node.type === 'text') return isPlainText(node.value) ? node.value : undefined;
  if (node.type === 'inlineCode') return plainCode(node);
  return node.type === 'link' ? plainLink(node) : undefined;
}

function plainCode({ value }: InlineCode): string | undefined {
  return PLAIN_CODE.test(value) ? `\`${value}\`` : undefined;
}

function plainLink({ url, children: [name, ...more] }: Link): string | undefined {
  if (name?.type !== 'inlineCode' || more.length > 0 || !PLAIN_URL.test(url)) return undefined;
  const label = plainCode(name);
  return label === undefined ? undefined : `[${label}](${url})`;
}
