/** Reads the sentences of one block: its pairs of severity and window, and what next to a severity could not be understood. */
import { readElements } from './elements.ts';
import { purposesOf, readSentence, splitAt } from './sentence.ts';
import { POLICY_SEVERITIES } from '../model/policy.ts';
import type { Element, GrammarSettings, SeveritySet } from './element.ts';
import type { Pair } from './sentence.ts';
import type { PolicySeverity } from '../model/policy.ts';

/** A pair whose severity is known. */
export interface StatedPair extends Pair {
  readonly set: SeveritySet;
}

export interface TextReading {
  readonly pairs: readonly StatedPair[];
  readonly unread: readonly {
    readonly levels: readonly PolicySeverity[];
    readonly start: number;
    readonly end: number;
    readonly namesWindow: boolean;
  }[];
}

/** Reads `text`; `label` is the severity that stands above it, for sentences that name none. */
export function readText(text: string, label: SeveritySet | null, settings: GrammarSettings): TextReading {
  const sentences = joinLabels(splitAt(readElements(text, settings), 'stop', 'newline'));
  const readings = sentences.map((sentence) => readOne(sentence, label));
  const pairs = readings.flatMap((reading) => reading.pairs);
  const limited = sentences.some((sentence) => sentence.some(({ is }) => is === 'limit'));
  if (limited && pairs.length > 0) return { pairs: [], unread: pairs.map(toUnread) };
  return { pairs, unread: readings.flatMap((reading) => reading.unread) };
}

/** The severities `text` names when it is a label and nothing else; null otherwise. */
export function readLabel(text: string, settings: GrammarSettings): SeveritySet | null {
  const elements = readElements(text, settings).filter(({ is }) => is !== 'newline' && is !== 'purpose');
  const [first, ...others] = elements.flatMap((element) => (element.is === 'severity' ? [element.set] : []));
  if (first === undefined || elements.length !== others.length + 1) return null;
  return others.every((set) => set.levels.join() === first.levels.join() && set.rest === first.rest)
    ? { ...first, loose: first.loose && others.length === 0 }
    : null;
}

/** The one window `text` consists of, and what it says the window is for; null when it is anything else. */
export function readWindowText(text: string, settings: GrammarSettings): Pair | null {
  const elements = readElements(text, settings);
  const sentences = splitAt(elements, 'stop', 'newline').filter((sentence) => sentence.length > 0);
  const readings = sentences.map(readSentence);
  const pairs = readings.flatMap((reading) => reading.pairs);
  const [pair] = pairs;
  const whole = readings.every((reading) => reading.readable) && pairs.length === 1 && pair?.set === null;
  return whole ? pair : null;
}

/** Whether any words of `text` name a window, understood or not. */
export function namesWindow(text: string, settings: GrammarSettings): boolean {
  return readElements(text, settings).some(({ is }) => is === 'window');
}

/** A sentence that is only a label, as before a line break, belongs to the sentence after it. */
function joinLabels(sentences: readonly (readonly Element[])[]): readonly (readonly Element[])[] {
  const joined: (readonly Element[])[] = [];
  let label: readonly Element[] = [];
  for (const sentence of sentences) {
    const isLabel = sentence.every(({ is }) => is === 'severity' || is === 'join');
    if (isLabel) label = [...label, ...sentence];
    else {
      joined.push([...label, ...sentence]);
      label = [];
    }
  }
  return joined;
}

function readOne(sentence: readonly Element[], label: SeveritySet | null): TextReading {
  const { pairs } = readSentence(sentence);
  const stated = pairs.flatMap((pair) => withSet(pair, label));
  if (stated.length > 0) return { pairs: stated, unread: [] };
  return { pairs: [], unread: unreadOf(sentence, label) };
}

function withSet(pair: Pair, label: SeveritySet | null): readonly StatedPair[] {
  const set = pair.set ?? label;
  return set === null ? [] : [{ ...pair, set }];
}

/**
 * What a sentence leaves open: severities it names and does not pair, and a window that belongs to none. A readable
 * sentence that pairs nothing was about something else, such as the time of a first answer, unless it promises a fix.
 */
function unreadOf(sentence: readonly Element[], label: SeveritySet | null): TextReading['unread'] {
  const named = sentence.flatMap((element) => (element.is === 'severity' ? [element.set] : []));
  const levels = levelsOf(named, label);
  const { readable, pairs } = readSentence(sentence);
  const [first, last] = [sentence[0], sentence.at(-1)];
  const namesWindow = sentence.some(({ is }) => is === 'window');
  const silent = readable && pairs.length === 0 && !purposesOf(sentence).has('fix');
  if (first === undefined || last === undefined || silent || (levels.length === 0 && !namesWindow)) return [];
  return [{ levels, start: first.start, end: last.end, namesWindow }];
}

function levelsOf(sets: readonly SeveritySet[], label: SeveritySet | null): readonly PolicySeverity[] {
  const named = sets.length === 0 && label !== null ? [label] : sets;
  return POLICY_SEVERITIES.filter((level) => named.some((set) => set.rest || set.levels.includes(level)));
}

function toUnread(pair: StatedPair): TextReading['unread'][number] {
  return { levels: levelsOf([pair.set], null), start: pair.start, end: pair.end, namesWindow: true };
}
