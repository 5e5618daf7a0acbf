/** What the words of a language mean for promises. One file a language below `words/`. */
import type { Phrases } from '../document/phrases.ts';

/**
 * Phrases by the plain English that the recognisers know; those under the empty word change nothing. A word that no list
 * holds leaves its sentence half understood, and then nothing is told of it: a list holds only what has one meaning in a promise.
 */
export type Glossary = Readonly<Record<string, Phrases>>;
