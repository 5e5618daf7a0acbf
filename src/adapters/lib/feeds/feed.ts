/** What a feed is to the adapter that reads it: a reader of its text. */

/** What a text tells of the CVE ids that were asked about, or in a clause why it is no such feed. */
export type FeedContent<T> =
  | {
      readonly status: 'read';
      /** When the feed was made, UTC ISO-8601; absent when it does not say. */
      readonly madeAt?: string;
      /** Sorted by CVE. */
      readonly entries: readonly T[];
    }
  | { readonly status: 'invalid'; readonly detail: string };

/** The CVE ids, in capitals, that are asked about. */
export type Wanted = Pick<ReadonlySet<string>, 'has'>;

export interface Feed<T> {
  /** Entries of other ids are left out. */
  read(text: string, cves: Wanted): FeedContent<T>;
}
