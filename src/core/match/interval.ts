/** Turns the events of one OSV range into the stretches of versions it covers, so that every question is asked of one form. */
import type { OsvEvent, OsvRange } from '../model/advisory.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import { excerpt } from '../model/text.ts';
import { canonicalBound, compareCanonical, isBound, publicVersion } from './version.ts';

/** One stretch of versions, ends in canonical spelling. No `from`: since ever. Neither `before` nor `through`: to this day. */
export interface Interval {
  readonly from?: string;
  /** First version that is not covered. */
  readonly before?: string;
  /** Last version that is covered. */
  readonly through?: string;
}

/** A statement of a record that cannot be read. The range it stands in covers nothing; the rest of the record still counts. */
export interface MalformedBound {
  readonly where: 'type' | 'event' | keyof OsvEvent;
  /** What was received, safe to show. */
  readonly received: string;
}

export interface ReadRange {
  readonly intervals: readonly Interval[];
  readonly malformed: readonly MalformedBound[];
}

/** Everything one version has to say in a range. `version: null` is the `0` of `introduced`: before any version. */
interface Turn {
  readonly version: string | null;
  opens: boolean;
  fixes: boolean;
  isLast: boolean;
}

interface ReadEvents {
  readonly turns: readonly Turn[];
  /** Canonical; absent when nothing limits the range. */
  readonly limit?: string;
  readonly malformed: readonly MalformedBound[];
}

const NOTHING: ReadRange = { intervals: [], malformed: [] };

/**
 * The stretches a range covers, oldest first, after https://ossf.github.io/osv-schema/#evaluation. Events may come in
 * any order. A PyPI range is ordered by PEP 440 and an npm range by semver, whether it calls itself SEMVER or ECOSYSTEM.
 * GIT ranges speak of commits and cover no version.
 */
export function readRange(ecosystem: Ecosystem, range: OsvRange): ReadRange {
  if (range.type === 'GIT') return NOTHING;
  if (range.type !== 'SEMVER' && range.type !== 'ECOSYSTEM') return refuse('type', range.type);
  const { turns, limit, malformed } = readEvents(ecosystem, range.events);
  if (malformed.length > 0) return { intervals: [], malformed };
  if (!turns.some((turn) => turn.opens)) return refuse('event', 'no introduced event');
  const intervals = walk(turns);
  return {
    intervals: limit === undefined ? intervals : intervals.map((each) => clip(ecosystem, each, limit)),
    malformed,
  };
}

/** Whether everything a range states can be read: what `readRange` finds, without putting it in order, which is most of its work. */
export function isSound(ecosystem: Ecosystem, { type, events }: OsvRange): boolean {
  if (type === 'GIT') return true;
  if (type !== 'SEMVER' && type !== 'ECOSYSTEM') return false;
  return (
    events.some(({ introduced }) => introduced !== undefined) &&
    events.every((event) => statements(event).every(([where, text]) => isReadable(ecosystem, where, text)))
  );
}

function isReadable(ecosystem: Ecosystem, where: 'event' | keyof OsvEvent, text: string): boolean {
  return where !== 'event' && (isUnbounded(where, text) || isBound(ecosystem, text));
}

/**
 * Whether an installed version (canonical) lies in a stretch. A bound without a local label is compared with the public
 * part of a PyPI version, as PEP 440 tells specifiers to: `2.0+cpu` is a build of 2.0, and "last affected 2.0" means it too.
 */
export function contains(ecosystem: Ecosystem, { from, before, through }: Interval, version: string): boolean {
  const against = (bound: string): number => {
    const seen = ecosystem === 'PyPI' && !bound.includes('+') ? publicVersion(version) : version;
    return compareCanonical(ecosystem, seen, bound);
  };
  if (from !== undefined && against(from) < 0) return false;
  if (before !== undefined) return against(before) < 0;
  return through === undefined || against(through) <= 0;
}

function refuse(where: MalformedBound['where'], received: string): ReadRange {
  return { intervals: [], malformed: [{ where, received: excerpt(received) }] };
}

