/** What a ledger says while it is being added up: a state that is written to, and never one that anybody holds. */
import type { LedgerBody } from '../model/ledger.ts';
import type { Release } from '../model/release.ts';
import { exceptionKey } from './exception-key.ts';
import type { FindingDraft, FindingDrafts } from './fold-finding.ts';
import type { FullLook, KnownException, KnownPolicy, KnownRun, LedgerState, Moment } from './ledger-state.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface LedgerDraft {
  readonly findings: FindingDrafts;
  readonly exceptions: Mutable<KnownException>[];
  /** Those in the file, by `exceptionKey`. */
  readonly present: Map<string, Mutable<KnownException>>;
  readonly releases: Map<string, Release>;
  readonly looks: Map<string, FullLook>;
  policy: KnownPolicy | null;
  lastRun: { readonly body: Extract<LedgerBody, { type: 'run-recorded' }>; readonly when: Moment } | null;
  runs: number;
  events: number;
  began: string | undefined;
  ended: string | undefined;
  readonly misdated: number[];
}

/** A copy of `state` to add to. */
export function draftOf(state: LedgerState): LedgerDraft {
  const { lastRun } = state;
  const exceptions = state.exceptions.map((known) => ({ ...known }));
  const inFile = exceptions.filter(({ removed }) => removed === undefined);
  return {
    findings: new Map([...state.findings].map(([id, finding]) => [id, draftOfFinding(finding)])),
    exceptions,
    present: new Map(inFile.map((known) => [exceptionKey(known.exception), known])),
    releases: new Map(state.releases),
    looks: new Map(state.looks),
    policy: state.policy,
    lastRun: lastRun === null ? null : { body: lastRun, when: { at: lastRun.at, event: lastRun.event } },
    runs: state.runs,
    events: state.events,
    began: state.began,
    ended: state.ended,
    misdated: [...state.misdated],
  };
}

function draftOfFinding(
  finding: LedgerState['findings'] extends ReadonlyMap<string, infer F> ? F : never,
): FindingDraft {
  return {
    ...finding,
    severityHistory: [...finding.severityHistory],
    everIds: new Set(finding.everIds),
    moves: [...finding.moves],
    absences: [...finding.absences],
  };
}

/** What was added up; `draft` is not to be written to any more. */
export function stateOf(draft: LedgerDraft): LedgerState {
  const { findings, policy, exceptions, releases, looks, lastRun, runs, events, began, ended, misdated } = draft;
  return {
    findings,
    policy,
    exceptions,
    releases,
    looks,
    lastRun: lastRun === null ? null : ({ ...lastRun.body, ...lastRun.when } satisfies KnownRun),
    runs,
    events,
    ...(began === undefined || ended === undefined ? {} : { began, ended }),
    misdated,
  };
}
