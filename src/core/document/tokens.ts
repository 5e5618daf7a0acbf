/** Cuts text into tokens in any of the languages a policy is read in: numbers, words, single CJK characters, marks. */

export interface Token {
  /** Lower case, without accents, full-width forms folded. */
  readonly text: string;
  readonly start: number;
  /** Offset after the last character. */
  readonly end: number;
}

// In this order: decoration (dropped), a hard break, numbers, CJK characters one by one, words, and any other mark.
const SHAPE =
  /(?<decoration>[0-9#*]\uFE0F?\u20E3|:[a-z][a-z0-9_+-]*:|[\p{Extended_Pictographic}\uFE0F\u200D\u{1F3FB}-\u{1F3FF}\u{1F1E6}-\u{1F1FF}])|\v|\p{Nd}+(?:[.,]\p{Nd}+)*|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30FC]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\p{L}\p{M}*)+(?:['\u2019]\p{L}+)*|\S/gu;

/** The tokens of `text`. Emoji and `:shortcodes:` are decoration and leave none. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(SHAPE)) {
    if (match.groups?.['decoration'] !== undefined) continue;
    tokens.push({ text: normalize(match[0]), start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}

function normalize(raw: string): string {
  if (/^[\x21-\x40\x5b-\x7e]+$/.test(raw)) return raw;
  const folded = raw.normalize('NFKC').toLowerCase().normalize('NFD');
  return folded
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll('\u2019', "'");
}
