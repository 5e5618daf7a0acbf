/** Puts severities together: "Critical and High", "Medium/Low", "High or above", "CVSS 7.0-8.9", "all others". */
import { scoreRangeAt } from './score-range.ts';
import { POLICY_SEVERITIES } from '../model/policy.ts';
import type { Folded, SeveritySet } from './element.ts';
import type { Lexeme, Meaning } from './meaning.ts';
import type { PolicySeverity } from '../model/policy.ts';

interface Term {
  readonly set: SeveritySet;
  readonly next: number;
}

/** The severities that start at `index`, with everything that is joined to them; null where none start or they make no sense. */
export function foldSeverity(lexemes: readonly Lexeme[], index: number): Folded | null {
  let term = termAt(lexemes, index);
  while (term !== null) {
    const joint = jointAt(lexemes, term.next);
    const following: Term | null = joint === null ? null : termAt(lexemes, joint.next);
    if (joint === null || following === null) break;
    const joined = joint.range ? spanned(term.set, following.set, joint.adjacentOnly) : united(term.set, following.set);
    term = joined === null ? null : { set: joined, next: following.next };
  }
  return term === null ? null : { content: { is: 'severity', set: term.set }, next: term.next };
}

/** A range of scores in parentheses after a severity, which needs no "CVSS" to be understood: "Critical (9.0-10.0)". */
export function foldScoreInParentheses(lexemes: readonly Lexeme[], index: number): Folded | null {
  const first = lexemes[index + 1]?.meaning;
  if (first?.is !== 'number' || !first.decimal) return null;
  const range = scoreRangeAt(lexemes, index + 1);
  if (range === null || lexemes[range.next]?.meaning.is !== 'close') return null;
  return { content: { is: 'severity', set: exactly(range.levels) }, next: range.next + 1 };
}

/** `levels` in order, with nothing else meant. */
export function exactly(levels: readonly PolicySeverity[], loose = false): SeveritySet {
  return { levels: POLICY_SEVERITIES.filter((level) => levels.includes(level)), rest: false, loose };
}

function termAt(lexemes: readonly Lexeme[], index: number): Term | null {
  const meaning = lexemes[index]?.meaning;
  switch (meaning?.is) {
    case 'cvss':
      return scoreTerm(lexemes, index + 1);
    case 'at-least':
    case 'greater-or-equal':
      return atLeastTerm(lexemes, index + 1);
    case 'severity':
      return levelTerm(lexemes, index, meaning.level, meaning.loose);
    case 'below-all':
      return { set: exactly([]), next: index + 1 };
    case 'rest':
      return { set: { ...exactly([]), rest: true }, next: index + 1 };
    case 'all':
      return { set: exactly(POLICY_SEVERITIES), next: index + 1 };
    default:
      return null;
  }
}

function scoreTerm(lexemes: readonly Lexeme[], index: number): Term | null {
  const range = scoreRangeAt(lexemes, skip(lexemes, index, ['separator', 'open', 'filler', 'of']));
  return range === null ? null : { set: exactly(range.levels), next: range.next };
}

function atLeastTerm(lexemes: readonly Lexeme[], index: number): Term | null {
  const meaning = lexemes[index]?.meaning;
  return meaning?.is === 'severity' ? { set: exactly(orWorse(meaning.level)), next: index + 1 } : null;
}

function levelTerm(lexemes: readonly Lexeme[], index: number, level: PolicySeverity, loose: boolean): Term {
  const after = skip(lexemes, index + 1, ['filler']);
  const direction = lexemes[after]?.meaning.is;
  if (direction === 'upward') return { set: exactly(orWorse(level), loose), next: after + 1 };
  if (direction === 'downward') return { set: exactly(orMilder(level), loose), next: after + 1 };
  const plus = lexemes[index + 1];
  const attached = plus?.meaning.is === 'plus' && plus.start === lexemes[index]?.end;
  return attached
    ? { set: exactly(orWorse(level), loose), next: index + 2 }
    : { set: exactly([level], loose), next: index + 1 };
}

interface Joint {
  readonly range: boolean;
  /** A dash also separates a label from what follows: between severities that are no neighbours it is no range. */
  readonly adjacentOnly: boolean;
  readonly next: number;
}

function jointAt(lexemes: readonly Lexeme[], index: number): Joint | null {
  const at = skip(lexemes, index, ['filler']);
  const kind = lexemes[at]?.meaning.is;
  if (kind === 'dash' || kind === 'to') return { range: true, adjacentOnly: kind === 'dash', next: at + 1 };
  const after = skip(lexemes, at, ['join', 'plus']);
  return after === at ? null : { range: false, adjacentOnly: false, next: skip(lexemes, after, ['filler']) };
}

function skip(lexemes: readonly Lexeme[], index: number, kinds: readonly Meaning['is'][]): number {
  let at = index;
  for (let kind = lexemes[at]?.meaning.is; kind !== undefined && kinds.includes(kind); kind = lexemes[at]?.meaning.is)
    at += 1;
  return at;
}

function united(a: SeveritySet, b: SeveritySet): SeveritySet {
  return { ...exactly([...a.levels, ...b.levels], a.loose || b.loose), rest: a.rest || b.rest };
}

function spanned(a: SeveritySet, b: SeveritySet, adjacentOnly: boolean): SeveritySet | null {
  const [from, to] = [a.levels, b.levels].map((levels) => POLICY_SEVERITIES.indexOf(levels[0] ?? 'low')).sort();
  const single = a.levels.length === 1 && b.levels.length === 1 && !a.rest && !b.rest;
  if (!single || from === undefined || to === undefined || from === to || (adjacentOnly && to - from > 1)) return null;
  return exactly(POLICY_SEVERITIES.slice(from, to + 1), a.loose || b.loose);
}

function orWorse(level: PolicySeverity): readonly PolicySeverity[] {
  return POLICY_SEVERITIES.slice(0, POLICY_SEVERITIES.indexOf(level) + 1);
}

function orMilder(level: PolicySeverity): readonly PolicySeverity[] {
  return POLICY_SEVERITIES.slice(POLICY_SEVERITIES.indexOf(level));
}
