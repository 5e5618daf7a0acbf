/** Looking advisories up in an OSV source: by id, and by package. */
import type { AdvisoryLookup, PackageLookup, SourceAge } from '../core/model/advisory.ts';
import type { Ecosystem } from '../core/model/ecosystem.ts';

export interface Advisories {
  /** One answer an id, in the order of `ids`. Never throws: an outage is an answer. */
  lookUp(ids: readonly string[]): Promise<readonly AdvisoryLookup[]>;
  /** The source in words for a report, without credentials. */
  readonly source: string;
}

/** For those who match by themselves. */
export interface PackageAdvisories {
  /** Everything the source knows of each package, whatever the version; in the order of `names`, which are normalized. Never rejects. */
  forPackages(ecosystem: Ecosystem, names: readonly string[]): Promise<readonly PackageLookup[]>;
  /** The source in words for a report, without credentials. */
  readonly source: string;
  /** How old what it says of an ecosystem is. */
  age(ecosystem: Ecosystem): SourceAge;
}
