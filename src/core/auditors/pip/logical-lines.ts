/** Splits a requirements file into logical lines exactly as pip does, so that no line pip would install goes unseen. */

/** A line without comment or continuation marks, and the 1-based number of its first physical line. */
export interface LogicalLine {
  readonly text: string;
  readonly line: number;
}

// Python's str.splitlines breaks at more characters than an editor does: what follows one of them is a line to pip.
const LINE_BREAK = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/** Joins continued lines, drops comments and blank lines. https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
export function splitLogicalLines(text: string): readonly LogicalLine[] {
  return joinContinued(text.split(LINE_BREAK))
    .map(({ text: joined, line }) => ({ text: withoutComment(joined).trim(), line }))
    .filter((logical) => logical.text !== '');
}

function joinContinued(physical: readonly string[]): readonly LogicalLine[] {
  const logical: LogicalLine[] = [];
  let parts: string[] = [];
  let first = 1;
  physical.forEach((text, index) => {
    if (parts.length === 0) first = index + 1;
    const comment = /^\s*#/.test(text);
    if (text.endsWith('\\') && !comment) {
      parts.push(text.slice(0, -1));
      return;
    }
    // A comment line ends a continuation and stays a comment.
    logical.push({ text: [...parts, comment ? ` ${text}` : text].join(''), line: first });
    parts = [];
  });
  if (parts.length > 0) logical.push({ text: parts.join(''), line: first });
  return logical;
}

// A `#` inside a word is part of it. Searched by hand: a pattern would take quadratic time on a line of blanks.
function withoutComment(text: string): string {
  for (let at = text.indexOf('#'); at !== -1; at = text.indexOf('#', at + 1)) {
    if (at === 0 || /\s/.test(text.charAt(at - 1))) return text.slice(0, at);
  }
  return text;
}
