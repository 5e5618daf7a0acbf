/** Decides which rows a reader asked for, and in which order. Touches no page. */

/** What is known of a row. `index` is its place by urgency; `text` is in lower case. */
export interface Row {
  readonly index: number;
  readonly severity: string;
  readonly state: string;
  readonly target: string;
  readonly package: string;
  readonly text: string;
}

/** An empty choice asks for all. Every one of `words` has to be there. */
export interface Asked {
  readonly words: readonly string[];
  readonly severity: string;
  readonly state: string;
  readonly target: string;
  /** `urgency`, `severity`, `package` or `target`. */
  readonly sort: string;
}

export function isAsked(row: Row, { words, severity, state, target }: Asked): boolean {
  return (
    (severity === '' || row.severity === severity) &&
    (state === '' || row.state === state) &&
    (target === '' || row.target === target) &&
    words.every((word) => row.text.includes(word))
  );
}

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'unknown'];

/** Ties keep the order of urgency. */
export function compareRows(a: Row, b: Row, key: string): number {
  return compareBy(a, b, key) || a.index - b.index;
}

function compareBy(a: Row, b: Row, key: string): number {
  if (key === 'severity') return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  if (key === 'package') return compareText(a.package, b.package);
  return key === 'target' ? compareText(a.target, b.target) : 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
