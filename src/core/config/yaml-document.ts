/** Parses YAML into a plain value with the place of every key and value; refuses what YAML allows and a configuration does not need. */
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import { notYaml } from './config-problem.ts';
import type { ConfigProblem, Place } from './config-problem.ts';
import type { Document, Pair } from 'yaml';

/** A path of keys and indexes, as zod gives it. */
export type KeyPath = readonly PropertyKey[];

export interface YamlDocument {
  readonly value: unknown;
  /** Where the value at `path` stands; for a missing one the nearest that holds it. */
  placeOf(path: KeyPath): Place;
  /** Where the key `key` of the map at `path` stands. */
  placeOfKey(path: KeyPath, key: string): Place;
}

/** More than any configuration needs; a parser takes seconds for much more. */
const MOST_CHARACTERS = 256 * 1024;

/** How often anchors may be expanded in all: enough for a shared list, too little for a bomb. */
const MOST_ALIASES = 50;

/** The document of `text`, or every reason why it is none. */
export function parseYaml(text: string, file: string): YamlDocument | readonly ConfigProblem[] {
  if (text.length > MOST_CHARACTERS)
    return [notYaml({ file, line: 1, column: 1 }, `The file is longer than ${MOST_CHARACTERS} characters`)];
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: true,
    merge: false,
    prettyErrors: false,
    stringKeys: true,
  });
  const complaints = [...document.errors, ...document.warnings];
  if (complaints.length > 0)
    return complaints.map(({ pos, message }) => notYaml(toPlace(file, lines, pos[0]), message));
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return {
      value,
      placeOf: (path) => placeOf(document, file, lines, path),
      placeOfKey: (path, key) => placeOfKey(document, file, lines, path, key),
    };
  } catch (error) {
    return [notYaml({ file, line: 1, column: 1 }, error instanceof Error ? error.message : 'The file cannot be read')];
  }
}

function toPlace(file: string, lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}

function placeOf(document: Document, file: string, lines: LineCounter, path: KeyPath): Place {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined) return toPlace(file, lines, start);
  }
  return { file, line: 1, column: 1 };
}

function placeOfKey(document: Document, file: string, lines: LineCounter, path: KeyPath, key: string): Place {
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  const pair = isMap(map) ? map.items.find((item) => isKey(item, key)) : undefined;
  const start = isNode(pair?.key) ? pair.key.range?.[0] : undefined;
  return start === undefined ? placeOf(document, file, lines, path) : toPlace(file, lines, start);
}

function isKey(item: unknown, key: string): item is Pair {
  return isPair(item) && isScalar(item.key) && String(item.key.value) === key;
}
