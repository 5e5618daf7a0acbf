/** The languages promises are read in beside English. A language is one file below `words/` and one line here. */
import { chinese } from './words/chinese.ts';
import { french } from './words/french.ts';
import { german } from './words/german.ts';
import { indonesian } from './words/indonesian.ts';
import { italian } from './words/italian.ts';
import { japanese } from './words/japanese.ts';
import { portuguese } from './words/portuguese.ts';
import { spanish } from './words/spanish.ts';
import type { Glossary } from './glossary.ts';

/** A sentence is read in the one that knows most of its words. */
export const GLOSSARIES: readonly Glossary[] = [
  german,
  french,
  spanish,
  portuguese,
  italian,
  indonesian,
  chinese,
  japanese,
];
