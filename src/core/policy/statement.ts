/** A policy statement: one window for some severities, with the place it was read from and what its time is for. */
import type { SeveritySet, WindowReading } from './element.ts';
import type { Purpose } from './meaning.ts';
import type { PolicySeverity } from '../model/policy.ts';

/** A file of the repository that may hold the policy. */
export interface PolicyFile {
  readonly path: string;
  readonly text: string;
  readonly sha256: string;
}

/** `mixed`: the context names a fix and something else in one breath. `unclear`: nothing says what the time is for. */
export type StatedPurpose = Purpose | 'mixed' | 'unclear';

/** Whose vulnerabilities a time is about: those of dependencies, those reported in the project, or not said. */
export type Area = 'dependency' | 'generic' | 'reporting';

export interface Statement {
  readonly set: SeveritySet;
  readonly reading: WindowReading;
  readonly purpose: StatedPurpose;
  readonly area: Area;
  readonly line: number;
  /** The author's words, on one line. */
  readonly text: string;
}

/** Words next to a severity that could not be understood. */
export interface Unread {
  readonly levels: readonly PolicySeverity[];
  readonly line: number;
  readonly text: string;
  /** Whether they name a window: then they may contradict what was understood. */
  readonly namesWindow: boolean;
}

/** Everything one list, table or section says. */
export interface StatementGroup {
  /** Unique in its file; the same for statements that belong to one timetable. */
  readonly container: string;
  /** The nearest heading's section, which remarks on all its times belong to. */
  readonly section: string;
  /** Selected by a marker comment. */
  readonly marked: boolean;
  readonly statements: readonly Statement[];
  readonly unread: readonly Unread[];
}
