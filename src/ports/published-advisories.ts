/** Listing the security advisories a project published on its host. */

/** `text` is one JSON list, as the host's API gives it; `unavailable` is nobody's word, and never an empty list. */
export type PublishedAdvisories =
  | { readonly status: 'listed'; readonly source: string; readonly text: string }
  | { readonly status: 'unavailable'; readonly detail: string };

/** Never rejects. */
export type ListPublishedAdvisories = (repository: string) => Promise<PublishedAdvisories>;
