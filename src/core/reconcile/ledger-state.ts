/** What a ledger says once its events are added up. Facts only: no deadline, no verdict of its own. */
import type { EarlierOccurrence, SeverityChange } from '../model/finding.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import type { FindingFacts } from '../model/ledger-facts.ts';
import type { ClosedBy, LedgerBody } from '../model/ledger.ts';
import type { Release } from '../model/release.ts';
import type { SeverityLevel } from '../model/severity.ts';

type BodyOf<T extends LedgerBody['type']> = Extract<LedgerBody, { type: T }>;

/** When something became known, and by which event (its number in the chain). */
export interface Moment {
  readonly at: string;
  readonly event: number;
}

/** How and when a finding ended. */
export interface Closing extends Moment {
  readonly by: ClosedBy;
  /** With `merged`: the finding that goes on. */
  readonly into?: string;
}

/** A finding as the ledger follows it through renamings, bumps and moves. */
export interface KnownFinding {
  readonly id: string;
  readonly target: string;
  readonly ecosystem: Ecosystem;
  readonly package: string;
  /** As last known, sorted. */
  readonly ids: readonly string[];
  /** Every id it was ever known by, but for those that were split off. */
  readonly everIds: ReadonlySet<string>;
  readonly advisory: string;
  readonly versions: readonly string[];
  readonly severity: SeverityLevel;
  readonly severityHistory: readonly SeverityChange[];
  readonly firstSeen: Moment;
  /** Folders it was in before, oldest first. */
  readonly moves: readonly { readonly at: string; readonly from: string }[];
  /** Times it was gone without a change of the repository, oldest first. */
  readonly absences: readonly { readonly from: string; readonly to: string; readonly by: ClosedBy }[];
  /** Set while nothing but an advisory source that did not answer stands behind its severity. */
  readonly provisional: boolean;
  /** The occurrence before this one; absent when there is none. */
  readonly back?: string;
  /** Absent in ledgers that tell no more than the event itself. */
  readonly facts?: FindingFacts;
  /** Absent while it is open. */
  readonly closed?: Closing;
}

export type KnownRun = BodyOf<'run-recorded'> & Moment;
export type KnownPolicy = BodyOf<'policy-changed'> & Moment;
export type StoredException = BodyOf<'exception-added'>['exception'];

/** The last time a place was audited in full. */
export interface FullLook {
  readonly at: string;
  /** Packages it did not ask about, each with the last full look that did; absent where there was none. */
  readonly passedOver: ReadonlyMap<string, string | undefined>;
}

/** One entry of the exceptions file, from the run that first saw it. Changed in any word, it is another one. */
export interface KnownException {
  readonly exception: StoredException;
  readonly added: Moment;
  /** When a run first found it expired. */
  readonly expired?: Moment;
  /** When it was no longer in the file. */
  readonly removed?: Moment;
}

export interface LedgerState {
  /** By ledger id, in the order of their opening; closed ones included. */
  readonly findings: ReadonlyMap<string, KnownFinding>;
  readonly policy: KnownPolicy | null;
  /** Everything that was ever accepted, in the order it was added. */
  readonly exceptions: readonly KnownException[];
  /** By tag, as last seen. */
  readonly releases: ReadonlyMap<string, Release>;
  /** By place (`placeOf`). */
  readonly looks: ReadonlyMap<string, FullLook>;
  readonly lastRun: KnownRun | null;
  readonly runs: number;
  /** Events in all. */
  readonly events: number;
  /** When the first and the last event became known; absent in an empty ledger. */
  readonly began?: string;
  readonly ended?: string;
  /** Numbers of events that claim to be later than an event after them: a clock was wrong. */
  readonly misdated: readonly number[];
}

/** One folder seen through one ecosystem. */
export function placeOf(ecosystem: Ecosystem, target: string): string {
  return `${ecosystem}:${target}`;
}

/** The open findings, in the order of their opening. */
export function openFindings({ findings }: LedgerState): readonly KnownFinding[] {
  return [...findings.values()].filter(({ closed }) => closed === undefined);
}

/** What the exceptions file held at the last run. */
export function presentExceptions({ exceptions }: Pick<LedgerState, 'exceptions'>): readonly KnownException[] {
  return exceptions.filter(({ removed }) => removed === undefined);
}

/** The occurrence before a finding, in the words of a report; `undefined` when there is none. */
export function earlierOccurrence(
  id: string | undefined,
  { findings }: Pick<LedgerState, 'findings'>,
): EarlierOccurrence | undefined {
  const earlier = findings.get(id ?? '');
  if (earlier?.closed === undefined) return undefined;
  const { closed, firstSeen } = earlier;
  return { ledgerId: earlier.id, firstSeenAt: firstSeen.at, closedAt: closed.at, closedBy: closed.by };
}
