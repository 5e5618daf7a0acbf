/** CVSS scores: the ranges that coincide with severities. https://www.first.org/cvss/v4-0/specification-document (section 6) */
import type { Lexeme, Meaning } from './meaning.ts';
import type { PolicySeverity } from '../model/policy.ts';

/** The severities a range of scores covers, and the index after it. */
export interface ScoreRange {
  readonly levels: readonly PolicySeverity[];
  readonly next: number;
}

const BANDS: readonly { readonly level: PolicySeverity; readonly from: readonly number[]; readonly to: number }[] = [
  { level: 'critical', from: [9], to: 10 },
  { level: 'high', from: [7], to: 8.9 },
  { level: 'medium', from: [4], to: 6.9 },
  { level: 'low', from: [0, 0.1], to: 3.9 },
];

/** "9.0-10.0", "≥ 7.0", "4.0 to 6.9", "9+", "< 4.0" at `index`; null for anything else, and for a range that cuts a severity in two. */
export function scoreRangeAt(lexemes: readonly Lexeme[], index: number): ScoreRange | null {
  const comparison = lexemes[index]?.meaning.is;
  const first = lexemes[index]?.meaning;
  if (first?.is === 'number') return openRange(lexemes, index, first.value);
  const bound = lexemes[index + 1]?.meaning;
  if (comparison === undefined || bound?.is !== 'number' || isUnit(lexemes, index + 2)) return null;
  if (comparison === 'greater-or-equal' || comparison === 'at-least') return toRange(bound.value, 10, index + 2);
  if (comparison === 'less') return toRange(0, bound.value - 0.1, index + 2);
  return comparison === 'less-or-equal' ? toRange(0, bound.value, index + 2) : null;
}

function openRange(lexemes: readonly Lexeme[], index: number, low: number): ScoreRange | null {
  const after = lexemes[index + 1]?.meaning.is;
  if (after === 'plus' || after === 'upward') return toRange(low, 10, index + 2);
  if (after === 'downward') return toRange(0, low, index + 2);
  const high: Meaning | undefined = lexemes[index + 2]?.meaning;
  const isRange = (after === 'dash' || after === 'to') && high?.is === 'number' && !isUnit(lexemes, index + 3);
  return isRange ? toRange(Math.min(low, high.value), Math.max(low, high.value), index + 3) : null;
}

function isUnit(lexemes: readonly Lexeme[], index: number): boolean {
  return lexemes[index]?.meaning.is === 'unit';
}

function toRange(low: number, high: number, next: number): ScoreRange | null {
  const top = BANDS.findIndex((band) => same(band.to, high));
  const bottom = BANDS.findIndex((band) => band.from.some((from) => same(from, low)));
  if (top === -1 || bottom === -1 || top > bottom) return null;
  return { levels: BANDS.slice(top, bottom + 1).map((band) => band.level), next };
}

function same(a: number, b: number): boolean {
  return Math.round(a * 10) === Math.round(b * 10);
}
