/** Looking advisories up by id in an OSV source. */
import type { AdvisoryLookup } from '../core/model/advisory.ts';

export interface Advisories {
  /** One answer an id, in the order of `ids`. Never throws: an outage is an answer. */
  lookUp(ids: readonly string[]): Promise<readonly AdvisoryLookup[]>;
  /** The source in words for a report, without credentials. */
  readonly source: string;
}
