/** Owns how foreign text is made harmless: one function a medium, each on top of `visible`. */
import type { InlineCode, PhrasingContent, Text } from 'mdast';
import { visible } from '../model/text.ts';

// Build agents act on these wherever they stand in a line: `##[…]` (GitHub) and `##vso[…]` (Azure).
const AGENT_COMMAND = /##(?=\[|vso\[)/gi;

/** One line for a terminal: no control, bidirectional or invisible character, no command for a build agent. */
export function terminalText(text: string): string {
  const shown = visible(text);
  return shown.includes('##') ? shown.replace(AGENT_COMMAND, '#\\u{23}') : shown;
}

/**
 * Finished terminal output in which no line begins with `::`. Wrapping may bring any word to the start of a line, so
 * this is decided for whole lines. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function guardLines(output: string): string {
  return output.replace(/^([^\S\n]*):(?=:)/gm, '$1\\u{3a}');
}

// What JSON itself leaves as it is, and a terminal or an editor would obey or hide.
const UNSAFE_IN_JSON = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** JSON text with every invisible or reordering character as a `\u` escape: the same value, shown as it is. */
export function jsonText(json: string): string {
  return json
    .replace(UNSAFE_IN_JSON, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(AGENT_COMMAND, '#\\u0023');
}

/** A value as JSON text, indented, with a line end: what every format made of JSON is written by. */
export function jsonDocument(value: unknown): string {
  return `${jsonText(JSON.stringify(value, null, 2))}\n`;
}

/** Foreign text for a cell of a table that a spreadsheet opens: one line, nothing invisible. */
export function csvText(text: string): string {
  return wellFormed(terminalText(text));
}

/** Foreign text for an XML document, before its builder escapes it: one line of characters XML allows. */
export function xmlText(text: string): string {
  return wellFormed(terminalText(text)).replace(/[\ufffe\uffff]/g, '\ufffd');
}

/** Text without halves of surrogate pairs, which are no characters: each becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Foreign text as one Markdown code span, in which no mention, reference, link or tag is live. */
export function markdownCode(text: string): InlineCode {
  const value = terminalText(text);
  return { type: 'inlineCode', value: value === '' ? '(none)' : value };
}

// Words and plain punctuation. Everything else (`@user`, `#12`, `a.b`, `<b>`, `x_y`) goes into a code span.
const PLAIN_WORD = /^[\p{L}\p{N}]+(?:[-/'’][\p{L}\p{N}]+)*$|^[–—→:·-]$/u;
const PUNCTUATION = /^(["'“(]*)(.*?)([)"'”.,;:!?]*)$/su;
// Plain to look at, and a link on a code host: an issue (`GH-12`) or a commit.
const HOST_REFERENCE = /^(?:gh-\d+|[0-9a-f]{7,40})$/i;

// Plain words only, which is what most sentences are: the same verdict as word by word, in one look.
const PLAIN_SENTENCE = /^(?:(?:^| )["'“(]{0,3}[\p{L}\p{N}]+(?:[-/'’][\p{L}\p{N}]+)*[)"'”.,;:!?]{0,3}(?= |$))+$/u;
const HOLDS_REFERENCE = /(?:^|[^\p{L}\p{N}])(?:gh-\d+|[0-9a-f]{7,40})(?:$|[^\p{L}\p{N}])/iu;

/** Foreign text as Markdown: plain words stay text, every other run of words is a code span. */
export function markdownText(text: string): PhrasingContent[] {
  const shown = terminalText(text);
  if (PLAIN_SENTENCE.test(shown) && !HOLDS_REFERENCE.test(shown)) return [{ type: 'text', value: shown }];
  const nodes: (Text | InlineCode)[] = [];
  for (const [index, word] of shown.split(' ').filter(Boolean).entries()) {
    append(nodes, index === 0 ? '' : ' ', splitWord(word));
  }
  return nodes.map((node) => (node.type === 'inlineCode' ? markdownCode(node.value) : node));
}

interface Word {
  /** Plain punctuation around the word. */
  readonly before: string;
  readonly word: string;
  readonly after: string;
}

// No word of a sentence is longer; a bound also keeps the search for punctuation short.
const LONGEST_WORD = 200;

function splitWord(text: string): Word {
  if (text.length > LONGEST_WORD) return { before: '', word: text, after: '' };
  const [, before = '', word = '', after = ''] = PUNCTUATION.exec(text) ?? [];
  return word === '' ? { before: '', word: text, after: '' } : { before, word, after };
}

function append(nodes: (Text | InlineCode)[], gap: string, { before, word, after }: Word): void {
  const last = nodes.at(-1);
  if (PLAIN_WORD.test(word) && !HOST_REFERENCE.test(word)) {
    appendText(nodes, gap + before + word + after);
    return;
  }
  if (last?.type === 'inlineCode' && before === '') last.value += gap + word;
  else {
    appendText(nodes, gap + before);
    nodes.push({ type: 'inlineCode', value: word });
  }
  appendText(nodes, after);
}

function appendText(nodes: (Text | InlineCode)[], value: string): void {
  const last = nodes.at(-1);
  if (value === '') return;
  if (last?.type === 'text') last.value += value;
  else nodes.push({ type: 'text', value });
}

/** The address as a browser would open it, when it is http(s) without credentials; otherwise `undefined`. */
export function safeUrl(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return web && url.username === '' && url.password === '' ? url.href : undefined;
}

const HTML_ENTITIES: Readonly<Partial<Record<string, string>>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

// Most of a report is such text, and one look at it is enough.
const PLAIN_IN_HTML = /^[\w ,.:;()[\]{}/@+=|~^%$*!?-]*$/;

/** Foreign text inside an element or a quoted attribute of HTML. What a build agent would obey in it stays the same to read. */
export function htmlText(text: string): string {
  if (PLAIN_IN_HTML.test(text) && !text.includes('::')) return text.trim();
  return visible(text)
    .replace(/[&<>"'`]/g, (char) => HTML_ENTITIES[char] ?? char)
    .replace(AGENT_COMMAND, '#&#35;')
    .replace(/:(?=:)/g, '&#58;');
}

/** Foreign text inside a workflow command: as its message (`data`) or as the value of one of its properties. */
export function escapeWorkflowCommand(text: string, place: 'data' | 'property'): string {
  const data = terminalText(text).replace(/%/g, '%25');
  return place === 'data' ? data : data.replace(/:/g, '%3A').replace(/,/g, '%2C');
}
