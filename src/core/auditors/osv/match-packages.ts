/** Holds every record of a package against every installed version of it: what affects it, what does not, and why. */
import { affects, blocksOf, readBlock } from '../../match/affected.ts';
import { describeBlocks } from '../../match/describe-range.ts';
import { fixedVersionsFor } from '../../match/fix.ts';
import type { OsvAffected, OsvRecord } from '../../model/advisory.ts';
import type { Dismissal, ReportedVulnerability } from '../../model/audit.ts';
import type { Ecosystem } from '../../model/ecosystem.ts';
import { groupBy } from '../../model/group-by.ts';
import type { InstalledPackage } from '../../model/inventory.ts';
import { byEach, byText, sortedUnique } from '../../model/order.ts';
import { excerpt } from '../../model/text.ts';

export const AUDITOR = 'osv';

const LONGEST_SUMMARY = 500;

/** A statement of a record about an installed package that cannot be read. */
export interface UnreadableRange {
  readonly id: string;
  readonly package: string;
  readonly received: string;
  /** Whether the record lists affected versions one by one beside it, so that nothing is left unsaid. */
  readonly isListed: boolean;
}

export interface Matched {
  readonly reported: readonly ReportedVulnerability[];
  readonly dismissed: readonly Dismissal[];
  readonly unreadable: readonly UnreadableRange[];
}

/** All three sorted by package, then by ids. `records` are those of the package, by its normalized name. */
export function matchPackages(
  ecosystem: Ecosystem,
  packages: readonly InstalledPackage[],
  records: ReadonlyMap<string, readonly OsvRecord[]>,
): Matched {
  const groups = [...groupBy(packages, ({ name }) => name)].flatMap(([name, entries]) =>
    (records.get(name) ?? []).map((record) => matchRecord(ecosystem, name, entries, record)),
  );
  return {
    reported: groups.flatMap(({ reported }) => reported).sort(byFlaw),
    dismissed: groups.flatMap(({ dismissed }) => dismissed).sort(byFlaw),
    unreadable: groups.flatMap(({ unreadable }) => unreadable).sort(byRecord),
  };
}

const byFlaw = byEach<{ readonly package: string; readonly ids: readonly string[] }>(
  (a, b) => byText(a.package, b.package),
  (a, b) => byText(a.ids.join(), b.ids.join()),
);

const byRecord = byEach<UnreadableRange>(
  (a, b) => byText(a.package, b.package),
  (a, b) => byText(a.id, b.id),
  (a, b) => byText(a.received, b.received),
);

function matchRecord(
  ecosystem: Ecosystem,
  name: string,
  entries: readonly InstalledPackage[],
  record: OsvRecord,
): Matched {
  const ids = sortedUnique([record.id, ...(record.aliases ?? [])]);
  const dismiss = (why: Dismissal['why'], detail: string): Dismissal => ({ package: name, ids, why, detail });
  if (typeof record.withdrawn === 'string')
    return { reported: [], dismissed: [dismiss('withdrawn', excerpt(record.withdrawn, 40))], unreadable: [] };
  const blocks = blocksOf(record, ecosystem, name);
  const hit = entries.filter(({ version }) => affects(blocks, ecosystem, name, version).affected).map(({ id }) => id);
  const unreadable =
    hit.length === entries.length ? [] : blocks.flatMap((block) => findUnreadable(ecosystem, record, name, block));
  const range = describeBlocks(ecosystem, blocks);
  if (hit.length > 0)
    return { reported: [report(ecosystem, name, ids, hit, record, range)], dismissed: [], unreadable };
  const [first] = unreadable;
  const miss = first === undefined ? dismiss('not-in-range', range) : dismiss('malformed-range', first.received);
  return { reported: [], dismissed: [miss], unreadable };
}

function findUnreadable(
  ecosystem: Ecosystem,
  { id }: OsvRecord,
  name: string,
  block: OsvAffected,
): readonly UnreadableRange[] {
  const { malformed, versions } = readBlock(ecosystem, block);
  return malformed.map(({ where, received }) => ({
    id: excerpt(id, 80),
    package: name,
    received: `${where} ${received}`,
    isListed: versions.size > 0,
  }));
}

function report(
  ecosystem: Ecosystem,
  name: string,
  ids: readonly string[],
  affected: readonly string[],
  record: OsvRecord,
  range: string,
): ReportedVulnerability {
  const said = record.summary ?? record.details ?? '';
  return {
    auditor: AUDITOR,
    package: name,
    affects: sortedUnique(affected),
    ids,
    summary: excerpt(said, LONGEST_SUMMARY),
    range,
    fixedIn: sortedUnique(fixedVersionsFor(record, ecosystem, name)),
  };
}
