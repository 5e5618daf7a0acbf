/** Builds the few Markdown nodes a report is made of; foreign text enters only through the escape module. */
import type { Heading, Link, List, Paragraph, PhrasingContent, RootContent, Table, TableCell, TableRow } from 'mdast';
import { markdownCode, markdownText, safeUrl } from '../escape.ts';

/** A cell or a line: what stands in it, in order. */
export type Phrase = readonly PhrasingContent[];

/** fixby's own words; never foreign text. */
export function own(words: string): Phrase {
  return [{ type: 'text', value: words }];
}

/** Foreign text that is a sentence. */
export function said(text: string): Phrase {
  return markdownText(text);
}

/** Foreign text that is a name, an id or a path. */
export function code(text: string): Phrase {
  return [markdownCode(text)];
}

/** A name that leads to `address`, or only the name when the address is not one to open. */
export function link(name: string, address: string): Phrase {
  const url = safeUrl(address);
  return url === undefined ? code(name) : [{ type: 'link', url, children: [markdownCode(name)] } satisfies Link];
}

/** Phrases set apart by `separator`, which is fixby's own. */
export function join(phrases: readonly Phrase[], separator: string): Phrase {
  return phrases.flatMap((phrase, index) => (index === 0 ? phrase : [...own(separator), ...phrase]));
}

/** A heading of fixby's own words. */
export function heading(depth: Heading['depth'], words: string): Heading {
  return { type: 'heading', depth, children: [...own(words)] };
}

/** One paragraph of the phrases one after another. */
export function paragraph(...phrases: readonly Phrase[]): Paragraph {
  return { type: 'paragraph', children: phrases.flat() };
}

/** A list with one paragraph an entry, numbered when the order matters. */
export function list(entries: readonly Phrase[], ordered = false): List {
  return {
    type: 'list',
    ordered,
    spread: false,
    children: entries.map((entry) => ({ type: 'listItem', spread: false, children: [paragraph(entry)] })),
  };
}

/** A table with a header of fixby's own words. */
export function table(header: readonly string[], rows: readonly (readonly Phrase[])[]): Table {
  return { type: 'table', children: [header.map(own), ...rows].map(row) };
}

function row(cells: readonly Phrase[]): TableRow {
  return { type: 'tableRow', children: cells.map((cell): TableCell => ({ type: 'tableCell', children: [...cell] })) };
}

/** Sections one after another: a heading and what follows it, or nothing where there is nothing to say. */
export type Section = readonly RootContent[];
