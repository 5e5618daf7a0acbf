/** Adds the events of a ledger up to what it says: now, or as it was known at an earlier moment. */
import type { LedgerBody, LedgerEvent } from '../model/ledger.ts';
import { dateEvents } from './date-events.ts';
import { exceptionKey } from './exception-key.ts';
import { change, close, open, reopen } from './fold-finding.ts';
import { addLooks } from './fold-run.ts';
import { draftOf, stateOf } from './ledger-draft.ts';
import type { LedgerDraft } from './ledger-draft.ts';
import type { LedgerState, Moment } from './ledger-state.ts';

type FoldedEvent = Pick<LedgerEvent, 'seq' | 'at' | 'body'>;

/** An event, and when it became known: `dateEvents`. */
export interface KnownEvent extends FoldedEvent {
  readonly known: string;
}

/** What a ledger says that has no event. */
export const NOTHING_KNOWN: LedgerState = {
  findings: new Map(),
  policy: null,
  exceptions: [],
  releases: new Map(),
  looks: new Map(),
  lastRun: null,
  runs: 0,
  events: 0,
  misdated: [],
};

/** What all of `events`, in the order of their chain, say. */
export function foldLedger(events: readonly FoldedEvent[]): LedgerState {
  return foldKnown(withDates(events));
}

/** What was known at `instant` (UTC ISO-8601 with milliseconds): nothing that became known later has a say. */
export function stateAsOf(events: readonly FoldedEvent[], instant: string): LedgerState {
  return foldKnown(withDates(events), instant);
}

function withDates(events: readonly FoldedEvent[]): readonly KnownEvent[] {
  const dates = dateEvents(events);
  return events.map((event, index) => ({ ...event, known: dates[index] ?? event.at }));
}

/**
 * As `foldLedger`, or with `instant` as `stateAsOf`, of events as they come: kept together, a hundred thousand cost the
 * collector of garbage more than everything else. All of `events` are taken.
 */
export function foldKnown(events: Iterable<KnownEvent>, instant?: string): LedgerState {
  const draft = draftOf(NOTHING_KNOWN);
  for (const event of events) add(draft, event, instant);
  return stateOf(draft);
}

/**
 * What `state` and the events after it say, with `instant` as in `stateAsOf`. `null` where that cannot be told without the
 * events behind `state`: where it knows what came after `instant`, or one of `events` is dated before what it knows and so
 * moves dates in it.
 */
export function foldOnto(state: LedgerState, events: Iterable<KnownEvent>, instant?: string): LedgerState | null {
  const { ended = '' } = state;
  if (instant !== undefined && ended > instant) return null;
  const draft = draftOf(state);
  for (const event of events) {
    if (event.known < ended) return null;
    add(draft, event, instant);
  }
  return stateOf(draft);
}

function add(draft: LedgerDraft, { seq, at, body, known }: KnownEvent, instant: string | undefined): void {
  if (instant !== undefined && known > instant) return;
  if (known < at) draft.misdated.push(seq);
  apply(draft, body, { at: known, event: seq });
  draft.events += 1;
  draft.began ??= known;
  draft.ended = known;
}

function apply(draft: LedgerDraft, body: LedgerBody, when: Moment): void {
  switch (body.type) {
    case 'run-recorded':
      draft.runs += 1;
      draft.lastRun = { body, when };
      addLooks(draft.looks, body, when.at);
      break;
    case 'policy-changed':
      draft.policy = { ...body, ...when };
      break;
    case 'release-cut':
      draft.releases.set(body.tag, { tag: body.tag, version: body.version, at: body.at, commit: body.commit });
      break;
    case 'exception-added':
    case 'exception-expired':
    case 'exception-removed':
      recordException(draft, body, when);
      break;
    case 'finding-opened':
      open(draft.findings, body, when);
      break;
    case 'finding-closed':
      close(draft.findings, body, when);
      break;
    case 'finding-reopened':
    case 'finding-changed':
      recordChange(draft, body, when);
  }
}

type BodyOf<T extends LedgerBody['type']> = Extract<LedgerBody, { type: T }>;

/** A change of a finding that was never opened says nothing. */
function recordChange(
  { findings }: LedgerDraft,
  body: BodyOf<'finding-reopened' | 'finding-changed'>,
  when: Moment,
): void {
  const finding = findings.get(body.id);
  if (finding === undefined) return;
  if (body.type === 'finding-reopened') reopen(finding, when);
  else change(finding, body, when);
}

function recordException(
  { exceptions, present }: LedgerDraft,
  { type, exception }: BodyOf<'exception-added' | 'exception-expired' | 'exception-removed'>,
  when: Moment,
): void {
  const key = exceptionKey(exception);
  const known = present.get(key);
  if (type === 'exception-added' && known === undefined) {
    const added = { exception, added: when };
    present.set(key, added);
    exceptions.push(added);
  } else if (type === 'exception-expired' && known !== undefined) {
    known.expired ??= when;
  } else if (type === 'exception-removed' && known !== undefined) {
    known.removed = when;
    present.delete(key);
  }
}
