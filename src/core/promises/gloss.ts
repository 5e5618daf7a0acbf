/** Says in the plain English of the recognisers what a passage in another language says, and which of its words it left unread. */
import { buildLexicon, longestPhrase, splitPhrases, type Lexicon } from '../document/phrases.ts';
import { tokenize, type Token } from '../document/tokens.ts';
import { GLOSSARIES } from './glossaries.ts';
import { BORROWED, COMMON_ENGLISH } from './words/english.ts';
import { once } from '../model/once.ts';
import type { Passage } from '../model/promise.ts';

/** A passage as the recognisers see it; an English one is itself. */
export function glossPassage(passage: Passage): Passage {
  const words = glossText(passage.text, passage.codes);
  const inEnglish = (text: string): string => glossText(text, passage.codes)?.text ?? text;
  const { above, header, cells } = passage;
  return {
    ...passage,
    text: words?.text ?? passage.text,
    above: above.map(inEnglish),
    ...(header === undefined ? {} : { header: header.map(inEnglish) }),
    ...(cells === undefined ? {} : { cells: cells.map(inEnglish) }),
    ...(words === null ? {} : { unread: words.unread }),
  };
}

/** A text in English, and the words of it that no list holds. */
export interface Gloss {
  readonly text: string;
  readonly unread: readonly string[];
}

/** `null` for a text that is English, or in no language known here: of one that is, a third of the words are known. `codes` stand in it as they are. */
export function glossText(text: string, codes: readonly string[] = []): Gloss | null {
  if (text.length > MOST_CHARS) return null;
  const stretches = splitVerbatim(text, codes);
  const tokens = stretches.flatMap((stretch) => (stretch.verbatim ? [] : [tokenize(stretch.text)]));
  let best: { readonly lexicon: Lexicon<string>; readonly score: number } | null = null;
  for (const lexicon of lexicons()) {
    const score = tokens.reduce((sum, each) => sum + evidence(each, lexicon), 0);
    if (score > (best?.score ?? 0)) best = { lexicon, score };
  }
  const words = tokens.flat().filter((token) => isWord(token) && !wordsOf(BORROWED).has(token.text));
  const english = words.filter((token) => wordsOf(COMMON_ENGLISH).has(token.text)).length;
  if (best === null || best.score <= english || best.score * 3 < words.length) return null;
  return glossIn(best.lexicon, stretches);
}

/** A sentence is shorter; tables of a whole page are not glossed. */
const MOST_CHARS = 4000;

const known = new Map<string, ReadonlySet<string>>();

function wordsOf(list: string): ReadonlySet<string> {
  const words = known.get(list) ?? new Set(splitPhrases(list));
  known.set(list, words);
  return words;
}

const lexicons = once((): readonly Lexicon<string>[] =>
  GLOSSARIES.map((glossary) =>
    buildLexicon(Object.entries(glossary).map(([english, phrases]) => [phrases, english] as const)),
  ),
);

interface Stretch {
  readonly text: string;
  readonly verbatim: boolean;
}

/** Days, addresses, paths, scoped packages, and names with a dot in them. */
const NAMES = String.raw`\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|https?:\/\/\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@?[\w-]+(?:\/[\w.-]+)+|[\w-]*\.[A-Za-z][\w-]*(?:\.\w+)*`;

function splitVerbatim(text: string, codes: readonly string[]): readonly Stretch[] {
  const escaped = codes
    .filter((code) => code !== '')
    .map((code) => code.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`));
  const pattern = new RegExp([...escaped, NAMES].join('|'), 'g');
  const stretches: Stretch[] = [];
  let start = 0;
  for (const { 0: name, index } of text.matchAll(pattern)) {
    stretches.push({ text: text.slice(start, index), verbatim: false }, { text: name, verbatim: true });
    start = index + name.length;
  }
  return [...stretches, { text: text.slice(start), verbatim: false }];
}

/** How many words of `tokens` a language has and English writes otherwise; a letter alone is no word of any, and a loan word one of all. */
function evidence(tokens: readonly Token[], lexicon: Lexicon<string>): number {
  let count = 0;
  for (let index = 0; index < tokens.length;) {
    const match = longestPhrase(lexicon, tokens, index);
    const isOwn =
      match !== undefined && (match.length > 1 || isTelling(tokens[index])) && tokens[index]?.text !== match.meaning;
    if (isOwn) count += match.length;
    index += match?.length ?? 1;
  }
  return count;
}

function isTelling(token: Token | undefined): boolean {
  const text = token?.text ?? '';
  return isWord(token) && !/^[a-z]$/.test(text) && !wordsOf(BORROWED).has(text);
}

function isWord(token: Token | undefined): boolean {
  return token !== undefined && /^\p{L}/u.test(token.text);
}

function glossIn(lexicon: Lexicon<string>, stretches: readonly Stretch[]): Gloss {
  const parts = stretches.map(({ text, verbatim }) => (verbatim ? { text, unread: [] } : glossStretch(lexicon, text)));
  return {
    text: parts
      .map(({ text }) => text)
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim(),
    unread: parts.flatMap(({ unread }) => unread),
  };
}

function glossStretch(lexicon: Lexicon<string>, text: string): Gloss {
  const tokens = tokenize(text);
  const foreignScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);
  const unread: { start: number; end: number }[] = [];
  let said = '';
  let end = 0;
  for (let index = 0; index < tokens.length;) {
    const token = tokens[index];
    if (token === undefined) break;
    const match = longestPhrase(lexicon, tokens, index);
    const last = tokens[index + (match?.length ?? 1) - 1] ?? token;
    const kept = text.slice(token.start, token.end);
    const gap = match === undefined ? text.slice(end, token.start) : ' ';
    said += match === undefined ? `${gap}${kept}` : ` ${match.meaning} `;
    if (match === undefined && isWord(token) && !isNeutral(token, foreignScript)) {
      const before = unread.at(-1);
      if (before?.end === token.start) before.end = token.end;
      else unread.push({ start: token.start, end: token.end });
    }
    end = last.end;
    index += match?.length ?? 1;
  }
  return { text: `${said}${text.slice(end)}`, unread: unread.map((each) => text.slice(each.start, each.end)) };
}

/** Latin letters among Han and Kana are names. */
function isNeutral({ text }: Token, foreignScript: boolean): boolean {
  return (
    wordsOf(BORROWED).has(text) || (text.length === 1 && /[a-z]/.test(text)) || (foreignScript && /^[a-z]/.test(text))
  );
}
