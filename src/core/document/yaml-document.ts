/** Parses YAML into a plain value that still knows where every key and value stands; hostile input is a list of faults. */
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document, Pair } from 'yaml';

/** A path of keys and indexes, as zod gives it. */
export type KeyPath = readonly PropertyKey[];

/** A place in the text; 1-based. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

/** Why a text is no document; 1:1 where the text as a whole is meant. */
export interface YamlFault extends Spot {
  /** In the parser's words: foreign text. */
  readonly detail: string;
}

export interface YamlDocument {
  readonly value: unknown;
  /** Where the value at `path` stands; for a missing one the nearest that holds it. */
  spotOf(path: KeyPath): Spot;
  /** Where the key `key` of the map at `path` stands. */
  spotOfKey(path: KeyPath, key: string): Spot;
}

/** What a kind of file may hold beyond plain YAML 1.2. */
export interface YamlDialect {
  /** `<<` merges maps, and tags the parser does not know are let through, as CI services have it. */
  readonly merge: boolean;
}

/** More than any file written by a person; a parser takes seconds for much more. */
const MOST_CHARACTERS = 256 * 1024;

/** How often anchors may be expanded in all: enough for a shared list, too little for a bomb. */
const MOST_ALIASES = 50;

const PLAIN: YamlDialect = { merge: false };

/** The document of `text`, or every reason why it is none. Never throws. */
export function parseYaml(text: string, { merge }: YamlDialect = PLAIN): YamlDocument | readonly YamlFault[] {
  if (text.length > MOST_CHARACTERS) return whole(`The file is longer than ${MOST_CHARACTERS} characters`);
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      uniqueKeys: true,
      merge,
      prettyErrors: false,
      stringKeys: !merge,
      logLevel: 'silent',
    });
    const complaints = merge ? document.errors : [...document.errors, ...document.warnings];
    if (complaints.length > 0)
      return complaints.map(({ pos, message }) => ({ ...toSpot(lines, pos[0]), detail: message }));
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return {
      value,
      spotOf: (path) => spotOf(document, lines, path),
      spotOfKey: (path, key) => spotOfKey(document, lines, path, key),
    };
  } catch (error) {
    return whole(error instanceof Error ? error.message : 'The file cannot be read');
  }
}

function whole(detail: string): readonly YamlFault[] {
  return [{ line: 1, column: 1, detail }];
}

function toSpot(lines: LineCounter, offset: number): Spot {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function spotOf(document: Document, lines: LineCounter, path: KeyPath): Spot {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined) return toSpot(lines, start);
  }
  return { line: 1, column: 1 };
}

function spotOfKey(document: Document, lines: LineCounter, path: KeyPath, key: string): Spot {
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  const pair = isMap(map) ? map.items.find((item) => isKey(item, key)) : undefined;
  const start = isNode(pair?.key) ? pair.key.range?.[0] : undefined;
  return start === undefined ? spotOf(document, lines, path) : toSpot(lines, start);
}

function isKey(item: unknown, key: string): item is Pair {
  return isPair(item) && isScalar(item.key) && String(item.key.value) === key;
}
