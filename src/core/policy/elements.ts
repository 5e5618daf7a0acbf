/** Puts the words of a text together into the parts of sentences: severities, windows, purposes, joins. */
import { foldDuration } from './fold-duration.ts';
import { foldScoreInParentheses, foldSeverity } from './fold-severity.ts';
import { lex } from './lexicon.ts';
import type { Element, ElementContent, Folded, GrammarSettings } from './element.ts';
import type { Lexeme, Meaning } from './meaning.ts';

/** The parts of `text` in order. What changes nothing leaves no part; what cannot be understood leaves an `unreadable` one. */
export function readElements(text: string, settings: GrammarSettings): readonly Element[] {
  const lexemes = lex(text);
  const elements: Element[] = [];
  for (let index = 0; index < lexemes.length;) {
    const start = lexemes[index];
    if (start === undefined) break;
    const folded =
      foldAt(
        lexemes,
        index,
        settings,
        elements.findLast(({ is }) => is !== 'newline'),
      ) ?? single(start.meaning, index, settings);
    const end = lexemes[folded.next - 1]?.end ?? start.end;
    if (folded.content !== null) elements.push({ ...folded.content, start: start.start, end });
    index = folded.next;
  }
  return elements;
}

function foldAt(
  lexemes: readonly Lexeme[],
  index: number,
  settings: GrammarSettings,
  before: Element | undefined,
): Folded | null {
  switch (lexemes[index]?.meaning.is) {
    case 'recurring':
      return foldRecurring(lexemes, index);
    case 'carrier':
      return foldCarrier(lexemes, index);
    case 'after':
    case 'of':
      return foldEvent(lexemes, index);
    case 'open':
      return before?.is === 'severity' ? foldScoreInParentheses(lexemes, index) : null;
    default:
      return foldSeverity(lexemes, index) ?? foldDuration(lexemes, index, settings);
  }
}

/** "every 7 days" is how often, not until when. */
function foldRecurring(lexemes: readonly Lexeme[], index: number): Folded | null {
  const next = lexemes[index + 1]?.meaning.is;
  return next === 'number' || next === 'unit' ? { content: { is: 'unreadable' }, next: index + 1 } : null;
}

/** "critical packages" are packages that matter, whatever their vulnerabilities are. */
function foldCarrier(lexemes: readonly Lexeme[], index: number): Folded | null {
  const beside = [lexemes[index - 1]?.meaning.is, lexemes[index + 1]?.meaning.is];
  return beside.includes('severity') ? { content: { is: 'unreadable' }, next: index + 1 } : null;
}

/** "of disclosure", "after the fix is available": when the author's clock starts, which fixby's own rule decides. */
function foldEvent(lexemes: readonly Lexeme[], index: number): Folded | null {
  let at = index + 1;
  for (let kind = lexemes[at]?.meaning.is; kind === 'filler' || kind === 'article'; kind = lexemes[at]?.meaning.is)
    at += 1;
  const meaning = lexemes[at]?.meaning;
  const isEvent = meaning?.is === 'event' || (meaning?.is === 'purpose' && meaning.event);
  return isEvent ? { content: { is: 'note', note: 'event' }, next: at + 1 } : null;
}

interface Single {
  readonly content: ElementContent | null;
  readonly next: number;
}

function single(meaning: Meaning, index: number, settings: GrammarSettings): Single {
  return { content: contentOf(meaning, settings), next: index + 1 };
}

function contentOf(meaning: Meaning, settings: GrammarSettings): ElementContent | null {
  switch (meaning.is) {
    case 'window':
      return {
        is: 'window',
        reading: { kind: 'window', window: meaning.window, notes: meaning.note === undefined ? [] : [meaning.note] },
        impliesFix: meaning.impliesFix,
      };
    case 'vague':
      return { is: 'window', reading: vagueReading(meaning.key, settings), impliesFix: false };
    case 'next-sprint':
      return { is: 'window', reading: nextSprint(settings), impliesFix: true };
    case 'purpose':
      return { is: 'purpose', purpose: meaning.purpose, weak: meaning.weak };
    case 'soft':
      return { is: 'note', note: 'soft' };
    case 'exception':
      return { is: 'limit' };
    case 'join':
    case 'stop':
    case 'newline':
      return { is: meaning.is };
    default:
      return HARMLESS.has(meaning.is) ? null : { is: 'unreadable' };
  }
}

/** What may stand anywhere without changing a window: words that change nothing, and marks around what was folded. */
const HARMLESS: ReadonlySet<Meaning['is']> = new Set<Meaning['is']>([
  'filler',
  'carrier',
  'recurring',
  'article',
  'of',
  'event',
  'to',
  'bound',
  'dash',
  'separator',
  'open',
  'close',
]);

function vagueReading(key: 'policy.vague.asap' | null, { asap }: GrammarSettings): WindowContent {
  if (key === null || asap === undefined) return { kind: 'vague', key };
  return { kind: 'window', window: asap, notes: ['as policy.vague.asap says'], lent: key };
}

/** The next sprint has ended two sprint lengths from now at the latest. */
function nextSprint({ sprint }: GrammarSettings): WindowContent {
  if (sprint === undefined) return { kind: 'vague', key: 'policy.sprint' };
  return {
    kind: 'window',
    window: { ...sprint, amount: sprint.amount * 2 },
    notes: ['the next sprint: its end, two sprints from now at the latest'],
    lent: 'policy.sprint',
  };
}

type WindowContent = Extract<ElementContent, { is: 'window' }>['reading'];
