/** The languages policies are read in. A language is one file below `words/` and one line here. */
import { chinese } from './words/chinese.ts';
import { english } from './words/english.ts';
import { french } from './words/french.ts';
import { german } from './words/german.ts';
import { indonesian } from './words/indonesian.ts';
import { italian } from './words/italian.ts';
import { japanese } from './words/japanese.ts';
import { portuguese } from './words/portuguese.ts';
import { spanish } from './words/spanish.ts';
import type { Vocabulary } from './vocabulary.ts';

/** All are read at once: a document needs not say which language it is in. */
export const VOCABULARIES: readonly Vocabulary[] = [
  english,
  german,
  french,
  spanish,
  portuguese,
  italian,
  indonesian,
  chinese,
  japanese,
];
