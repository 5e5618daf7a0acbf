/** Releases of the audited repository: git tags that read as semver, and the version that is to be tagged next. */

export interface Release {
  readonly tag: string;
  /** Semver without a leading `v` or monorepo prefix. */
  readonly version: string;
  /** When the tag was cut: the tagger's date of an annotated tag, the commit's otherwise. UTC ISO-8601. */
  readonly at: string;
  readonly commit: string;
}

/** What the tags of a pattern such as `api-v*` begin with: `api-`; the `v` before a version is always optional. */
export function tagPrefix(pattern: string): string {
  return pattern.replace(/v?\*.*$/, '');
}

/** How far a version steps from the last release of its line. */
export type ReleaseStep = 'patch' | 'minor' | 'major' | 'prerelease';

/** A version somebody wants to tag. */
export interface PlannedRelease {
  /** Semver without a leading `v` or monorepo prefix. */
  readonly version: string;
  /** As the repository writes its tags. */
  readonly tag: string;
  readonly level: ReleaseStep;
  /** The tag it follows; absent when it is the first. */
  readonly previous?: string;
}

/** Why a version may not be tagged (yet), or what else than a finding breaks a run: the reason and what clears it, one line each. `code` is a short stable word. */
export interface Blocker {
  readonly code:
    'overdue' | 'critical' | 'window-ends' | 'exception-expired' | 'not-committed' | 'promise-broken' | 'not-audited';
  readonly message: string;
  readonly clears: string;
}
