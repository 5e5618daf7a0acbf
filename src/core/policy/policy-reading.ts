/** What reading the policy gives: the policy with remarks, or every reason why there is none. */
import type { Timetable } from './timetable.ts';
import type { PolicyFile } from './statement.ts';
import type { PolicyConfig } from '../model/config.ts';
import type { Policy, PolicySeverity } from '../model/policy.ts';
import type { Problem } from '../model/problem.ts';

/** `files` are the usual places of SECURITY.md that exist; `overrides` is what the configuration says. */
export interface PolicyInput {
  readonly files: readonly PolicyFile[];
  readonly overrides: PolicyConfig;
}

/** A problem with the place it is about. */
export interface PolicyProblem extends Problem {
  /** Null when no file is concerned. */
  readonly file: string | null;
  /** 1-based, ascending; empty when the file as a whole is meant. */
  readonly lines: readonly number[];
  /** Configuration keys that settle it; empty for a remark. */
  readonly keys: readonly string[];
}

/** A timetable that was found, and whether the policy is made of it. */
export interface Candidate extends Timetable {
  readonly chosen: boolean;
}

/**
 * - `exact`: the words, or the configuration, say this window and nothing else;
 * - `inferred`: the words leave room that a written rule closes, or stand in a timetable for something else;
 * - `vague`: the words name no time, and the configuration lends them one.
 */
export type Confidence = 'exact' | 'inferred' | 'vague';

export type PolicyConfidence = Readonly<Record<PolicySeverity, Confidence>>;

export type PolicyReading =
  | {
      readonly ok: true;
      readonly policy: Policy;
      readonly confidence: PolicyConfidence;
      /** Remarks: none of them blocks. */
      readonly problems: readonly PolicyProblem[];
      readonly candidates: readonly Candidate[];
    }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[]; readonly candidates: readonly Candidate[] };
