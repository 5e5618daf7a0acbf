/** Walks a parsed Markdown document and lists the blocks that may state a policy. Code blocks and comments state none. */
import { inlineText, joinLined } from '../document/lined-text.ts';
import { parseMarkdown } from '../document/parse-markdown.ts';
import type { Block, Surroundings } from './block.ts';
import type { LinedText } from '../document/lined-text.ts';
import type { Blockquote, Heading, List, ListItem, RootContent, Table } from 'mdast';

/** A marker comment and whether something readable follows it. */
export interface Marker {
  readonly line: number;
  readonly selects: boolean;
}

export interface Document {
  readonly blocks: readonly Block[];
  readonly markers: readonly Marker[];
}

const MARKER = /^<!--\s*fixby:policy\s*-->$/;

/** Deeper than any document a person writes. */
const DEEPEST = 32;

type Headings = Surroundings['headings'];

interface Walk {
  readonly blocks: Block[];
  readonly markers: Marker[];
}

interface Place {
  readonly items: Surroundings['items'];
  /** The list that holds the nodes, or null outside of lists. */
  readonly list: string | null;
  readonly depth: number;
}

/** Reads Markdown that `whyTooComplex` (document/markdown-limits.ts) had nothing against. */
export function readDocument(markdown: string): Document {
  const root = parseMarkdown(markdown);
  const walk: Walk = { blocks: [], markers: [] };
  walkNodes(root.children, { items: [], list: null, depth: 0 }, [], walk);
  return walk;
}

/** Walks siblings; a heading reaches from its place to the next of its rank. */
function walkNodes(nodes: readonly RootContent[], place: Place, outer: Headings, walk: Walk): void {
  if (place.depth > DEEPEST) return;
  let headings = outer;
  let marked = false;
  let intro: LinedText | null = null;
  for (const node of nodes) {
    if (node.type === 'heading') headings = walkHeading(node, place, headings, outer, walk);
    else if (isMarker(node)) walk.markers.push({ line: node.position?.start.line ?? 1, selects: false });
    else walkNode(node, place, { items: place.items, intro, headings, section: sectionOf(headings), marked }, walk);
    intro = node.type === 'paragraph' ? inlineText(node.children) : null;
    marked = isMarker(node);
  }
}

/** The headings above what follows `heading`, nearest first. */
function walkHeading(heading: Heading, { items }: Place, before: Headings, outer: Headings, walk: Walk): Headings {
  const above = before.filter((other) => outer.includes(other) || other.rank < heading.depth);
  const text = inlineText(heading.children);
  const container = sectionOf(above);
  walk.blocks.push({
    kind: 'heading',
    text,
    container,
    items,
    intro: null,
    headings: above,
    section: container,
    marked: false,
  });
  return [{ text, container, rank: heading.depth }, ...above];
}

function isMarker(node: RootContent): boolean {
  return node.type === 'html' && MARKER.test(node.value);
}

function walkNode(node: RootContent, place: Place, surroundings: Surroundings, walk: Walk): void {
  if (surroundings.marked) confirmMarker(node, walk);
  if (node.type === 'paragraph' && place.list === null) {
    walk.blocks.push({
      ...surroundings,
      kind: 'paragraph',
      text: inlineText(node.children),
      container: surroundings.section,
    });
  } else if (node.type === 'list') walkList(node, place, surroundings, walk);
  else if (node.type === 'table') walk.blocks.push(tableBlock(node, surroundings));
  else if (node.type === 'blockquote' && !isQuotedDocument(node))
    walkNodes(node.children, { ...place, depth: place.depth + 1 }, surroundings.headings, walk);
}

/** What has headings of its own is somebody else's page; without any it is a box in this one. */
function isQuotedDocument({ children }: Blockquote): boolean {
  return children.some(({ type }) => type === 'heading');
}

function confirmMarker(node: RootContent, { markers }: Walk): void {
  const marker = markers.at(-1);
  const selects = node.type === 'paragraph' || node.type === 'list' || node.type === 'table';
  if (marker !== undefined) markers[markers.length - 1] = { ...marker, selects };
}

function walkList(list: List, place: Place, surroundings: Surroundings, walk: Walk): void {
  const container = `list:${list.position?.start.offset ?? 0}`;
  for (const item of list.children) walkItem(item, container, place, surroundings, walk);
}

function walkItem(item: ListItem, container: string, place: Place, surroundings: Surroundings, walk: Walk): void {
  const text = joinLined(
    item.children.flatMap((child) => (child.type === 'paragraph' ? [inlineText(child.children)] : [])),
  );
  walk.blocks.push({ ...surroundings, kind: 'item', text, container });
  const nested = item.children.filter((child) => child.type !== 'paragraph');
  const items = [{ text, container }, ...place.items];
  for (const node of nested) {
    const within: Surroundings = { ...surroundings, items, marked: surroundings.marked && node.type !== 'html' };
    walkNode(node, { items, list: container, depth: place.depth + 1 }, within, walk);
  }
}

function tableBlock(table: Table, surroundings: Surroundings): Block {
  const [header, ...rows] = table.children.map((row) => ({
    cells: row.children.map((cell) => inlineText(cell.children)),
  }));
  const container = `table:${table.position?.start.offset ?? 0}`;
  return { ...surroundings, kind: 'table', header: header ?? { cells: [] }, rows, container };
}

/** Headings side by side are in one section; so are the paragraphs under one heading. */
function sectionOf(headings: Headings): string {
  return `section:${headings[0]?.text.lines[0]?.line ?? 0}`;
}
