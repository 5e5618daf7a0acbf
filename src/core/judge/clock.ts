/** Decides when the clock of a finding started: which of its dates counts, and what becomes of dates that cannot be true. */
import type { Timeline, TimelineDate } from '../model/finding.ts';
import { readInstant } from '../model/instant.ts';
import { byText } from '../model/order.ts';
import type { ClockStart } from '../model/policy.ts';

/** When a clock started. `by` is the date that started it; `remarks` are clauses a reader must know. */
export interface ClockReading {
  readonly at: string;
  readonly by: Exclude<TimelineDate, 'knownExploited'>;
  readonly remarks: readonly string[];
}

interface Start {
  readonly at: string;
  readonly by: ClockReading['by'];
}

/** The dates a clock may start by, each either believable or not there. First sight is always there. */
interface Starts {
  readonly introduced?: Start;
  readonly published?: Start;
  readonly fixReleased?: Start;
  readonly firstSeen: Start;
}

/** What each date is called in a sentence. */
export const DATE_WORDS: Readonly<Record<ClockReading['by'], string>> = {
  introduced: 'introduced',
  published: 'published',
  fixReleased: 'fix released',
  firstSeen: 'first seen',
};

/**
 * The start of a clock that is never later than `now` (UTC ISO-8601 with milliseconds).
 *
 * - `act`: the latest of introduced, published and fix released. First sight stands in for an unknown publication:
 *   nobody can act on what is not known, and nobody may wait for it once it was seen.
 * - any other: that date, else published, else first seen; the remarks say which and why.
 * - A finding was there and known when it was first seen, so introduced or published later than that counts as first
 *   seen: a forged or mistaken date never hides a finding, and what is believed instead is never too early.
 * - A fix dated after `now` counts as released now. An unknown first sight is now.
 */
export function readClock(timeline: Timeline, clock: ClockStart, now: string): ClockReading {
  const { starts, remarks } = readStarts(timeline, now);
  if (clock === 'act') return { ...latestOf(starts), remarks: [...remarks, ...missingPublication(starts)] };
  const chosen = starts[clock];
  if (chosen !== undefined) return { ...chosen, remarks };
  const instead = starts.published ?? starts.firstSeen;
  const remark = `the policy counts from "${DATE_WORDS[clock]}", which is not known`;
  return { ...instead, remarks: [...remarks, remark] };
}

function latestOf({ introduced, published, fixReleased, firstSeen }: Starts): Start {
  const [first = firstSeen, ...others] = [published ?? firstSeen, introduced, fixReleased].flatMap(
    (each) => each ?? [],
  );
  return others.reduce((latest, each) => (each.at > latest.at ? each : latest), first);
}

function missingPublication({ published }: Starts): readonly string[] {
  return published === undefined ? ['no date of publication is known'] : [];
}

function readStarts(timeline: Timeline, now: string): { readonly starts: Starts; readonly remarks: readonly string[] } {
  const seen = earliest(dateOf(timeline, 'firstSeen') ?? now, now);
  const firstSeen: Start = { at: seen, by: 'firstSeen' };
  const remarks: string[] = [];
  const believed = (by: 'introduced' | 'published'): Start | undefined => {
    const at = dateOf(timeline, by);
    if (at === undefined || at <= seen) return at === undefined ? undefined : { at, by };
    remarks.push(`"${DATE_WORDS[by]}" is dated ${at.slice(0, 10)}, after it was first seen, so first sight counts`);
    return firstSeen;
  };
  const introduced = believed('introduced');
  const published = believed('published');
  const fixed = dateOf(timeline, 'fixReleased');
  if (fixed !== undefined && fixed > now) remarks.push(`"fix released" is dated ${fixed.slice(0, 10)}, later than now`);
  const starts = {
    ...(introduced === undefined ? {} : { introduced }),
    ...(published === undefined ? {} : { published }),
    ...(fixed === undefined ? {} : { fixReleased: { at: earliest(fixed, now), by: 'fixReleased' as const } }),
    firstSeen,
  };
  return { starts, remarks };
}

function dateOf(timeline: Timeline, name: TimelineDate): string | undefined {
  return readInstant(timeline[name]?.at ?? '') ?? undefined;
}

function earliest(a: string, b: string): string {
  return byText(a, b) <= 0 ? a : b;
}
