/** Looks up everything an OSV API knows of packages, with a cache on disk, as the port for questions about the past. */
import type { AdvisoryLookup, OsvRecord, PackageLookup } from '../../core/model/advisory.ts';
import { sortedUnique } from '../../core/model/order.ts';
import type { Advisories, PackageAdvisories } from '../../ports/advisories.ts';
import { isFresh } from '../lib/cache-file.ts';
import { openConnection } from '../lib/connection.ts';
import { askBatch, type BatchAsking, type IdsAnswer } from './ask-batch.ts';
import { LIMITS, SIX_HOURS_MS, type AdvisoriesOptions } from './create-advisories.ts';
import { DEFAULT_OSV_URL, describeSource } from './osv-source.ts';
import { openPackageCache, type CachedList } from './package-cache.ts';

/**
 * `records` looks up the ids that packages have; give it the same options, so that both speak of one source.
 * @throws UsageError for an `osvUrl` that is no address.
 */
export function createPackageAdvisories(options: AdvisoriesOptions, records: Advisories): PackageAdvisories {
  const limits = { ...LIMITS, ...options.limits };
  const source = describeSource(options.osvUrl ?? DEFAULT_OSV_URL, options.credentials);
  const asking: BatchAsking = { ...limits, source, connection: openConnection(options.variables, limits) };
  const cache = openPackageCache(options.cacheDir, source.name);
  const isCurrent = ({ fetchedAt }: CachedList): boolean =>
    options.offline === true || isFresh(fetchedAt, options.now(), options.maxAgeMs ?? SIX_HOURS_MS);
  return {
    source: records.source,
    age: () => (options.offline === true ? { isMirror: false, stale: OFFLINE } : { isMirror: false }),
    forPackages: async (ecosystem, names) => {
      const lists = new Map(await cache.read(ecosystem));
      const wanted = sortedUnique(names).filter((name) => !hasCurrent(lists.get(name), isCurrent));
      const asked =
        options.offline === true
          ? refuseAll(wanted, 'offline and not in the cache')
          : await askBatch(ecosystem, wanted, asking);
      for (const [name, answer] of asked) {
        if (answer.status === 'listed') lists.set(name, { name, fetchedAt: options.now(), ids: [...answer.ids] });
      }
      if (asked.size > 0 && options.offline !== true) await cache.write(ecosystem, lists.values());
      const idsOf = (name: string): IdsAnswer =>
        asked.get(name) ?? { status: 'listed', ids: lists.get(name)?.ids ?? [] };
      const found = await lookUpAll(
        names.flatMap((name) => idsIn(idsOf(name))),
        records,
      );
      return names.map((name) => describePackage(name, idsOf(name), found, source.name));
    },
  };
}

const OFFLINE = 'it was not asked, and its cache may be of any age';

function hasCurrent(list: CachedList | undefined, isCurrent: (list: CachedList) => boolean): boolean {
  return list !== undefined && isCurrent(list);
}

function refuseAll(names: readonly string[], detail: string): ReadonlyMap<string, IdsAnswer> {
  return new Map(names.map((name) => [name, { status: 'refused', detail }]));
}

function idsIn(answer: IdsAnswer): readonly string[] {
  return answer.status === 'listed' ? answer.ids : [];
}

async function lookUpAll(ids: readonly string[], records: Advisories): Promise<ReadonlyMap<string, AdvisoryLookup>> {
  const distinct = sortedUnique(ids);
  const found = await records.lookUp(distinct);
  return new Map(found.map((lookup) => [lookup.id, lookup]));
}

/** A package is known only when every one of its records is; one that was taken back in between is no record. */
function describePackage(
  name: string,
  listed: IdsAnswer,
  found: ReadonlyMap<string, AdvisoryLookup>,
  source: string,
): PackageLookup {
  if (listed.status === 'refused') return { status: 'unavailable', name, detail: `${source}: ${listed.detail}` };
  const records: OsvRecord[] = [];
  for (const id of listed.ids) {
    const lookup = found.get(id);
    if (lookup?.status === 'found') records.push(lookup.record);
    else if (lookup?.status !== 'not-found')
      return { status: 'unavailable', name, detail: lookup?.detail ?? `${id} was not looked up` };
  }
  return { status: 'known', name, records };
}
