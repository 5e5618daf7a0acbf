/** Finds a report in a file that may hold warnings before it and a last sentence after it. */
import { parseJson } from '../../model/json.ts';

const MOST_TRIES = 20;

/** What `read` makes of it; undefined when there is none, or a second: nothing, cut off, an error, another document, two reports in a row. */
export function findReport<T>(text: string, read: (document: unknown) => T | undefined): T | undefined {
  const bare = text.replace(/^\ufeff/, '');
  const whole = read(parseJson(bare));
  if (whole !== undefined) return whole;
  const end = Math.max(bare.lastIndexOf('}'), bare.lastIndexOf(']')) + 1;
  for (const start of [...bare.matchAll(/^[ \t]*[{[]/gm)].slice(0, MOST_TRIES)) {
    const report = read(parseJson(bare.slice(start.index, end)));
    if (report !== undefined) return findReport(bare.slice(0, start.index), read) === undefined ? report : undefined;
  }
  return undefined;
}
