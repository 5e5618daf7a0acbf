/** Decides from headings and introductions what the times below them are for, and whose vulnerabilities they are about. */
import { readElements } from './elements.ts';
import { buildLexicon, longestPhrase } from './lexicon.ts';
import { tokenize } from './tokens.ts';
import { VOCABULARIES } from './vocabularies.ts';
import type { Surroundings } from './block.ts';
import type { Lexicon } from './lexicon.ts';
import type { Area, StatedPurpose } from './statement.ts';

/** The texts above a block, nearest first. Of an introduction only the last sentence introduces. */
export function textsAbove({ items, intro, headings }: Surroundings): readonly string[] {
  return [
    ...items.map(({ text }) => text.text),
    ...(intro === null ? [] : [lastSentence(intro.text)]),
    ...headings.map(({ text }) => text.text),
  ];
}

/** What one text says a time is for; `unclear` when it says nothing about it. */
export function purposeOf(text: string): StatedPurpose {
  const purposes = new Set(
    readElements(text, {}).flatMap((element) => (element.is === 'purpose' ? [element.purpose] : [])),
  );
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

let areaLexicon: Lexicon<Area> | undefined;

function areasOf(text: string): ReadonlySet<Area> {
  areaLexicon ??= buildLexicon([
    ...VOCABULARIES.map(({ reportingArea }) => [reportingArea, 'reporting'] as const),
    ...VOCABULARIES.map(({ dependencyArea }) => [dependencyArea, 'dependency'] as const),
  ]);
  const tokens = tokenize(text);
  const areas = new Set<Area>();
  for (let index = 0; index < tokens.length;) {
    const entry = longestPhrase(areaLexicon, tokens, index);
    if (entry !== undefined) areas.add(entry.meaning);
    index += entry?.tokens.length ?? 1;
  }
  return areas;
}

function lastSentence(text: string): string {
  return text.split(/[.!?。！？\v]+(?=\s|$|\v)/u).findLast((sentence) => sentence.trim() !== '') ?? text;
}
