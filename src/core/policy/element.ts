/** The parts a policy sentence is made of once its words have been put together. */
import type { PolicySeverity, Window } from '../model/policy.ts';
import type { Purpose } from './meaning.ts';

/** Which severities a part of a sentence speaks of. Empty `levels` without `rest`: a level below all of them. */
export interface SeveritySet {
  /** Worst first, distinct. */
  readonly levels: readonly PolicySeverity[];
  /** Whether it also means every severity the timetable does not name. */
  readonly rest: boolean;
  /** Whether it rests on a label that not every scale has. */
  readonly loose: boolean;
}

/** What a window phrase says. `vague` names no time; `key` is the configuration key that would give it one, `lent` the one that did. */
export type WindowReading =
  | { readonly kind: 'window'; readonly window: Window; readonly notes: readonly string[]; readonly lent?: VagueKey }
  | { readonly kind: 'vague'; readonly key: VagueKey | null };

export type VagueKey = 'policy.vague.asap' | 'policy.sprint';

/** A `weak` purpose gives way to another beside it. `limit` is a word that restricts what was said; `unreadable` is a word, or a use of one, that the grammar has no place for. */
export type ElementContent =
  | { readonly is: 'severity'; readonly set: SeveritySet }
  | { readonly is: 'window'; readonly reading: WindowReading; readonly impliesFix: boolean }
  | { readonly is: 'purpose'; readonly purpose: Purpose; readonly weak: boolean }
  | { readonly is: 'note'; readonly note: 'event' | 'soft' }
  | { readonly is: 'join' | 'stop' | 'newline' | 'limit' | 'unreadable' };

export type Element = ElementContent & { readonly start: number; readonly end: number };

/** What the configuration lends to the grammar: the meaning of words that name no time by themselves. */
export interface GrammarSettings {
  readonly asap?: Window;
  readonly sprint?: Extract<Window, { kind: 'within' }>;
}

/** A part of a sentence recognised at some place: what it is, and the index after it. */
export interface Folded {
  readonly content: ElementContent;
  readonly next: number;
}
