/** Answers about advisories out of the imported mirror, and says how old that is: nobody else hears what is asked. */
import type { AdvisoryLookup, PackageLookup, SourceAge } from '../core/model/advisory.ts';
import type { Ecosystem } from '../core/model/ecosystem.ts';
import { ageOf } from '../core/model/mirror.ts';
import { excerpt } from '../core/model/text.ts';
import type { Advisories, PackageAdvisories } from '../ports/advisories.ts';
import type { Generation, Mirror, MirrorReading } from '../ports/mirror.ts';

export interface MirrorSourceOptions {
  /** How old the records of an ecosystem may be. */
  readonly maxAgeMs: number;
  /** Now in UTC ISO-8601. */
  readonly now: () => string;
}

const HOUR_MS = 3_600_000;

/** Withdrawn records are kept: who sees them can say why a finding is gone. A mirror that cannot be read answers nothing. */
export function packagesInMirror(mirror: Mirror, options: MirrorSourceOptions): PackageAdvisories {
  return {
    source: nameOf(mirror),
    age: (ecosystem) => describeAge(mirror, ecosystem, options),
    forPackages: (ecosystem, names) => {
      const reading = mirror.current();
      return Promise.resolve(
        names.map((name): PackageLookup =>
          reading.status === 'open'
            ? lookUpPackage(reading.generation, ecosystem, name)
            : { status: 'unavailable', name, detail: `${reading.detail}; ${reading.mend}` },
        ),
      );
    },
  };
}

/** Looks ids up in the mirror, and those it does not have in `beyond` where that is given. */
export function advisoriesInMirror(mirror: Mirror, beyond?: Advisories): Advisories {
  return {
    source: beyond === undefined ? nameOf(mirror) : `${nameOf(mirror)}, then ${beyond.source}`,
    lookUp: async (ids) => {
      const reading = mirror.current();
      const own = ids.map((id) => lookUpId(reading, nameOf(mirror), id));
      const missing = own.flatMap((lookup) => (lookup.status === 'found' ? [] : [lookup.id]));
      const others = beyond === undefined || missing.length === 0 ? [] : await beyond.lookUp(missing);
      const found = new Map(others.map((lookup) => [lookup.id, lookup]));
      return own.map((lookup) => found.get(lookup.id) ?? lookup);
    },
  };
}

function nameOf({ path }: Mirror): string {
  return `the mirror in ${path}`;
}

function lookUpPackage({ store }: Generation, ecosystem: Ecosystem, name: string): PackageLookup {
  try {
    return { status: 'known', name, records: store.byPackage(ecosystem, name).map(({ record }) => record) };
  } catch (error) {
    return { status: 'unavailable', name, detail: excerpt(error instanceof Error ? error.message : String(error)) };
  }
}

function lookUpId(reading: MirrorReading, source: string, id: string): AdvisoryLookup {
  if (reading.status === 'unavailable') return { status: 'unavailable', id, detail: reading.detail };
  try {
    const found = reading.generation.store.byId(id);
    return found === undefined ? { status: 'not-found', id } : { status: 'found', id, record: found.record, source };
  } catch (error) {
    return { status: 'unavailable', id, detail: excerpt(error instanceof Error ? error.message : String(error)) };
  }
}

function describeAge(mirror: Mirror, ecosystem: Ecosystem, { maxAgeMs, now }: MirrorSourceOptions): SourceAge {
  const reading = mirror.current();
  if (reading.status === 'unavailable') return { isMirror: true, stale: reading.detail };
  const source = reading.generation.state.sources[ecosystem];
  if (source === undefined) return { isMirror: true, stale: `it holds no records of ${ecosystem}` };
  const age = ageOf(source, now());
  if (age <= maxAgeMs) return { isMirror: true };
  const hours = Math.floor(age / HOUR_MS);
  return {
    isMirror: true,
    stale: `its records of ${ecosystem} are of ${source.asOf.slice(0, 10)}, ${hours} hours ago`,
  };
}
