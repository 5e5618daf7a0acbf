/** Answers what a store of records knows of packages, for those who bring their own advisories. */
import type { SourceAge } from '../core/model/advisory.ts';
import type { Ecosystem } from '../core/model/ecosystem.ts';
import type { AdvisoryStore } from '../ports/advisory-store.ts';
import type { PackageAdvisories } from '../ports/advisories.ts';
import { isWithdrawn } from './store.ts';

/** `source` names the store in reports, `age` says whether it is believed. Records that were taken back are left out, as an OSV API leaves them out. */
export function packagesInStore(
  store: AdvisoryStore,
  source: string,
  age: (ecosystem: Ecosystem) => SourceAge = () => ({ isMirror: true }),
): PackageAdvisories {
  return {
    source,
    age,
    forPackages: (ecosystem, names) =>
      Promise.resolve(
        names.map((name) => ({
          status: 'known' as const,
          name,
          records: store
            .byPackage(ecosystem, name)
            .map(({ record }) => record)
            .filter((record) => !isWithdrawn(record)),
        })),
      ),
  };
}
