/** Asking package registries when versions were published. */
import type { Ecosystem } from '../core/model/ecosystem.ts';
import type { PackageSource, ReleasesLookup } from '../core/model/package-releases.ts';

export interface Registry {
  /** One answer a name (normalized for the ecosystem), in the order of `names`. Never rejects: an outage is an answer. */
  lookUp(ecosystem: Ecosystem, source: PackageSource, names: readonly string[]): Promise<readonly ReleasesLookup[]>;
}
