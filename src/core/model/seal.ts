/** Sealed texts: what was signed, and what became of looking at the signature. */

/** A text and what it is, as a media type: both are signed. */
export interface SealedText {
  readonly type: string;
  readonly text: string;
}

/** Seals a text as one line. */
export type Seal = (sealed: SealedText) => string;

/** `holds`: the key signed it. `other-key`: it did not. `unchecked`: no key was given. `unreadable`: it is no envelope. */
export type Opened =
  ({ readonly status: 'holds' | 'other-key' | 'unchecked' } & SealedText) | { readonly status: 'unreadable' };

/** Opens what `Seal` made. */
export type OpenSeal = (line: string) => Opened;
