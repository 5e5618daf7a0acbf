/** Parses JSON from outside, where a text that is none is an answer like any other. */

/** The value, or `undefined` when the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