function readEvents(ecosystem: Ecosystem, events: readonly OsvEvent[]): ReadEvents {
  const turns = new Map<string | null, Turn>();
  const limits: string[] = [];
  const malformed: MalformedBound[] = [];
  for (const [where, text] of events.flatMap(statements)) {
    const version = readBound(ecosystem, where, text);
    if (version === undefined) malformed.push({ where, received: excerpt(text) });
    else if (where === 'limit') limits.push(version ?? '*');
    else if (where !== 'event') note(turns, where, version);
  }
  const sorted = [...turns.values()].sort((a, b) => compareTurns(ecosystem, a, b));
  const limit = limits.includes('*') ? undefined : limits.sort((a, b) => compareCanonical(ecosystem, a, b)).at(-1);
  return { turns: sorted, malformed, ...(limit === undefined ? {} : { limit }) };
}

const KINDS = ['introduced', 'fixed', 'last_affected', 'limit'] as const;

/** What an event says, as pairs. One that says nothing we know may well be the one that closes the range. */
function statements(event: OsvEvent): readonly (readonly ['event' | keyof OsvEvent, string])[] {
  const said: (readonly [keyof OsvEvent, string])[] = [];
  for (const kind of KINDS) {
    const text = event[kind];
    if (text !== undefined) said.push([kind, text]);
  }
  return said.length > 0 ? said : [['event', 'an event of an unknown kind']];
}

/** `null` is no bound at all (`introduced: 0`, `limit: *`), `undefined` one that cannot be read. */
function readBound(ecosystem: Ecosystem, where: 'event' | keyof OsvEvent, text: string): string | null | undefined {
  if (where === 'event') return undefined;
  return isUnbounded(where, text) ? null : (canonicalBound(ecosystem, text) ?? undefined);
}

function isUnbounded(where: keyof OsvEvent, text: string): boolean {
  return (where === 'introduced' && text === '0') || (where === 'limit' && text === '*');
}

function note(
  turns: Map<string | null, Turn>,
  where: 'introduced' | 'fixed' | 'last_affected',
  at: string | null,
): void {
  const turn = turns.get(at) ?? { version: at, opens: false, fixes: false, isLast: false };
  turn.opens ||= where === 'introduced';
  turn.fixes ||= where === 'fixed';
  turn.isLast ||= where === 'last_affected';
  turns.set(at, turn);
}

function compareTurns(ecosystem: Ecosystem, a: Turn, b: Turn): number {
  if (a.version === null || b.version === null) return Number(a.version !== null) - Number(b.version !== null);
  return compareCanonical(ecosystem, a.version, b.version);
}

/**
 * Walks the turns oldest first. Where one version both closes and opens, an open stretch is closed and the next one
 * begins; with none open the version opens and closes its own (fixed where introduced: nothing; last affected: itself).
 */
function walk(turns: readonly Turn[]): readonly Interval[] {
  const intervals: Interval[] = [];
  let start: Turn | undefined;
  for (const turn of turns) {
    const wasOpen = start !== undefined;
    if (turn.opens) start ??= turn;
    if (start === undefined || !(turn.fixes || turn.isLast)) continue;
    intervals.push({ ...begin(start), ...end(turn) });
    start = wasOpen && turn.opens ? turn : undefined;
  }
  return start === undefined ? intervals : [...intervals, begin(start)];
}

function begin({ version }: Turn): Interval {
  return version === null ? {} : { from: version };
}

function end({ version, fixes }: Turn): Interval {
  if (version === null) return {};
  return fixes ? { before: version } : { through: version };
}

/** The part of a stretch below `limit`; one that begins at or above it comes out empty. */
function clip(ecosystem: Ecosystem, interval: Interval, limit: string): Interval {
  const { from, before, through } = interval;
  const end = before ?? through;
  if (end !== undefined && compareCanonical(ecosystem, end, limit) < 0) return interval;
  return { ...(from === undefined ? {} : { from }), before: limit };
}
