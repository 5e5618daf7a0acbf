/** Gives the findings of a run what only the ledger knows: when they were first seen, and at which levels. */
import type { DatedFact, DatedFinding, Timeline } from '../model/finding.ts';
import { earlierOccurrence } from './ledger-state.ts';
import type { KnownFinding, LedgerState } from './ledger-state.ts';
import { matchFindings } from './match-findings.ts';
import type { Match } from './match-findings.ts';
import { unitedWith } from './merge-known.ts';
import type { Looked } from './observation.ts';

/**
 * The findings in their order, each with the first sight the ledger has of it; one it does not know yet is first seen `now`.
 * A date that nobody could tell today is the one that was known before: silence takes nothing back, nor does another record.
 */
export function dateFindings(
  state: LedgerState,
  findings: readonly DatedFinding[],
  looked: Pick<Looked, 'discovery' | 'renamed'>,
  now: string,
): readonly DatedFinding[] {
  const { matches } = matchFindings(state, findings, looked);
  const found = new Map(matches.map(({ sighting, match }) => [sighting, match]));
  return findings.map((finding) => dateFinding(finding, found.get(finding) ?? { kind: 'new' }, state, now));
}

function dateFinding(finding: DatedFinding, match: Match, state: LedgerState, now: string): DatedFinding {
  const { level } = finding.severity;
  if (match.kind === 'new' || match.kind === 'back') {
    const back = match.kind === 'back' ? earlierOccurrence(match.known.id, state) : undefined;
    return {
      ...finding,
      timeline: { ...finding.timeline, firstSeen: { at: now, source: 'this run' } },
      severityHistory: [{ at: now, level }],
      ...(back === undefined ? {} : { back }),
    };
  }
  const known = match.kind === 'same' ? unitedWith(match.known, match.merged) : match.known;
  const { firstSeen, provisional, severityHistory: history } = known;
  const back = earlierOccurrence(known.back, state);
  const settled = provisional ? [] : history;
  const at = settled.length === 0 ? firstSeen.at : now;
  return {
    ...finding,
    timeline: {
      ...(match.kind === 'split' ? {} : knownDates(known, finding)),
      ...believable(finding.timeline, firstSeen.at, match.kind === 'split' ? undefined : known.facts?.timeline),
      firstSeen: { at: firstSeen.at, source: `ledger event ${firstSeen.event}` },
    },
    severityHistory: settled.at(-1)?.level === level ? settled : [...settled, { at, level }],
    ...(match.kind === 'split' ? {} : { ledgerId: known.id }),
    ...(back === undefined ? {} : { back }),
  };
}

/** What was seen was there, and known: a day of either after that cannot be, and what was known before counts. */
function believable(timeline: Timeline, seen: string, known: Partial<Timeline> = {}): Timeline {
  const introduced = isLate(timeline.introduced, seen) ? earlier(known.introduced, seen) : undefined;
  const published = isTakenBack(timeline, seen, known) ? earlier(known.published, seen) : undefined;
  return { ...timeline, ...(introduced && { introduced }), ...(published && { published }) };
}

function isLate(date: DatedFact | undefined, seen: string): boolean {
  return date !== undefined && date.at > seen;
}

function earlier(before: DatedFact | undefined, seen: string): DatedFact | undefined {
  return isLate(before, seen) ? undefined : before;
}

/** A record may mend its own date. Another one in its place, as after a renaming, makes nothing known later than it was. */
function isTakenBack({ published }: Timeline, seen: string, { published: before }: Partial<Timeline>): boolean {
  if (published === undefined || before === undefined || published.at <= before.at) return false;
  return isLate(published, seen) || published.source !== before.source;
}

/** The release of a fix is known only for that fix; what a feed says of exploitation is the feed's to take back. */
function knownDates(
  { facts }: KnownFinding,
  { fix }: DatedFinding,
): Pick<Timeline, 'introduced' | 'published' | 'fixReleased'> {
  const { introduced, published, fixReleased } = facts?.timeline ?? {};
  const isSameFix = fix.available && fix.version === facts?.fix.version;
  return {
    ...(introduced === undefined ? {} : { introduced }),
    ...(published === undefined ? {} : { published }),
    ...(fixReleased === undefined || !isSameFix ? {} : { fixReleased }),
  };
}
