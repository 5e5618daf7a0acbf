/** Compares windows where comparing them has one answer. */
import type { DurationUnit, Window } from '../model/policy.ts';

/** Shortest and longest a unit can last, in hours: a business day may be followed by a weekend. */
const HOURS: Readonly<Record<DurationUnit, readonly [number, number]>> = {
  hours: [1, 1],
  days: [24, 24],
  'business-days': [24, 72],
  weeks: [168, 168],
  months: [28 * 24, 31 * 24],
};

type Within = Extract<Window, { kind: 'within' }>;

/** Whether `a` always ends before `b`. */
export function isShorter(a: Within, b: Within): boolean {
  if (a.unit === b.unit) return a.amount < b.amount;
  return a.amount * HOURS[a.unit][1] < b.amount * HOURS[b.unit][0];
}

/** Whether both grant the same, in the same unit or in units that convert exactly. */
export function isSameWindow(a: Window, b: Window): boolean {
  if (a.kind === 'within' && b.kind === 'within') return isSameLength(a, b);
  if (a.kind === 'next-release' && b.kind === 'next-release') return a.level === b.level;
  return a.kind === b.kind;
}

function isSameLength(a: Within, b: Within): boolean {
  if (a.unit === b.unit) return a.amount === b.amount;
  const [, hoursA] = HOURS[a.unit];
  const [, hoursB] = HOURS[b.unit];
  return isExact(a.unit) && isExact(b.unit) && a.amount * hoursA === b.amount * hoursB;
}

function isExact(unit: DurationUnit): boolean {
  return HOURS[unit][0] === HOURS[unit][1];
}

/** Whether `worse` grants clearly more time than `milder` does; false where the two cannot be compared. */
export function isLaxer(worse: Window, milder: Window): boolean {
  if (worse.kind === 'within' && milder.kind === 'within') return isShorter(milder, worse);
  if (worse.kind === 'opportunistic') return milder.kind !== 'opportunistic';
  return milder.kind === 'immediate' && worse.kind !== 'immediate';
}
