/** Adds the events of a ledger up to what it says: now, or as it was known at an earlier moment. */
import type { LedgerBody, LedgerEvent } from '../model/ledger.ts';
import type { Release } from '../model/release.ts';
import { dateEvents } from './date-events.ts';
import { exceptionKey } from './exception-key.ts';
import { change, close, open, reopen } from './fold-finding.ts';
import type { FindingDrafts } from './fold-finding.ts';
import { placeOf } from './ledger-state.ts';
import type { FullLook, KnownException, KnownPolicy, KnownRun, LedgerState, Moment } from './ledger-state.ts';

type FoldedEvent = Pick<LedgerEvent, 'seq' | 'at' | 'body'>;

/** An event, and when it became known: `dateEvents`. */
export interface KnownEvent extends FoldedEvent {
  readonly known: string;
}

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

interface Draft {
  readonly findings: FindingDrafts;
  readonly exceptions: Mutable<KnownException>[];
  /** Those in the file, by `exceptionKey`. */
  readonly present: Map<string, Mutable<KnownException>>;
  readonly releases: Map<string, Release>;
  readonly looks: Map<string, FullLook>;
  policy: KnownPolicy | null;
  lastRun: { readonly body: BodyOf<'run-recorded'>; readonly when: Moment } | null;
  runs: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * As `foldLedger`, or with `instant` as `stateAsOf`, of events as they come: kept together, a hundred thousand cost the
 * collector of garbage more than everything else. All of `events` are taken.
 */
export function foldKnown(events: Iterable<KnownEvent>, instant?: string): LedgerState {
  const draft: Draft = {
    findings: new Map(),
    exceptions: [],
    present: new Map(),
    releases: new Map(),
    looks: new Map(),
    policy: null,
    lastRun: null,
    runs: 0,
  };
  const misdated: number[] = [];
  let count = 0;
  let [began, ended]: (string | undefined)[] = [];
  for (const { seq, at, body, known } of events) {
    if (instant !== undefined && known > instant) continue;
    if (known < at) misdated.push(seq);
    apply(draft, body, { at: known, event: seq });
    count += 1;
    began ??= known;
    ended = known;
  }
  const { findings, policy, exceptions, releases, looks, lastRun, runs } = draft;
  return {
    findings,
    policy,
    exceptions,
    releases,
    looks,
    lastRun: lastRun === null ? null : ({ ...lastRun.body, ...lastRun.when } satisfies KnownRun),
    runs,
    events: count,
    ...(began === undefined || ended === undefined ? {} : { began, ended }),
    misdated,
  };
}

function apply(draft: Draft, body: LedgerBody, when: Moment): void {
  switch (body.type) {
    case 'run-recorded':
      recordRun(draft, body, when);
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

function recordRun(draft: Draft, body: BodyOf<'run-recorded'>, when: Moment): void {
  draft.runs += 1;
  draft.lastRun = { body, when };
  const deciding = body.targets.filter(({ secondOpinion }) => secondOpinion !== true);
  const short = deciding.filter((target) => !isFull(target)).map(placeOfTarget);
  for (const target of deciding) {
    const place = placeOfTarget(target);
    if (!short.includes(place)) draft.looks.set(place, look(target, when.at, draft.looks.get(place)));
  }
}

type RunTarget = BodyOf<'run-recorded'>['targets'][number];

function placeOfTarget({ ecosystem, path }: RunTarget): string {
  return placeOf(ecosystem, path);
}

function isFull({ outcome, audited, skipped, packages }: RunTarget): boolean {
  return outcome === 'audited' && audited + skipped >= packages;
}

const NONE: FullLook['passedOver'] = new Map();

function look({ skippedPackages = [] }: RunTarget, at: string, before: FullLook | undefined): FullLook {
  if (skippedPackages.length === 0) return { at, passedOver: NONE };
  const lastAsked = (name: string): string | undefined =>
    before?.passedOver.has(name) === true ? before.passedOver.get(name) : before?.at;
  return { at, passedOver: new Map(skippedPackages.map(({ name }) => [name, lastAsked(name)])) };
}

/** A change of a finding that was never opened says nothing. */
function recordChange({ findings }: Draft, body: BodyOf<'finding-reopened' | 'finding-changed'>, when: Moment): void {
  const finding = findings.get(body.id);
  if (finding === undefined) return;
  if (body.type === 'finding-reopened') reopen(finding, when);
  else change(finding, body, when);
}

function recordException(
  { exceptions, present }: Draft,
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
