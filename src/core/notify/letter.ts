/** Puts a digest into sentences once, for every medium: what a channel adds is only how its medium is written. */
import type { Digest, DigestFinding } from '../model/digest.ts';
import { excerpt } from '../model/text.ts';
import { VERDICT_WORDS, count, minuteOf } from '../report/words.ts';
import { DUE_SOON_DAYS, EXPIRING_DAYS } from './digest.ts';

/** A run of text: fixby's own words, foreign words, a foreign name, or a foreign name that leads somewhere. */
export type Phrase =
  | { readonly kind: 'own' | 'said' | 'name'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string };

/** One line of a list: what it says, and what more there is to say where there is room. */
export interface Entry {
  readonly line: readonly Phrase[];
  readonly details: readonly (readonly Phrase[])[];
}

export interface Section {
  /** fixby's own words. */
  readonly title: string;
  readonly entries: readonly Entry[];
  /** Entries that were left out for want of room; they are counted in the title. */
  readonly hidden: number;
}

export interface Letter {
  /** One plain line: may hold foreign text, without control characters. */
  readonly subject: string;
  /** The verdict and its cause. */
  readonly opening: readonly Phrase[];
  readonly sections: readonly Section[];
  /** Where this comes from and what it rests on. */
  readonly closing: readonly Phrase[];
}

/** How much there is room for. */
export interface Room {
  /** Entries of a section. */
  readonly entries: number;
  /** Characters of a name. */
  readonly name: number;
  /** Characters of a sentence. */
  readonly sentence: number;
  /** Whether details are welcome. */
  readonly details: boolean;
}

/** For a chat: what a person reads between two meetings. */
export const SHORT: Room = { entries: 5, name: 48, sentence: 240, details: false };
/** For mail and for an issue. */
export const LONG: Room = { entries: 100, name: 120, sentence: 600, details: true };

/** The same digest and room, the same letter. What is overdue is in every one of them. */
export function writeLetter(digest: Digest, room: Room): Letter {
  return {
    subject: subjectOf(digest),
    opening: openingOf(digest, room),
    sections: [
      list('Overdue', digest.overdue, (each) => findingEntry(each, room), room),
      list(`Due within ${DUE_SOON_DAYS} days`, digest.dueSoon, (each) => findingEntry(each, room), room),
      list('New', digest.opened, (each) => findingEntry(each, room), room),
      list('Back again', digest.back, (each) => findingEntry(each, room), room),
      list(
        `Accepted risks that end within ${EXPIRING_DAYS} days`,
        digest.expiring,
        (each) => acceptedEntry(each, room),
        room,
      ),
      list('Could not look', digest.unchecked, (each) => uncheckedEntry(each, room), room),
      list(
        'Missed runs',
        digest.missedRuns === undefined ? [] : [digest.missedRuns],
        (text) => sentence(text, room),
        room,
      ),
      list('Cleared', digest.cleared, (each) => clearedEntry(each, room), room),
      list('Next', digest.allWell ? [] : digest.next, (step) => sentence(step, room), room),
    ].filter(({ entries }) => entries.length > 0),
    closing: closingOf(digest, room),
  };
}

