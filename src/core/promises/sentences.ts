/** Cuts a paragraph into sentences, each with the line it begins on. */
import { HARD_BREAK, lineAt, type LinedText } from '../document/lined-text.ts';

export interface PlacedSentence {
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

// A full stop before a capital but not before a month (in German the stop makes the number of a day), a hard break, a line that ends with a colon, a line that begins with a label.
const BOUNDARY =
  /[.!?]["')\]]*\s+(?!(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b)(?=[\p{Lu}\p{Extended_Pictographic}"'(])|[。！？]|\v|(?<=:)\n|\n(?=\p{Lu}[^\n:]{0,40}:(?:\s|$))/gu;

/** The sentences in order; white space runs are one blank. */
export function splitSentences(lined: LinedText): readonly PlacedSentence[] {
  const sentences: PlacedSentence[] = [];
  let start = 0;
  for (const match of [...lined.text.matchAll(BOUNDARY), null]) {
    const end = match === null ? lined.text.length : match.index + match[0].trimEnd().length;
    const raw = lined.text.slice(start, end);
    const lead = raw.length - raw.trimStart().length;
    const text = raw.replaceAll(HARD_BREAK, ' ').replace(/\s+/g, ' ').trim();
    if (text !== '') sentences.push({ text, line: lineAt(lined, start + lead) });
    start = end;
  }
  return sentences;
}
