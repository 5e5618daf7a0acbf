/** Finds the phrases of word lists in text: lists are written by people, one a meaning, and the longest phrase wins. */
import { tokenize, type Token } from './tokens.ts';

/** Phrases, separated by commas. Accents and case do not matter; marks such as a hyphen stand for themselves. */
export type Phrases = string;

/** Phrases by their tokens, joined with blanks, and how many tokens the longest phrase with a first token has. */
export interface Lexicon<T> {
  readonly phrases: ReadonlyMap<string, T>;
  readonly longest: ReadonlyMap<string, number>;
}

/** A phrase that was found: its meaning, and how many tokens it takes. */
export interface Match<T> {
  readonly meaning: T;
  readonly length: number;
}

/**
 * Builds a lexicon. Where two languages give one phrase two meanings, the earlier pair wins: pairs come from the most to
 * the least cautious, so that a word that limits a promise in one language never becomes filler in another.
 */
export function buildLexicon<T>(pairs: Iterable<readonly [Phrases | undefined, T]>): Lexicon<T> {
  const phrases = new Map<string, T>();
  const longest = new Map<string, number>();
  for (const [list, meaning] of pairs) {
    for (const phrase of splitPhrases(list)) {
      const tokens = wordsOf(phrase);
      const [first] = tokens;
      const key = tokens.join(' ');
      if (first === undefined || phrases.has(key)) continue;
      phrases.set(key, meaning);
      longest.set(first, Math.max(longest.get(first) ?? 0, tokens.length));
    }
  }
  return { phrases, longest };
}

/** Most phrases are plain words, and thousands of them are cut before the first line of a document is read. */
function wordsOf(phrase: string): readonly string[] {
  return PLAIN_WORDS.test(phrase) ? phrase.split(' ') : tokenize(phrase).map(({ text }) => text);
}

const PLAIN_WORDS = /^[a-z]+(?: [a-z]+)*$/;

/** The longest phrase of `lexicon` that starts at `tokens[index]`. */
export function longestPhrase<T>(
  { phrases, longest }: Lexicon<T>,
  tokens: readonly Token[],
  index: number,
): Match<T> | undefined {
  const first = tokens[index]?.text ?? '';
  for (let length = Math.min(longest.get(first) ?? 0, tokens.length - index); length > 0; length -= 1) {
    const meaning = phrases.get(
      tokens
        .slice(index, index + length)
        .map(({ text }) => text)
        .join(' '),
    );
    if (meaning !== undefined) return { meaning, length };
  }
  return undefined;
}

/** The single phrases of a list. */
export function splitPhrases(phrases: Phrases | undefined): readonly string[] {
  return (phrases ?? '').split(',').map((phrase) => phrase.trim());
}

/** Every combination of one phrase of each list, in order; an empty phrase leaves its place out. */
export function combine(...lists: readonly Phrases[]): Phrases {
  let combined: readonly string[] = [''];
  for (const list of lists)
    combined = combined.flatMap((start) => splitPhrases(list).map((next) => `${start} ${next}`.trim()));
  return combined.join(',');
}
