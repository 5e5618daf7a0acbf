/** Finds the JSON document in what a tool printed, when warnings stand before it or errors after it. */

const MOST_TRIES = 20;

/** The document, or `undefined` when there is none: nothing, cut off, or no JSON. */
export function findDocument(text: string): unknown {
  const whole = parse(text);
  if (whole !== undefined) return whole;
  const end = text.lastIndexOf('}') + 1;
  for (const start of [...text.matchAll(/^[ \t]*\{/gm)].slice(0, MOST_TRIES)) {
    const document = parse(text.slice(start.index, end));
    if (document !== undefined) return document;
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
