/** Reads one sentence: which windows it gives to which severities, or why it cannot be told. */
import { isSameWindow } from './duration.ts';
import type { Element, SeveritySet, WindowReading } from './element.ts';
import type { Purpose } from './meaning.ts';

/** A severity and its window as one sentence pairs them. Offsets are those of the text. */
export interface Pair {
  /** Null where the sentence names none: then the label above it does. */
  readonly set: SeveritySet | null;
  readonly reading: WindowReading;
  /** What the sentence itself says the time is for. */
  readonly purpose: Purpose | null;
  readonly start: number;
  readonly end: number;
}

/** `readable: false` means that the grammar has no place for something in it. */
export interface SentenceReading {
  readonly readable: boolean;
  readonly pairs: readonly Pair[];
}

const UNREADABLE: SentenceReading = { readable: false, pairs: [] };

type WindowElement = Extract<Element, { is: 'window' }>;
type SeverityElement = Extract<Element, { is: 'severity' }>;

/** One part that pairs are made of; windows carry their purpose. */
type Part =
  | { readonly part: 'severity'; readonly element: SeverityElement }
  | { readonly part: 'window'; readonly element: WindowElement; readonly purpose: Purpose | null };

/** Reads the elements of one sentence, without its full stop. */
export function readSentence(elements: readonly Element[]): SentenceReading {
  if (elements.some(({ is }) => is === 'unreadable' || is === 'limit')) return UNREADABLE;
  const parts = assignPurposes(elements);
  if (parts === null) return UNREADABLE;
  const kept = parts.filter((part) => part.part === 'severity' || part.purpose !== 'other');
  if (!kept.some(({ part }) => part === 'window')) return { readable: true, pairs: [] };
  const merged = mergeNeighbours(kept);
  const pairs = merged === null ? null : pairUp(merged, notesOf(elements));
  return pairs === null ? UNREADABLE : { readable: true, pairs };
}

/** Splits at joins and gives each window the purpose its stretch, or the one before, states. Null where that leaves doubt. */
function assignPurposes(elements: readonly Element[]): readonly Part[] | null {
  const parts: Part[] = [];
  let inherited: Purpose | null = null;
  let undecided = false;
  for (const stretch of splitAt(elements, 'join')) {
    const own = purposesOf(stretch);
    const holdsWindow = stretch.some((element) => element.is === 'window');
    if (own.size === 2 && holdsWindow) return null;
    const purpose: Purpose | null = own.has('other') ? 'other' : own.has('fix') ? 'fix' : inherited;
    if (purpose === 'other' && undecided) return null;
    undecided ||= holdsWindow && purpose === null;
    inherited = purpose;
    for (const element of stretch) {
      if (element.is === 'severity') parts.push({ part: 'severity', element });
      if (element.is === 'window')
        parts.push({ part: 'window', element, purpose: purpose ?? (element.impliesFix ? 'fix' : null) });
    }
  }
  return parts;
}

/** What the elements say a time is for; a weak word counts only where there is no other. */
export function purposesOf(elements: readonly Element[]): ReadonlySet<Purpose> {
  const purposes = elements.filter((element) => element.is === 'purpose');
  const strong = purposes.filter(({ weak }) => !weak);
  return new Set((strong.length > 0 ? strong : purposes).map(({ purpose }) => purpose));
}

/** Lists of elements between those of kind `kind`. */
export function splitAt(
  elements: readonly Element[],
  ...kinds: readonly Element['is'][]
): readonly (readonly Element[])[] {
  const stretches: Element[][] = [[]];
  for (const element of elements) {
    if (kinds.includes(element.is)) stretches.push([]);
    else stretches.at(-1)?.push(element);
  }
  return stretches;
}

/** Two names for one thing side by side become one: "Critical (CVSS 9.0-10.0)", "7 days (1 week)", "immediately (24 hours)". Null where they differ. */
function mergeNeighbours(parts: readonly Part[]): readonly Part[] | null {
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (last === undefined || last.part !== part.part) {
      merged.push(part);
      continue;
    }
    const both = mergeParts(last, part);
    if (both === null) return null;
    merged[merged.length - 1] = both;
  }
  return merged;
}

function mergeParts(first: Part, second: Part): Part | null {
  if (first.part === 'severity' && second.part === 'severity') return mergeSeverities(first, second);
  if (first.part !== 'window' || second.part !== 'window') return null;
  const reading = mergeReadings(first.element.reading, second.element.reading);
  if (reading === null) return null;
  const element = { ...first.element, reading, end: second.element.end };
  return { part: 'window', element, purpose: first.purpose ?? second.purpose };
}

function mergeSeverities(
  first: Extract<Part, { part: 'severity' }>,
  second: Extract<Part, { part: 'severity' }>,
): Part | null {
  const [a, b] = [first.element.set, second.element.set];
  const same = a.rest === b.rest && a.levels.join() === b.levels.join() && a.levels.length > 0;
  return same
    ? { part: 'severity', element: { ...first.element, set: { ...a, loose: false }, end: second.element.end } }
    : null;
}

/** A word of haste is bounded by the duration beside it; any other two must say the same. */
function mergeReadings(first: WindowReading, second: WindowReading): WindowReading | null {
  if (second.kind === 'vague') return null;
  const haste = first.kind === 'vague' ? first.key !== 'policy.sprint' : first.window.kind === 'immediate';
  if (haste && second.window.kind === 'within')
    return { ...second, notes: [...second.notes, 'haste, with the time named beside it as the bound'] };
  return first.kind === 'window' && isSameWindow(first.window, second.window) ? first : null;
}

/** Severity and window must take turns, in one order throughout; windows alone belong to the label above them. */
function pairUp(parts: readonly Part[], notes: readonly string[]): readonly Pair[] | null {
  const windows = parts.filter((part) => part.part === 'window');
  if (windows.length === 0) return [];
  if (windows.length === parts.length)
    return windows.length === 1 ? windows.map((part) => toPair(null, part, notes)) : null;
  const pairs: Pair[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const [severity, window] = inOrder(parts[index], parts[index + 1], parts[0]?.part === 'severity');
    if (severity?.part !== 'severity' || window?.part !== 'window') return null;
    pairs.push(toPair(severity.element, window, notes));
  }
  return pairs;
}

function inOrder(
  a: Part | undefined,
  b: Part | undefined,
  severityFirst: boolean,
): readonly [Part | undefined, Part | undefined] {
  return severityFirst ? [a, b] : [b, a];
}

function toPair(
  severity: SeverityElement | null,
  window: Extract<Part, { part: 'window' }>,
  notes: readonly string[],
): Pair {
  const { reading } = window.element;
  return {
    set: severity?.set ?? null,
    reading: reading.kind === 'vague' ? reading : { ...reading, notes: [...reading.notes, ...notes] },
    purpose: window.purpose,
    start: Math.min(severity?.start ?? window.element.start, window.element.start),
    end: Math.max(severity?.end ?? 0, window.element.end),
  };
}

const NOTES = {
  event: 'names an event its clock starts at; policy.clock decides that here',
  soft: 'worded as an aim; read as a promise',
} as const;

function notesOf(elements: readonly Element[]): readonly string[] {
  return [...new Set(elements.flatMap((element) => (element.is === 'note' ? [NOTES[element.note]] : [])))];
}
