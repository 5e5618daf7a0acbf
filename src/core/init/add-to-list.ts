/** Adds items to a list of a YAML file somebody wrote, and changes nothing else in it: no comment, quote or line end. */
import { isMap, isNode, isSeq, parseDocument, stringify } from 'yaml';
import type { Document, Node, YAMLSeq } from 'yaml';

/**
 * The text with `items` at the end of the list at the top-level key `key`, which is made where there is none. `null` where
 * the text is no map without a fault, or something else than a list stands there.
 */
export function addToList(text: string, key: string, items: readonly object[]): string | null {
  const document = parse(text);
  if (document === null) return null;
  const list = document.get(key, true);
  if (list !== undefined && list !== null && !isSeq(list) && !isEmpty(list)) return null;
  const meant = parse(text);
  if (meant === null) return null;
  const inPlace =
    isSeq(list) && list.flow !== true ? insertAfter(text, list, items) : appendKey(document, text, key, items);
  const rewritten = rewrite(meant, key, items);
  return inPlace !== null && saysTheSame(inPlace, rewritten) ? inPlace : withLineEnds(rewritten, text);
}

function parse(text: string): Document | null {
  const document = parseDocument(text, { logLevel: 'silent' });
  return document.errors.length === 0 && isMap(document.contents) ? document : null;
}

function isEmpty(node: unknown): boolean {
  return isNode(node) && node.toJSON() === null;
}

/** Below the last item, indented as the first one is. */
function insertAfter(text: string, list: YAMLSeq, items: readonly object[]): string | null {
  const [first, last] = [list.items[0], list.items.at(-1)] as readonly (Node | undefined)[];
  const [start, end] = [first?.range?.[0], last?.range?.[1]];
  if (start === undefined || end === undefined) return null;
  const indent = /^([^\S\n]*)-/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1))?.[1];
  if (indent === undefined) return null;
  const lineEnd = text.indexOf('\n', text.slice(0, end).trimEnd().length);
  const at = lineEnd === -1 ? text.length : lineEnd + 1;
  const spaced = /\n\r?\n[^\S\n]*(?:#.*\r?\n[^\S\n]*)*- /.test(text.slice(start, end));
  const head = text.slice(0, at);
  const written = items.map((item) => (spaced ? '\n' : '') + itemText(item, indent)).join('');
  return head + (head.endsWith('\n') ? '' : '\n') + matchEnds(written, text) + text.slice(at);
}

/** At the end of the file, where the key is not there at all. */
function appendKey(document: Document, text: string, key: string, items: readonly object[]): string | null {
  if (document.has(key)) return null;
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  return text + matchEnds(`${gap}${key}:\n${items.map((item) => itemText(item, '  ')).join('')}`, text);
}

function itemText(item: object, indent: string): string {
  const lines = stringify(item, { lineWidth: 0 }).trimEnd().split('\n');
  return lines.map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}\n`).join('');
}

/** What is meant, whatever it looks like: the measure of the other way, and the answer where there is none. */
function rewrite(document: Document, key: string, items: readonly object[]): string {
  const known = document.get(key, true);
  const list = isSeq(known) ? known : (document.createNode([]) as YAMLSeq);
  list.flow = false;
  for (const item of items) list.add(document.createNode(item));
  document.set(key, list);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function saysTheSame(a: string, b: string): boolean {
  const documents = [a, b].map(parse);
  const [one, other] = documents.map((document) => JSON.stringify(document?.toJS({ maxAliasCount: 50 })));
  return one !== undefined && one === other;
}

function withLineEnds(written: string, like: string): string {
  return matchEnds(written.replaceAll('\r\n', '\n'), like);
}

function matchEnds(written: string, like: string): string {
  return like.includes('\r\n') ? written.replaceAll('\n', '\r\n') : written;
}
