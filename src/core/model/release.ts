/** Releases of the audited repository: git tags that read as semver. */

export interface Release {
  readonly tag: string;
  /** Semver without a leading `v` or monorepo prefix. */
  readonly version: string;
  /** When the tag was cut: the tagger's date of an annotated tag, the commit's otherwise. UTC ISO-8601. */
  readonly at: string;
  readonly commit: string;
}
