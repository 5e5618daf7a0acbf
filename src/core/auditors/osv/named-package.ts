/** Takes one package that somebody names for all that is installed, so that it is matched as those of a lock are. */
import type { Ecosystem } from '../../model/ecosystem.ts';
import { normalizeName } from '../../model/ecosystem.ts';
import type { InstalledPackage } from '../../model/inventory.ts';
import type { InstalledReader } from '../lib/ecosystem-reader.ts';
import { AUDITED } from '../lib/outcome.ts';

export interface NamedPackage {
  readonly ecosystem: Ecosystem;
  /** As it was written. */
  readonly name: string;
  readonly version: string;
}

/** A reader of nothing but that package. `statedBy` stands where a lock would. */
export function readerOfPackage(
  { ecosystem, name: written, version }: NamedPackage,
  canary: InstalledReader['canary'],
  statedBy: string,
): InstalledReader {
  const name = normalizeName(ecosystem, written);
  const entry: InstalledPackage = {
    id: `${name}@${version}`,
    name,
    version,
    scope: 'unknown',
    direct: false,
    requires: [],
    source: statedBy,
  };
  const inventory = { packages: [entry], skipped: [], problems: [], files: [], graphKnown: false };
  return {
    canary,
    *readInstalled() {
      return { inventory, outcome: AUDITED, notes: [] };
    },
  };
}
