/** Reads output of one JSON object a line, among lines of other kinds that stand beside it. */
import { isObject } from '../../string-map.ts';
import { parseJson } from '../../../../model/json.ts';

/** The objects in their order; `cut` when a line begins as one and is none. */
export function readJsonLines(text: string): readonly Readonly<Record<string, unknown>>[] | 'cut' {
  const objects: Readonly<Record<string, unknown>>[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('{')) continue;
    const value = parseJson(line);
    if (!isObject(value)) return 'cut';
    objects.push(value);
  }
  return objects;
}
