/** What a registry knows of a package's versions: when each was published, and which were taken back. */

/** The registry or index an ecosystem's packages come from. */
export interface PackageSource {
  /** Base address. May hold the operator's credentials: never to be shown as it is. */
  readonly url: string;
  /** Whether the operator's own tools name it, rather than a flag or the repository's configuration. */
  readonly own: boolean;
}

/** A program's answer to where packages come from; `detail` says why it is not known. */
export type PackageSourceAnswer =
  | { readonly status: 'known'; readonly source: PackageSource }
  | { readonly status: 'unknown'; readonly detail: string };

/** A version as the registry writes it, and when it was first there: UTC ISO-8601 with milliseconds. */
export interface PublishedVersion {
  readonly version: string;
  readonly at: string;
}

/** What looking one package up gave. `not-found` is the registry's word; `unavailable` is nobody's. */
export type ReleasesLookup =
  | {
      readonly status: 'found';
      readonly name: string;
      /** The registry's address without credentials. */
      readonly source: string;
      /** Versions that can be installed and have a date. */
      readonly published: readonly PublishedVersion[];
      /** Versions that were taken back: yanked from an index, unpublished from a registry. */
      readonly withdrawn: readonly string[];
    }
  | { readonly status: 'not-found'; readonly name: string; readonly source: string }
  | { readonly status: 'unavailable'; readonly name: string; readonly detail: string };

export type FoundReleases = Extract<ReleasesLookup, { status: 'found' }>;
