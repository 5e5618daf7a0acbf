/** Finds the JSON document in what a tool printed, when warnings stand before it or errors after it. */
import { parseJson } from '../../model/json.ts';

const MOST_STARTS = 20;
const MOST_ENDS = 5;

/**
 * The document, or `undefined` when there is none: nothing, cut off, or no JSON. It begins and ends at a margin, as npm
 * prints it, so that a piece of a document that was cut off is never taken for one.
 */
export function findDocument(text: string): unknown {
  const whole = parseJson(text);
  if (whole !== undefined) return whole;
  const starts = [...text.matchAll(/^\{/gm)].map((match) => match.index).slice(0, MOST_STARTS);
  const ends = [...text.matchAll(/\}[ \t\r]*$|^\}/gm)].map((match) => match.index + 1).slice(-MOST_ENDS);
  for (const start of starts) {
    for (const end of ends.toReversed()) {
      const document = end > start ? parseJson(text.slice(start, end)) : undefined;
      if (document !== undefined) return document;
    }
  }
  return undefined;
}
