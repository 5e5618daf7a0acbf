/** Owns the words for a finding that ended: when it was seen, when it ended, and how. */
import type { ClosedFinding } from '../../model/closed-finding.ts';
import { ENDING_WORDS, packageWords, placeWords, type Calendar } from '../words.ts';
import type { ExplanationPart } from './parts.ts';

/** What it was, as the title of its block. */
export function endedTitle(ended: ClosedFinding): string {
  return `${packageWords(ended)} in ${ended.target}: ${ended.advisory.id}`;
}

/** How it stands, in one line. */
export function endedStanding({ severity, closedAt, by, cameBackAt }: ClosedFinding, calendar: Calendar): string {
  const back = cameBackAt === undefined ? '' : `, and back on ${calendar(cameBackAt)}`;
  return `${severity.last}, ended on ${calendar(closedAt)}: ${ENDING_WORDS[by]}${back}`;
}

/** What the ledger remembers of it. */
export function endedParts(ended: ClosedFinding, calendar: Calendar): readonly ExplanationPart[] {
  const { advisory, location, severity, seenBy, firstSeen, closedAt, by, into, cameBackAt, previous, ledgerId } = ended;
  const lines = [
    advisory.summary,
    advisory.aliases.length === 0 ? '' : `Also known as ${advisory.aliases.join(', ')}.`,
    `Was stated in ${placeWords(location)}.`,
    severity.first === severity.last ? '' : `Was ${severity.first} at first, and ${severity.last} in the end.`,
    seenBy.length === 0 ? '' : `Seen by ${seenBy.join(', ')}.`,
  ];
  const dates = [
    `First seen on ${calendar(firstSeen)}.`,
    `Ended on ${calendar(closedAt)}: ${ENDING_WORDS[by]}.`,
    into === undefined ? '' : `It goes on as ${into}.`,
    cameBackAt === undefined ? '' : `It was there again on ${calendar(cameBackAt)}.`,
    previous === undefined ? '' : `It had been there before, as ${previous}.`,
    `The ledger calls it ${ledgerId}.`,
  ];
  return [
    { heading: 'What', lines: lines.filter((line) => line !== '') },
    { heading: 'Dates', lines: dates.filter((line) => line !== '') },
  ];
}
