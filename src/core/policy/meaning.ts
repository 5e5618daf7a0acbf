/** What one phrase of a policy can mean, whatever language it is in. */
import type { PolicySeverity, Window } from '../model/policy.ts';
import type { WrittenUnit } from './vocabulary.ts';

export type Purpose = 'fix' | 'other';

/** `unknown` is a word no vocabulary holds; `newline` a hard line break. */
export type Meaning =
  | { readonly is: 'severity'; readonly level: PolicySeverity; readonly loose: boolean }
  | { readonly is: 'below-all' | 'rest' | 'all' | 'upward' | 'downward' | 'at-least' | 'cvss' }
  | { readonly is: 'number'; readonly value: number; readonly decimal: boolean }
  | { readonly is: 'unit'; readonly unit: WrittenUnit }
  | { readonly is: 'window'; readonly window: Window; readonly note?: string; readonly impliesFix: boolean }
  | { readonly is: 'vague'; readonly key: 'policy.vague.asap' | null }
  | { readonly is: 'next-sprint' }
  | { readonly is: 'purpose'; readonly purpose: Purpose; readonly event: boolean; readonly weak: boolean }
  | { readonly is: 'after' | 'of' | 'event' }
  | { readonly is: 'bound' | 'bound-before-number' | 'to' | 'between' | 'article' }
  | { readonly is: 'join' | 'dash' | 'separator' | 'open' | 'close' | 'stop' | 'newline' }
  | { readonly is: 'less' | 'less-or-equal' | 'greater' | 'greater-or-equal' | 'plus' }
  | { readonly is: 'soft' | 'filler' | 'carrier' | 'recurring' | 'exception' | 'unknown' };

/** A phrase found in a text. `end` is the offset after its last character. */
export interface Lexeme {
  readonly meaning: Meaning;
  readonly start: number;
  readonly end: number;
}
