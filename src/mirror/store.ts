/** Keeps OSV records in memory, indexed by id and by package. */
import type { OsvRecord } from '../core/model/advisory.ts';
import { normalizeName } from '../core/model/ecosystem.ts';
import type { Ecosystem } from '../core/model/ecosystem.ts';
import { byEach, byText, sortedUnique } from '../core/model/order.ts';
import { once } from '../core/model/once.ts';
import { ecosystemOf, hasUnreadableRange } from '../core/match/affected.ts';
import type { AdvisoryStore, StoredAdvisory, StoreSummary } from '../ports/advisory-store.ts';
import type { PackageName } from '../ports/mirror.ts';

/** Indexes records. Of several with one id the one modified last stays, so that the order of loading decides nothing. */
export function createStore(advisories: readonly StoredAdvisory[]): AdvisoryStore {
  const byId = new Map<string, StoredAdvisory>();
  for (const advisory of [...advisories].sort(byIdThenAge)) byId.set(advisory.record.id, advisory);
  const byPackage = indexByPackage([...byId.values()]);
  return {
    byPackage: (ecosystem, name) => byPackage.get(packageKey(ecosystem, name)) ?? [],
    byId: (id) => byId.get(id),
    holds: (ecosystem) => [...byPackage.keys()].some((key) => key.startsWith(`${ecosystem}:`)),
    summary: once((): StoreSummary => summarize([...byId.values()])),
  };
}

/** The records published strictly before an instant (RFC 3339); those that do not say when are left out. */
export function publishedBefore(advisories: readonly StoredAdvisory[], instant: string): readonly StoredAdvisory[] {
  const end = Date.parse(instant);
  return advisories.filter(({ record }) => Date.parse(record.published ?? '') < end);
}

const byIdThenAge = byEach<StoredAdvisory>(
  (a, b) => byText(a.record.id, b.record.id),
  (a, b) => byText(a.record.modified ?? '', b.record.modified ?? ''),
  (a, b) => byText(a.text, b.text),
);

function indexByPackage(advisories: readonly StoredAdvisory[]): ReadonlyMap<string, readonly StoredAdvisory[]> {
  const index = new Map<string, StoredAdvisory[]>();
  for (const advisory of advisories) {
    for (const key of packageKeys(advisory.record)) {
      const entries = index.get(key);
      if (entries === undefined) index.set(key, [advisory]);
      else entries.push(advisory);
    }
  }
  return index;
}

function packageKeys(record: OsvRecord): readonly string[] {
  return sortedUnique(packagesOf(record).map(({ ecosystem, name }) => packageKey(ecosystem, name)));
}

function packageKey(ecosystem: Ecosystem, name: string): string {
  return `${ecosystem}:${normalizeName(ecosystem, name)}`;
}

function summarize(advisories: readonly StoredAdvisory[]): StoreSummary {
  const standing = advisories.filter(({ record }) => !isWithdrawn(record));
  const naming = (ecosystem: Ecosystem): number =>
    advisories.filter(({ record }) => packageKeys(record).some((key) => key.startsWith(`${ecosystem}:`))).length;
  return {
    records: advisories.length,
    withdrawn: advisories.length - standing.length,
    byEcosystem: { npm: naming('npm'), PyPI: naming('PyPI') },
    unreadable: standing.flatMap(({ record }) => (hasUnreadableRange(record) ? [record.id] : [])),
  };
}

/** The packages a record names in the ecosystems fixby knows, normalized; a name may come twice. */
export function packagesOf({ affected }: OsvRecord): readonly PackageName[] {
  return (affected ?? []).flatMap(({ package: of }) => {
    const ecosystem = of === undefined ? null : ecosystemOf(of.ecosystem);
    return of === undefined || ecosystem === null ? [] : [{ ecosystem, name: normalizeName(ecosystem, of.name) }];
  });
}

/** Whether a record has been taken back: it is served by id, and affects nothing. */
export function isWithdrawn(record: OsvRecord): boolean {
  return typeof record.withdrawn === 'string';
}
