/** Finds the JSON document in what a tool printed, when warnings stand before it or errors after it. */
import { parseJson } from '../../model/json.ts';

const MOST_STARTS = 20;
const MOST_ENDS = 5;

/**
 * The document, or `undefined` when there is none: nothing, cut off, or no JSON. It begins and ends at a margin, as npm
 * prints it, so that a piece of a document that was cut off is never taken for one.
 */
export function findDocument(text: string): unknown {
  return locateDocument(text)?.value;
}

/** As `findDocument`, and `undefined` too where a second document stands beside it: which of them is meant, nobody can say. */
export function findOnlyDocument(text: string): unknown {
  const found = locateDocument(text);
  if (found === undefined) return undefined;
  const beside = [text.slice(0, found.start), text.slice(found.end)];
  return beside.some((rest) => locateDocument(rest) !== undefined) ? undefined : found.value;
}

interface Located {
  readonly value: unknown;
  readonly start: number;
  readonly end: number;
}

function locateDocument(text: string): Located | undefined {
  const whole = parseJson(text);
  if (whole !== undefined) return { value: whole, start: 0, end: text.length };
  const starts = [...text.matchAll(/^\{/gm)].map((match) => match.index).slice(0, MOST_STARTS);
  const ends = [...text.matchAll(/\}[ \t\r]*$|^\}/gm)].map((match) => match.index + 1).slice(-MOST_ENDS);
  for (const start of starts) {
    for (const end of ends.toReversed()) {
      const value = end > start ? parseJson(text.slice(start, end)) : undefined;
      if (value !== undefined) return { value, start, end };
    }
  }
  return undefined;
}
