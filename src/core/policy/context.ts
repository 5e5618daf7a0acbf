/** Decides from headings and introductions what the times below them are for, and whose vulnerabilities they are about. */
import { readElements } from './elements.ts';
import { purposesOf } from './sentence.ts';
import { buildLexicon, longestPhrase, type Lexicon } from '../document/phrases.ts';
import { tokenize } from '../document/tokens.ts';
import { VOCABULARIES } from './vocabularies.ts';
import type { Surroundings } from './block.ts';
import type { Area, StatedPurpose } from './statement.ts';
import { once } from '../model/once.ts';

/**
 * The texts above a block, nearest first. Of an introduction only the last sentence introduces, and a document's title
 * above other headings says what the project is, not what a list is for.
 */
export function textsAbove({ items, intro, headings }: Surroundings): readonly string[] {
  const titled = headings.length > 1 && headings.at(-1)?.rank === 1;
  return [
    ...items.map(({ text }) => text.text),
    ...(intro === null ? [] : [lastSentence(intro.text)]),
    ...(titled ? headings.slice(0, -1) : headings).map(({ text }) => text.text),
  ];
}

/** What one text says a time is for; `unclear` when it says nothing about it. */
export function purposeOf(text: string): StatedPurpose {
  const purposes = purposesOf(readElements(text, {}));
  if (purposes.size === 2) return 'mixed';
  return purposes.has('fix') ? 'fix' : purposes.has('other') ? 'other' : 'unclear';
}

/** The purpose that the nearest text with any states. */
export function nearestPurpose(texts: readonly string[]): StatedPurpose {
  return texts.map(purposeOf).find((purpose) => purpose !== 'unclear') ?? 'unclear';
}

/** The area that the nearest text with any states; a text that names both areas states neither. */
export function nearestArea(texts: readonly string[]): Area {
  for (const text of texts) {
    const areas = areasOf(text);
    if (areas.size > 0) return areas.size === 1 ? ([...areas][0] ?? 'generic') : 'generic';
  }
  return 'generic';
}

/** Whether none of the texts says that what follows is an example, a draft or an old policy. */
export function isInForce(texts: readonly string[]): boolean {
  return !texts.some((text) => topicsOf(text).has('not-in-force'));
}

/** Whether a text says that the times of its section are not what they say. */
export function altersTimes(text: string): boolean {
  return topicsOf(text).has('altered');
}

type Topic = Area | 'not-in-force' | 'altered';

const topicLexicon = once((): Lexicon<Topic> =>
  buildLexicon([
    ...VOCABULARIES.map(({ alters }) => [alters, 'altered'] as const),
    ...VOCABULARIES.map(({ notInForce }) => [notInForce, 'not-in-force'] as const),
    ...VOCABULARIES.map(({ reportingArea }) => [reportingArea, 'reporting'] as const),
    ...VOCABULARIES.map(({ dependencyArea }) => [dependencyArea, 'dependency'] as const),
  ]),
);

function areasOf(text: string): ReadonlySet<Area> {
  return new Set([...topicsOf(text)].filter((topic) => topic !== 'not-in-force' && topic !== 'altered'));
}

function topicsOf(text: string): ReadonlySet<Topic> {
  const lexicon = topicLexicon();
  const tokens = tokenize(text);
  const topics = new Set<Topic>();
  for (let index = 0; index < tokens.length;) {
    const entry = longestPhrase(lexicon, tokens, index);
    if (entry !== undefined) topics.add(entry.meaning);
    index += entry?.length ?? 1;
  }
  return topics;
}

function lastSentence(text: string): string {
  return text.split(/[.!?。！？\v]+(?=\s|$|\v)/u).findLast((sentence) => sentence.trim() !== '') ?? text;
}
