/** What an evidence archive proves, as one value (`fixby.evidence-proof/v1`). */

export type EvidenceFaultKind =
  /** A listed file is not there, has other bytes, or is there twice. */
  | 'missing'
  | 'changed'
  | 'twice'
  /** A file nobody listed. */
  | 'extra'
  /** The manifest names a file it does not list. */
  | 'unlisted'
  /** The parts contradict each other. */
  | 'disagrees'
  /** The signature is missing though a key was given, is of another key, or of another manifest. */
  | 'unsigned'
  | 'other-key'
  | 'other-content'
  /** The ledger does not hold the end the archive names. */
  | 'ledger';

export interface EvidenceFault {
  readonly kind: EvidenceFaultKind;
  /** One sentence. */
  readonly message: string;
}

/** The answer of `fixby evidence verify`, also as JSON. */
export interface EvidenceProof {
  readonly schema: 'fixby.evidence-proof/v1';
  readonly archive: string;
  readonly sound: boolean;
  readonly asOf: string;
  readonly verdict: string;
  readonly commit?: string;
  readonly files: number;
  readonly runs: number;
  readonly faults: readonly EvidenceFault[];
  /** Sentences. */
  readonly proven: readonly string[];
  readonly notProven: readonly string[];
  /** What a reader should know beside: outputs that were cut, secrets that were taken out. */
  readonly notes: readonly string[];
}