/** `[fixby] shop: FAIL, 3 overdue, 1 new`, or that all is well. */
function subjectOf(digest: Digest): string {
  const { repository, verdict, allWell, overdue, dueSoon, opened, back, expiring, unchecked, cleared, missedRuns } =
    digest;
  const counted: readonly (readonly [number, string])[] = [
    [overdue.length, 'overdue'],
    [dueSoon.length, `due within ${DUE_SOON_DAYS} days`],
    [opened.length, 'new'],
    [back.length, 'back again'],
    [expiring.length, 'accepted and expiring'],
    [unchecked.length, 'not looked at'],
    [cleared.length, 'cleared'],
  ];
  const facts = [
    allWell ? 'all is well' : VERDICT_WORDS[verdict].word,
    ...counted.flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`])),
    ...(missedRuns === undefined ? [] : ['runs missed']),
  ];
  return `[fixby] ${excerpt(repository, 80)}: ${facts.join(', ')}`;
}

function openingOf(
  { allWell, repository, verdict, sentence: cause, ...digest }: Digest,
  room: Room,
): readonly Phrase[] {
  const { mark, word } = VERDICT_WORDS[verdict];
  const name = nameOf(repository, room);
  if (!allWell) return [own(`${mark} ${word} `), name, own(': '), said(cause, room)];
  const nothing = `nothing overdue, nothing due within ${DUE_SOON_DAYS} days`;
  const lead = [own(`${mark} All is well with `), name];
  if (digest.open === 0) return [...lead, own(`: ${nothing}, no finding is open.`)];
  const open = own(`: ${nothing}, ${count(digest.open, 'finding')} open`);
  if (digest.nextDue === undefined) return [...lead, open, own(', none of them with a date.')];
  return [...lead, open, own(', the next due '), said(minuteOf(digest.nextDue), room), own('.')];
}

function closingOf({ asOf, branch, commit, changes, previousRun, accepted }: Digest, room: Room): readonly Phrase[] {
  const checkout = [
    ...(branch === undefined ? [] : [own(', branch '), nameOf(branch, room)]),
    ...(commit === undefined ? [] : [own(', commit '), nameOf(commit.slice(0, 12), room)]),
  ];
  const since = {
    known: [own('; compared with the run of '), said(minuteOf(previousRun ?? ''), room)],
    'first-run': [own('; no earlier run is recorded, so everything counts as new')],
    'not-recorded': [own('; this run was not recorded, so nobody can tell what is new or cleared')],
  }[changes];
  const risks = accepted === 0 ? '' : `; ${count(accepted, 'accepted risk')}`;
  return [own('Judged as of '), said(minuteOf(asOf), room), ...checkout, ...since, own(`${risks}.`)];
}

function list<T>(title: string, items: readonly T[], write: (item: T) => Entry, { entries }: Room): Section {
  const shown = items.slice(0, entries);
  const heading = items.length > 1 ? `${title} (${items.length})` : title;
  return { title: heading, entries: shown.map(write), hidden: items.length - shown.length };
}

function findingEntry(finding: DigestFinding, room: Room): Entry {
  const { severity, standing, fix, isNew, isBack, summary, reason } = finding;
  const news = isNew ? ', new' : isBack ? ', back again' : '';
  const facts = [own(`: ${severity}, `), said(standing, room), own(`${news}, fix `), nameOf(fix, room)];
  const line = [...packagePhrases(finding, room), ...facts, own(', '), advisoryPhrase(finding, room)];
  return { line, details: detail(room, [summary, reason]) };
}

function acceptedEntry(finding: Digest['expiring'][number], room: Room): Entry {
  const { severity, expires, owner } = finding;
  const ends = [own(`: ${severity}, accepted until `), said(expires, room), own(', owned by '), nameOf(owner, room)];
  const line = [...packagePhrases(finding, room), ...ends, own(', '), advisoryPhrase(finding, room)];
  return { line, details: detail(room, [finding.summary]) };
}

function clearedEntry(cleared: Digest['cleared'][number], room: Room): Entry {
  const facts = own(`: ${cleared.severity}, ${cleared.how}, `);
  return { line: [...packagePhrases(cleared, room), facts, nameOf(cleared.advisory, room)], details: [] };
}

function uncheckedEntry({ place, message, mend }: Digest['unchecked'][number], room: Room): Entry {
  const where: readonly Phrase[] = place === null ? [] : [nameOf(place, room), own(': ')];
  return {
    line: [...where, said(message, room)],
    details: detail({ ...room, details: true }, mend === '' ? [] : [mend]),
  };
}

function packagePhrases(
  { package: name, versions: [oldest, ...more], target }: Pick<DigestFinding, 'package' | 'versions' | 'target'>,
  room: Room,
): readonly Phrase[] {
  const installed = `${excerpt(name, room.name)}${oldest === undefined ? '' : `@${excerpt(oldest, 24)}`}`;
  const others = more.length === 0 ? '' : ` +${more.length}`;
  return [{ kind: 'name', text: installed + others }, own(' in '), nameOf(target, room)];
}

function advisoryPhrase({ advisory, url }: Pick<DigestFinding, 'advisory' | 'url'>, room: Room): Phrase {
  return { kind: 'link', text: excerpt(advisory, room.name), url };
}

function sentence(text: string, room: Room): Entry {
  return { line: [said(text, room)], details: [] };
}

function detail(room: Room, texts: readonly string[]): Entry['details'] {
  return room.details ? texts.filter((text) => text !== '').map((text) => [said(text, room)]) : [];
}

function own(text: string): Phrase {
  return { kind: 'own', text };
}

function nameOf(text: string, room: Room): Phrase {
  return { kind: 'name', text: excerpt(text, room.name) };
}

function said(text: string, room: Room): Phrase {
  return { kind: 'said', text: excerpt(text, room.sentence) };
}
