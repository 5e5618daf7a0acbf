/** Puts numbers, units and bounds together: "24-48 hours", "within a week", "seven (7) days". */
import { isShorter } from './duration.ts';
import type { Folded, GrammarSettings, WindowReading } from './element.ts';
import type { Lexeme, Meaning } from './meaning.ts';
import type { WrittenUnit } from './vocabulary.ts';
import type { DurationUnit, Window } from '../model/policy.ts';

type Within = Extract<Window, { kind: 'within' }>;

interface Amount {
  readonly value: number;
  readonly next: number;
}

interface Unit {
  readonly unit: WrittenUnit;
  readonly next: number;
}

/** "between", "up to the next": more bounds in a row are no language. */
const MOST_BOUNDS = 3;

/** Ten years: beyond it a number was not meant as a window. */
const LONGEST = 3660;

/** The duration that starts at `index`, or null. */
export function foldDuration(lexemes: readonly Lexeme[], index: number, settings: GrammarSettings): Folded | null {
  const between = connects(lexemes, index, ['between']);
  const first = amountAt(lexemes, skip(lexemes, index, ['between', 'less', 'less-or-equal', 'bound-before-number']));
  if (first === null) return null;
  const unit = unitAt(lexemes, first.next);
  const range = foldRange(lexemes, first, unit, between ? ['join'] : ['dash', 'to', 'article'], settings);
  if (range !== undefined) return range;
  return unit === null || between ? null : folded(readLength(first.value, unit.unit, settings), unit.next);
}

/** Undefined when no second bound follows; null when the two make no range. */
function foldRange(
  lexemes: readonly Lexeme[],
  first: Amount,
  firstUnit: Unit | null,
  connectors: readonly Meaning['is'][],
  settings: GrammarSettings,
): Folded | null | undefined {
  const connector = firstUnit?.next ?? first.next;
  if (!connects(lexemes, connector, connectors)) return undefined;
  const second = amountAt(lexemes, skip(lexemes, connector + 1, ['bound', 'less', 'less-or-equal']));
  const unit = second === null ? null : unitAt(lexemes, second.next);
  if (second === null || unit === null) return undefined;
  return folded(readRange(first.value, firstUnit?.unit ?? unit.unit, second.value, unit.unit, settings), unit.next);
}

function folded(reading: WindowReading | null, next: number): Folded | null {
  return reading === null ? null : { content: { is: 'window', reading, impliesFix: false }, next };
}

function readRange(
  low: number,
  lowUnit: WrittenUnit,
  high: number,
  highUnit: WrittenUnit,
  settings: GrammarSettings,
): WindowReading | null {
  const from = toWithin(low, lowUnit, settings);
  const to = toWithin(high, highUnit, settings);
  if (highUnit === 'sprints' && settings.sprint === undefined) return { kind: 'vague', key: 'policy.sprint' };
  if (from === null || to === null || !isShorter(from, to)) return null;
  return { kind: 'window', window: to, notes: ['a range: the later bound'], ...lentTo(highUnit) };
}

function readLength(amount: number, unit: WrittenUnit, settings: GrammarSettings): WindowReading | null {
  if (unit === 'sprints' && settings.sprint === undefined) return { kind: 'vague', key: 'policy.sprint' };
  const window = toWithin(amount, unit, settings);
  if (window === null) return null;
  const notes = unit === window.unit ? [] : [`${unit} counted in ${window.unit}`];
  return { kind: 'window', window, notes, ...lentTo(unit) };
}

/** A sprint is as long as the configuration says. */
function lentTo(unit: WrittenUnit): Pick<Extract<WindowReading, { kind: 'window' }>, 'lent'> {
  return unit === 'sprints' ? { lent: 'policy.sprint' } : {};
}

const MULTIPLES: Readonly<Record<Exclude<WrittenUnit, 'sprints'>, readonly [number, DurationUnit]>> = {
  hours: [1, 'hours'],
  days: [1, 'days'],
  'business-days': [1, 'business-days'],
  weeks: [1, 'weeks'],
  months: [1, 'months'],
  fortnights: [2, 'weeks'],
  quarters: [3, 'months'],
  years: [12, 'months'],
};

/** Null for what no window can be: nothing, a fraction, more than ten years. */
function toWithin(amount: number, unit: WrittenUnit, { sprint }: GrammarSettings): Within | null {
  if (unit === 'sprints' && sprint === undefined) return null;
  const [times, counted] = unit === 'sprints' ? [sprint?.amount ?? 0, sprint?.unit ?? 'days'] : MULTIPLES[unit];
  const total = amount * times;
  return Number.isInteger(total) && total > 0 && total <= LONGEST
    ? { kind: 'within', amount: total, unit: counted }
    : null;
}

/** "7", "seven (7)", and "a" before a unit. */
function amountAt(lexemes: readonly Lexeme[], index: number): Amount | null {
  const meaning = meaningAt(lexemes, index);
  if (meaning?.is === 'article') return unitAt(lexemes, index + 1) === null ? null : { value: 1, next: index + 1 };
  if (meaning?.is !== 'number') return null;
  const repeated = meaningAt(lexemes, index + 2);
  const inParentheses = meaningAt(lexemes, index + 1)?.is === 'open' && meaningAt(lexemes, index + 3)?.is === 'close';
  const same = inParentheses && repeated?.is === 'number' && repeated.value === meaning.value;
  return { value: meaning.value, next: same ? index + 4 : index + 1 };
}

/** A unit, also after the hyphen of "7-day". */
function unitAt(lexemes: readonly Lexeme[], index: number): Unit | null {
  const at = meaningAt(lexemes, index)?.is === 'dash' ? index + 1 : index;
  const meaning = meaningAt(lexemes, at);
  return meaning?.is === 'unit' ? { unit: meaning.unit, next: at + 1 } : null;
}

function connects(lexemes: readonly Lexeme[], index: number, connectors: readonly Meaning['is'][]): boolean {
  const meaning = meaningAt(lexemes, index);
  return meaning !== undefined && connectors.includes(meaning.is);
}

function skip(lexemes: readonly Lexeme[], index: number, kinds: readonly Meaning['is'][]): number {
  let at = index;
  while (at < index + MOST_BOUNDS && connects(lexemes, at, kinds)) at += 1;
  return at;
}

function meaningAt(lexemes: readonly Lexeme[], index: number): Meaning | undefined {
  return lexemes[index]?.meaning;
}
