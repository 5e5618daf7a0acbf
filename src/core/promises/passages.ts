/** Cuts a Markdown document into passages: the sentences, list items, table rows and code blocks that may promise something. */
import { inlineText, joinLined } from '../document/lined-text.ts';
import { whyTooComplex } from '../document/markdown-limits.ts';
import { parseMarkdown } from '../document/parse-markdown.ts';
import { inlineFacts, type InlineFacts } from './inline-facts.ts';
import { splitSentences } from './sentences.ts';
import type { Heading, List, ListItem, Paragraph, RootContent, Table } from 'mdast';
import type { Passage } from '../model/promise.ts';

export type PassageReading =
  | { readonly ok: true; readonly passages: readonly Passage[] }
  /** `reason` is a clause. */
  | { readonly ok: false; readonly reason: string };

/** Deeper than any document a person writes. */
const DEEPEST = 32;

/** The passages of a document in order; or why it is not parsed. */
export function readPassages(file: string, markdown: string): PassageReading {
  const reason = whyTooComplex(markdown);
  if (reason !== null) return { ok: false, reason };
  const walk: Walk = { file, passages: [], headings: [], section: 0 };
  walkNodes(parseMarkdown(markdown).children, { items: [], depth: 0 }, walk);
  return { ok: true, passages: walk.passages };
}

interface Walk {
  readonly file: string;
  readonly passages: Passage[];
  /** Nearest first. */
  headings: readonly { readonly text: string; readonly rank: number }[];
  section: number;
}

interface Place {
  /** What encloses or introduces the nodes, nearest first, without the headings. */
  readonly items: readonly string[];
  readonly depth: number;
}

function walkNodes(nodes: readonly RootContent[], place: Place, walk: Walk): void {
  if (place.depth > DEEPEST) return;
  let intro: readonly string[] = [];
  for (const node of nodes) {
    walkNode(node, { items: [...intro, ...place.items], depth: place.depth + 1 }, walk);
    if (node.type === 'paragraph') intro = [inlineText(node.children).text];
    // A list or a block of code after another belongs to the same introduction.
    else if (node.type !== 'code' && node.type !== 'html') intro = [];
  }
}

function walkNode(node: RootContent, place: Place, walk: Walk): void {
  switch (node.type) {
    case 'heading': {
      addHeading(node, walk);
      return;
    }
    case 'paragraph': {
      // What introduces a paragraph is the paragraph before it, and that is another thought.
      addSentences(node, { ...place, items: place.items.slice(1) }, walk);
      return;
    }
    case 'list': {
      walkList(node, place, walk);
      return;
    }
    case 'table': {
      addRows(node, place, walk);
      return;
    }
    case 'code': {
      add(walk, place, { kind: 'code', line: lineOf(node), text: node.value, links: [], codes: [] });
      return;
    }
    case 'blockquote': {
      walkNodes(node.children, { ...place, items: place.items.slice(1) }, walk);
      return;
    }
  }
}

type Draft = Pick<Passage, 'kind' | 'line' | 'text' | 'links' | 'codes'> & Partial<Passage>;

function add({ file, passages, headings, section }: Walk, { items }: Place, draft: Draft): void {
  passages.push({ ...draft, file, section, above: [...items, ...headings.map(({ text }) => text)] });
}

function addHeading(node: Heading, walk: Walk): void {
  const { text } = inlineText(node.children);
  walk.headings = walk.headings.filter(({ rank }) => rank < node.depth);
  walk.section = lineOf(node);
  add(walk, { items: [], depth: 0 }, { kind: 'heading', line: walk.section, text, ...inlineFacts([node]) });
  walk.headings = [{ text, rank: node.depth }, ...walk.headings];
}

/** A label that ends with a colon introduces the sentences after it. */
function addSentences(node: Paragraph, place: Place, walk: Walk): void {
  const facts = inlineFacts([node]);
  const sentences = splitSentences(inlineText(node.children));
  let label: readonly string[] = [];
  for (const [index, { text, line }] of sentences.entries()) {
    const until = sentences[index + 1]?.line ?? Infinity;
    const draft = { kind: 'sentence', line, text, ...factsBetween(facts, text, line, until) } as const;
    add(walk, { ...place, items: [...label, ...place.items] }, draft);
    label = text.endsWith(':') ? [text] : [];
  }
}

/** A link or code that stands in several sentences of one line belongs to those that hold its words. */
function factsBetween(facts: InlineFacts, text: string, from: number, until: number): Pick<Passage, 'links' | 'codes'> {
  const isNear = ({ line, text: words }: InlineFacts['places'][number]): boolean =>
    line >= from && line <= until && text.includes(words);
  return {
    links: facts.places.filter(isNear).map(({ address }) => address),
    codes: facts.codes.filter((code) => text.includes(code)),
  };
}

function walkList(node: List, place: Place, walk: Walk): void {
  for (const item of node.children) addItem(item, place, walk);
}

function addItem(item: ListItem, place: Place, walk: Walk): void {
  const paragraphs = item.children.filter((child) => child.type === 'paragraph');
  const { text } = joinLined(paragraphs.map(({ children }) => inlineText(children)));
  const { links, codes } = inlineFacts(paragraphs);
  const box = typeof item.checked === 'boolean' ? { checked: item.checked } : {};
  add(walk, place, { kind: 'item', line: lineOf(item), text: text.replaceAll('\v', ' '), links, codes, ...box });
  const nested = item.children.filter((child) => child.type !== 'paragraph');
  walkNodes(nested, { items: [text, ...place.items], depth: place.depth }, walk);
}

function addRows(table: Table, place: Place, walk: Walk): void {
  const [header = [], ...rows] = table.children.map((row) =>
    row.children.map(({ children }) => inlineText(children).text),
  );
  for (const [index, cells] of rows.entries()) {
    const row = table.children[index + 1];
    if (row === undefined) continue;
    const { links, codes } = inlineFacts([row]);
    add(walk, place, { kind: 'row', line: lineOf(row), text: cells.join(' | '), links, codes, header, cells });
  }
}

function lineOf({ position }: RootContent): number {
  return position?.start.line ?? 1;
}
