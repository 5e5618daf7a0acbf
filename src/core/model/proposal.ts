/** What `fixby init` would write, as values: nothing here has touched a file. */

/** What a file is for; `--only` chooses by it. */
export const PROPOSAL_PARTS = ['config', 'policy', 'exceptions', 'dependabot', 'gate', 'nightly'] as const;

export type ProposalPart = (typeof PROPOSAL_PARTS)[number];

/** One file as it would be. What stands there already stays there: text is added, none is taken away. */
export interface Proposal {
  readonly part: ProposalPart;
  /** Posix, relative to the repository. */
  readonly path: string;
  /** `null` for a new file. */
  readonly before: string | null;
  readonly after: string;
  /** One clause without a full stop. */
  readonly why: string;
}

export interface SetupPlan {
  readonly proposals: readonly Proposal[];
  /** What is there already, or was left for a person, in sentences. */
  readonly notes: readonly string[];
}
