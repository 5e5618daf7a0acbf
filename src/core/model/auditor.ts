/** The plug-in interface of an auditor: it describes commands and interprets their output, and touches nothing. */
import type { AuditAnswer } from './audit.ts';
import type { Ecosystem } from './ecosystem.ts';
import type { Inventory } from './inventory.ts';
import type { PastReader } from './past.ts';
import type { Program, ToolName } from './program.ts';
import type { Target } from './target.ts';

/** What the operator (never the repository) decides about an audit. */
export interface AuditSettings {
  /** npm registry to ask; absent means npm's own trusted configuration decides. */
  readonly npmRegistry?: string;
  /** Registries and indexes the team says it really uses, so that naming them in the repository is no problem. */
  readonly knownRegistries: readonly string[];
  /** Base of the OSV API that pip-audit asks, without `/v1`; absent means pip-audit's own default. */
  readonly osvUrl?: string;
  /** Python package index uv resolves against; absent means uv's own default. */
  readonly pythonIndex?: string;
  /** Names the team has accepted as not auditable, by target, with their reasons. */
  readonly acceptedUnaudited: readonly AcceptedUnaudited[];
  readonly timeoutMs: number;
  readonly maxOutputBytes: number;
  /** Tries in all for an answer that may come on a second asking. */
  readonly attempts: number;
}

export interface AcceptedUnaudited {
  readonly target?: string;
  readonly package: string;
  readonly reason: string;
}

/** A report that was made elsewhere, already decoded. `trusted` is the operator's word that it is complete. */
export interface ImportedReport {
  readonly file: string;
  readonly text: string;
  readonly trusted: boolean;
}

/** Whoever can make a report of a target, here or elsewhere. */
export interface ReportReader {
  /** As it stands in reports and configuration, such as `npm-audit`. */
  readonly name: string;
  /** Whether it can answer for a target, by the kinds of its sources alone. */
  covers(target: Target): boolean;
  /** Judges a report made elsewhere against our own reading of the target. */
  interpretImport(target: Target, report: ImportedReport, settings: AuditSettings): Program<AuditAnswer>;
}

/** One that can be asked. It reads reports made elsewhere where its tool writes any. */
export interface Auditor extends Omit<ReportReader, 'interpretImport'>, Partial<Pick<ReportReader, 'interpretImport'>> {
  /** The tools it runs, by every ecosystem it has targets in. */
  readonly tools: Readonly<Partial<Record<Ecosystem, readonly ToolName[]>>>;
  /** Reads the target's files without running anything. */
  readInventory(target: Target): Program<Inventory>;
  /** Asks the tool. Every failure is an answer with an `unavailable` outcome; a throw is a bug. */
  audit(target: Target, settings: AuditSettings): Program<AuditAnswer>;
  /** Opens readers of its targets' files as they were; without one, nothing is known of when a finding came in. */
  openPast?(): ReadonlyMap<Ecosystem, PastReader>;
}
