/** What a registry says of a package, in the order in which its versions came out and in spellings that compare. */
import { canonicalVersion, isPrerelease } from '../match/version.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import { byEach, byText } from '../model/order.ts';
import type { FoundReleases, PublishedVersion } from '../model/package-releases.ts';

/** A version that can be installed: as the registry writes it, and as versions compare. */
export interface AvailableVersion extends PublishedVersion {
  readonly canonical: string;
  readonly prerelease: boolean;
}

export interface ReleaseHistory {
  readonly ecosystem: Ecosystem;
  readonly package: string;
  /** The registry's address without credentials. */
  readonly source: string;
  /** By date, each version once. */
  readonly available: readonly AvailableVersion[];
  /** Canonical versions that were taken back. */
  readonly withdrawn: ReadonlySet<string>;
}

const DAY_MS = 86_400_000;

/** Left out are texts that are no version, and dates more than a day after `now` (UTC ISO-8601): they cannot be true. */
export function readHistory(ecosystem: Ecosystem, releases: FoundReleases, now: string): ReleaseHistory {
  const latest = new Date(Date.parse(now) + DAY_MS).toISOString();
  const available = new Map<string, AvailableVersion>();
  for (const { version, at } of [...releases.published].sort(byDate)) {
    const canonical = canonicalVersion(ecosystem, version);
    if (canonical === null || at > latest || available.has(canonical)) continue;
    available.set(canonical, { version, at, canonical, prerelease: isPrerelease(ecosystem, canonical) });
  }
  const withdrawn = releases.withdrawn.flatMap((version) => canonicalVersion(ecosystem, version) ?? []);
  return {
    ecosystem,
    package: releases.name,
    source: releases.source,
    available: [...available.values()],
    withdrawn: new Set(withdrawn.filter((canonical) => !available.has(canonical))),
  };
}

const byDate = byEach<PublishedVersion>(
  (a, b) => byText(a.at, b.at),
  (a, b) => byText(a.version, b.version),
);
