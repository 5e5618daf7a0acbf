/** An imported mirror on disk, read while it may be replaced, and the draft of its next generation. */
import type { Ecosystem } from '../core/model/ecosystem.ts';
import type { KnownExploited, ScoredCve } from '../core/model/exploitation.ts';
import type { MirroredSource, MirrorSource, MirrorState } from '../core/model/mirror.ts';
import type { AdvisoryStore } from './advisory-store.ts';

/** One generation, complete and unchanging. */
export interface Generation {
  readonly state: MirrorState;
  readonly store: AdvisoryStore;
  /** The catalog's entry of a CVE id in capitals; `undefined` too when no catalog was imported. */
  exploited(cve: string): KnownExploited | undefined;
  /** The score of a CVE id in capitals; `undefined` too when no scores were imported. */
  score(cve: string): ScoredCve | undefined;
}

/** The generation in force, or in sentences why there is none and what mends it. */
export type MirrorReading =
  | { readonly status: 'open'; readonly generation: Generation }
  | { readonly status: 'unavailable'; readonly detail: string; readonly mend: string };

export interface Mirror {
  /** Absolute path of its folder. */
  readonly path: string;
  /** Looks whether another generation is in force, and opens it then. Cheap when nothing changed; never throws. */
  current(): MirrorReading;
  /** Lets go of the files; what was read from the store stays valid. */
  close(): Promise<void>;
}

/** What an index says of a record. */
export interface RecordIndex {
  readonly id: string;
  readonly modified: string | null;
  readonly packages: readonly PackageName[];
  readonly withdrawn: boolean;
  /** It has a range that cannot be read. */
  readonly unreadable: boolean;
}

export interface IndexedRecord extends RecordIndex {
  /** As it is to be served; as bytes where it need not be decoded any more. */
  readonly text: string | Uint8Array;
  /** Whether the text is the file it came as, byte for byte. */
  readonly isVerbatim: boolean;
}

export interface PackageName {
  readonly ecosystem: Ecosystem;
  /** Normalized. */
  readonly name: string;
}

/** What the draft knows of a record it holds. */
export interface HeldRecord {
  /** SHA-256 of the file it came as. */
  readonly file: string;
  /** SHA-256 of its text. */
  readonly text: string;
  readonly modified: string | null;
  /** Ecosystems whose imports brought it. */
  readonly sources: readonly Ecosystem[];
}

/** The next generation, begun as a copy of the one in force. Nobody reads it before `commit`. */
export interface MirrorDraft {
  readonly before: MirrorState | null;
  held(id: string): HeldRecord | undefined;
  /** Whether a record it holds names a package of an ecosystem. */
  names(id: string, ecosystem: Ecosystem): boolean;
  /** Ids of the records an ecosystem's import brought, now or before, without those in `seen`. */
  heldBesides(seen: ReadonlySet<string>, source: Ecosystem): Iterable<string>;
  /** Takes a record in, in place of one with its id. `file` is the SHA-256 of the file it came as. */
  put(source: Ecosystem, record: IndexedRecord, file: string): void;
  /** Notes that `source` brings a record that is held already. */
  keep(source: Ecosystem, id: string): void;
  /** Notes that `source` does not bring it any more; a record nobody brings is removed. True when it was. */
  release(source: Ecosystem, id: string): boolean;
  replaceExploited(entries: readonly KnownExploited[]): void;
  replaceScores(entries: readonly ScoredCve[]): void;
  /** Makes it the generation in force. `sources` are those imported now; the others stay as they were. */
  commit(sources: Readonly<Partial<Record<MirrorSource, MirroredSource>>>, now: string): Promise<MirrorState>;
}

export interface MirrorWriter {
  /** Runs `work` on a draft that nobody else can make meanwhile; what was not committed is removed. Throws a UsageError. */
  draft<T>(work: (draft: MirrorDraft) => Promise<T>): Promise<T>;
}
