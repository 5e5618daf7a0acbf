/** What one run found out, as reconciling takes it. */
import type { Audit } from '../model/audit.ts';
import type { Config } from '../model/config.ts';
import type { RiskException } from '../model/exception.ts';
import type { DatedFinding } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import type { Problem } from '../model/problem.ts';
import type { Blocker, Release } from '../model/release.ts';
import type { SetAside, Target } from '../model/target.ts';
import type { Verdict } from '../model/verdict.ts';

/** One finding of a run. */
export interface Sighting {
  readonly finding: DatedFinding;
  /** Whether the advisory source answered for every id: without that, severity and aliases are only what was left. */
  readonly answered: boolean;
}

/** A folder that git says was renamed since the last recorded run. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** Where a run looked. The order of the lists does not matter. */
export interface Looked {
  /** What discovery found; `complete` when nothing kept it from looking everywhere. */
  readonly discovery: {
    readonly complete: boolean;
    readonly targets: readonly Target[];
    readonly setAside: readonly SetAside[];
  };
  readonly audits: readonly Audit[];
  readonly sightings: readonly Sighting[];
  readonly renamed: readonly Rename[];
  /** An offline run may be behind: what it did not see proves nothing. */
  readonly offline: boolean;
  /** Ledger ids of findings that were not seen and whose advisory is known to be withdrawn. */
  readonly withdrawn: ReadonlySet<string>;
}

/** A whole run. */
export interface Observation extends Looked {
  readonly run: {
    readonly id: string;
    readonly command: string;
    /** Version of fixby. */
    readonly tool: string;
    /** The moment that was judged, and when the auditors were asked: UTC ISO-8601 with milliseconds. */
    readonly asOf: string;
    readonly generatedAt: string;
    readonly verdict: Verdict;
    readonly commit?: string;
    readonly branch?: string;
    /** Problems of the run itself; those of the audits are taken from `audits`. */
    readonly problems: readonly Problem[];
    /** Promises of the policy documents that made it fail; absent means none. */
    readonly brokenPromises?: readonly Blocker[];
  };
  /** `YYYY-MM-DD` in the policy's time zone. */
  readonly today: string;
  readonly policy: Policy;
  /** The whole text the policy was read from. */
  readonly policyText: string;
  /** For how many days a risk of a severity may be accepted; absent means without limit. */
  readonly maxDays?: Config['exceptions']['maxDays'];
  readonly exceptions: readonly RiskException[];
  readonly releases: readonly Release[];
}
