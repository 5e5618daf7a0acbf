/** Counts how findings came and went over time: how many were open, how many overdue, and how long mending took. */
import type { SeverityChange } from '../model/finding.ts';
import { byEach, byText } from '../model/order.ts';
import { SEVERITY_LEVELS } from '../model/severity.ts';
import type { SeverityLevel } from '../model/severity.ts';
import type { Mending, Trend, TrendPoint } from '../model/trend.ts';

/** A stretch of time, UTC ISO-8601; without an end it goes on. */
export interface Stretch {
  readonly from: string;
  readonly to?: string;
}

/** What became of one finding. */
export interface FindingLife extends Stretch {
  /** When it was gone for a while though nothing had changed. */
  readonly absences: readonly Stretch[];
  /** Oldest first; before the first of them it already had that level. */
  readonly levels: readonly SeverityChange[];
  /** Absent when it was never overdue. */
  readonly overdueFrom?: string;
  readonly accepted: readonly Stretch[];
  /** Absent when it is open, or ended in another way than being mended. */
  readonly mended?: Mending;
}

export interface TrendSpan {
  readonly since: string;
  readonly now: string;
  readonly runs: number;
}

/** The order of `lives` does not matter. */
export function countTrend(lives: readonly FindingLife[], { since, now, runs }: TrendSpan): Trend {
  const mended = lives.flatMap((life) => life.mended ?? []).filter(({ at }) => at >= since && at <= now);
  const breaches = lives.map(breachOf);
  const moments = momentsBetween(since, now);
  const points = moments.map((at, index) => countPoint(lives, breaches, { before: moments[index - 1] ?? '', at }));
  return { since, runs, points, mended: mended.sort(byMending) };
}

const MOST_STEPS = 60;
const DAY_MS = 86_400_000;

/** From `since` to `now` in steps of equal length, none shorter than a day unless the whole is. */
function momentsBetween(since: string, now: string): readonly string[] {
  const [start, end] = [Date.parse(since), Date.parse(now)];
  const steps = Math.min(MOST_STEPS, Math.max(0, Math.ceil((end - start) / DAY_MS)));
  const between = Array.from({ length: steps }, (_, index) => start + ((end - start) * index) / steps);
  return [...between, end].map((moment) => new Date(Math.round(moment)).toISOString());
}

interface Step {
  readonly before: string;
  readonly at: string;
}

function countPoint(
  lives: readonly FindingLife[],
  breaches: readonly (string | undefined)[],
  { before, at }: Step,
): TrendPoint {
  const open = Object.fromEntries(SEVERITY_LEVELS.map((level) => [level, 0])) as Record<SeverityLevel, number>;
  let [overdue, breached] = [0, 0];
  for (const [index, life] of lives.entries()) {
    const breach = breaches[index] ?? '~';
    if (breach > before && breach <= at) breached += 1;
    if (!isOpen(life, at)) continue;
    open[levelAt(life, at)] += 1;
    if (breach <= at && !isAccepted(life, at)) overdue += 1;
  }
  return { at, open, overdue, breached };
}

/** When it became overdue in the ledger's eyes: not before it was seen, not while it was accepted, not after its end. */
function breachOf({ overdueFrom, from, to, accepted }: FindingLife): string | undefined {
  if (overdueFrom === undefined) return undefined;
  let breach = overdueFrom > from ? overdueFrom : from;
  const byEnd = accepted.toSorted((a, b) => byText(a.to ?? '~', b.to ?? '~'));
  for (const stretch of byEnd) if (isIn(stretch, breach)) breach = stretch.to ?? '~';
  return to !== undefined && breach >= to ? undefined : breach;
}

function isOpen(life: FindingLife, at: string): boolean {
  return isIn(life, at) && !life.absences.some((stretch) => isIn(stretch, at));
}

function isAccepted({ accepted }: FindingLife, at: string): boolean {
  return accepted.some((stretch) => isIn(stretch, at));
}

function isIn({ from, to }: Stretch, at: string): boolean {
  return from <= at && (to === undefined || at < to);
}

function levelAt({ levels }: FindingLife, at: string): SeverityLevel {
  const level = levels.findLast((change) => change.at <= at) ?? levels[0];
  return level?.level ?? 'unknown';
}

const byMending = byEach<Mending>(
  (a, b) => byText(a.at, b.at),
  (a, b) => SEVERITY_LEVELS.indexOf(a.severity) - SEVERITY_LEVELS.indexOf(b.severity),
  (a, b) => a.days - b.days,
  (a, b) => Number(a.late) - Number(b.late),
);
