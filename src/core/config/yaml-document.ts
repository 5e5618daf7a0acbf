/** Reads a configuration's YAML: places name the file, and what makes it no document is a problem of the configuration. */
import { parseYaml as parse } from '../document/yaml-document.ts';
import { notYaml } from './config-problem.ts';
import type { KeyPath } from '../document/yaml-document.ts';
import type { ConfigProblem, Place } from './config-problem.ts';

export interface YamlDocument {
  readonly value: unknown;
  /** Where the value at `path` stands; for a missing one the nearest that holds it. */
  placeOf(path: KeyPath): Place;
  /** Where the key `key` of the map at `path` stands. */
  placeOfKey(path: KeyPath, key: string): Place;
}

/** The document of `text`, or every reason why it is none. */
export function parseYaml(text: string, file: string): YamlDocument | readonly ConfigProblem[] {
  const parsed = parse(text);
  if (!('value' in parsed)) return parsed.map(({ line, column, detail }) => notYaml({ file, line, column }, detail));
  return {
    value: parsed.value,
    placeOf: (path) => ({ file, ...parsed.spotOf(path) }),
    placeOfKey: (path, key) => ({ file, ...parsed.spotOfKey(path, key) }),
  };
}
