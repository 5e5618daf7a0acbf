/** OSV records kept where they can be found by package: in memory, or in the imported mirror on disk. */
import type { OsvRecord } from '../core/model/advisory.ts';
import type { Ecosystem } from '../core/model/ecosystem.ts';

/** One record as fixby reads it, and as it was published. */
export interface StoredAdvisory {
  readonly record: OsvRecord;
  /** The JSON text the record came as, served unchanged. */
  readonly text: string;
}

export interface StoreSummary {
  readonly records: number;
  readonly withdrawn: number;
  /** Records that name a package of the ecosystem. */
  readonly byEcosystem: Readonly<Record<Ecosystem, number>>;
  /** Ids, sorted, of standing records with a range that cannot be read: versions it was meant to cover are not found. */
  readonly unreadable: readonly string[];
}

export interface AdvisoryStore {
  /** Every record with a block of that package, withdrawn ones included, sorted by id. The name in any spelling. */
  byPackage(ecosystem: Ecosystem, name: string): readonly StoredAdvisory[];
  /** The record of exactly that id; aliases are not followed. */
  byId(id: string): StoredAdvisory | undefined;
  /** Whether silence about a package of it means that nothing is known; false when its records were never loaded. */
  holds(ecosystem: Ecosystem): boolean;
  summary(): StoreSummary;
}
