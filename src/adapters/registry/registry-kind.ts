/** What differs between registries: names, addresses, the form asked for, and how an answer is read. */
import type { PublishedVersion } from '../../core/model/package-releases.ts';

/** What an answer tells, or in a clause why it tells nothing. */
export type ReleaseReading =
  | {
      readonly status: 'read';
      readonly published: readonly PublishedVersion[];
      readonly withdrawn: readonly string[];
    }
  | { readonly status: 'invalid'; readonly detail: string };

export interface RegistryKind {
  readonly accept: string;
  /** Whether a name may become part of an address. */
  isName(name: string): boolean;
  /** `base` ends with a slash. */
  addressOf(base: URL, name: string): string;
  /** Reads a body of at most `maxBytes`. Rejects when the connection breaks. */
  read(name: string, body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<ReleaseReading>;
}

export const TOO_LARGE: ReleaseReading = { status: 'invalid', detail: 'its answer is larger than is taken' };
