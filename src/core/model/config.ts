/** The configuration of `.fixby/config.yaml` as the rest of fixby sees it: every default filled in, nothing left to read. */
import type { AcceptedUnaudited } from './auditor.ts';
import type { ToolName } from './program.ts';
import type { ClockStart, PolicySeverity } from './policy.ts';

/** Words the configuration states, with the place to name when they cannot be understood. */
export interface ConfiguredWords {
  readonly text: string;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** What the configuration says about the policy. Words are read by the policy's own grammar, so an absent key means "as SECURITY.md says". */
export interface PolicyConfig {
  /** The file to read the policy from, relative to the repository; absent means the usual places of SECURITY.md. */
  readonly file?: string;
  readonly windows: { readonly [S in PolicySeverity]?: ConfiguredWords };
  /** What "ASAP" and "as soon as possible" mean. */
  readonly asap?: ConfiguredWords;
  /** How long a sprint is. */
  readonly sprint?: ConfiguredWords;
  readonly knownExploited?: ConfiguredWords;
  readonly noFixLongestWait?: ConfiguredWords;
  readonly noFix: 'pause' | 'count';
  readonly clock: ClockStart;
  readonly unknownSeverity: PolicySeverity;
  /** IANA zone. */
  readonly timeZone: string;
  /** `YYYY-MM-DD`, sorted. */
  readonly holidays: readonly string[];
  /** The configuration itself, as the source of a policy that is stated nowhere else; `null` when there is no file. */
  readonly source: { readonly file: string; readonly sha256: string } | null;
}

export interface Config {
  readonly policy: PolicyConfig;
  /** Globs relative to the repository. An empty `include` means every folder. */
  readonly discover: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  /** An absent `registry` means npm's own trusted configuration decides. */
  readonly npm: { readonly registry?: string; readonly knownRegistries: readonly string[] };
  /** `interpreter` is an absolute path; absent means the one fixby finds outside the repository. */
  readonly python: { readonly index?: string; readonly knownIndexes: readonly string[]; readonly interpreter?: string };
  /** `url` is the base of an OSV API without `/v1`. `maxAgeMs` is how old a cached advisory may be. */
  readonly osv: { readonly url?: string; readonly maxAgeMs: number };
  /** `path` is the absolute folder of an imported mirror; absent means none. `maxAgeMs` is how old its records may be. */
  readonly mirror: { readonly path?: string; readonly maxAgeMs: number };
  /** Addresses or absolute paths of the feeds; an absent one is not asked. `maxAgeMs` is how old a fetched feed may be. */
  readonly exploited: { readonly kev?: string; readonly epss?: string; readonly maxAgeMs: number };
  /** Absolute paths of tools; an absent one is looked for on PATH. */
  readonly tools: { readonly [T in ToolName]?: string };
  readonly audit: {
    /** Names of the auditors to ask; absent means all of them. */
    readonly auditors?: readonly string[];
    /** Tools at once; absent means as many as the machine can well run. */
    readonly concurrency?: number;
    readonly timeoutMs: number;
    readonly attempts: number;
    readonly acceptUnaudited: readonly AcceptedUnaudited[];
  };
  /** For how many days a risk of a severity may be accepted at once; an absent one is not limited. */
  readonly exceptions: { readonly maxDays: { readonly [S in PolicySeverity]?: number } };
  /**
   * `url` is a PostgreSQL address without password; absent means the file in the repository. `repository` is what the ledger
   * calls this repository; absent, a file takes the folder's name.
   */
  readonly ledger: { readonly url?: string; readonly repository?: string };
  /** What makes a run fail beside findings; absent means that promises are only shown. */
  readonly promises: { readonly failOn?: 'broken' };
  /** A tag name with one `*` where the version stands, such as `api-v*`; absent means any tag that reads as semver. */
  readonly releases: { readonly tagPattern?: string };
  /** How often a run is expected; absent means that nobody expects one. */
  readonly schedule: { readonly everyMs?: number };
  /** Who is told, and by what; where a channel leads is the operator's to say. */
  readonly notify: { readonly channels: readonly { readonly name: string; readonly kind: string }[] };
  /** `dir` is relative to the repository. */
  readonly reports: { readonly dir: string; readonly formats: readonly string[] };
}
