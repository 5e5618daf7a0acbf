/** Makes findings out of what the past stated, as if an auditor had been asked about every version that ever stood there. */
import type { EnrichedFinding } from '../core/enrich/enrich.ts';
import { enrichFindings } from '../core/enrich/enrich.ts';
import type { LocatedFile } from '../core/history/past-tree.ts';
import type { OsvRecord, PackageLookup } from '../core/model/advisory.ts';
import type { Audit } from '../core/model/audit.ts';
import type { Ecosystem } from '../core/model/ecosystem.ts';
import type { InstalledPackage } from '../core/model/inventory.ts';
import type { MergedFinding } from '../core/model/merged-finding.ts';
import { byText } from '../core/model/order.ts';
import type { PastFile } from '../core/model/past.ts';
import { affects } from '../core/match/affected.ts';
import type { ReportGroup } from '../core/normalize/collect.ts';
import { mergeFindings } from '../core/normalize/merge.ts';

/** Versions a package was ever fixed to, and how often only ranges were stated. */
export interface StatedPackages {
  /** By name, normalized. */
  readonly versions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names of which some file stated a range. */
  readonly ranged: ReadonlySet<string>;
}

/** What files of an ecosystem ever stated. */
export function gatherStated(
  files: readonly (LocatedFile & { readonly file: PastFile })[],
  ecosystem: Ecosystem,
): StatedPackages {
  const versions = new Map<string, Set<string>>();
  const ranged = new Set<string>();
  const statements = new Set(
    files.filter((file) => file.ecosystem === ecosystem).flatMap(({ file }) => file.statements),
  );
  for (const statement of statements) {
    if ('range' in statement) ranged.add(statement.name);
    else versions.set(statement.name, (versions.get(statement.name) ?? new Set()).add(statement.version));
  }
  return { versions, ranged };
}

export interface PastFindings {
  /** One an alias set and package, whatever the target; `versions` are all that ever carried it. */
  readonly merged: readonly MergedFinding[];
  /** The same in the same order, with severity and dates. */
  readonly findings: readonly EnrichedFinding[];
}

/** The target of findings that are not yet anywhere: occurrences say where. */
const NOWHERE = '.';

/** `now` is the moment that is judged. Withdrawn records report nothing: they are heard only beside a standing one. */
export function describePast(
  ecosystem: Ecosystem,
  { versions }: StatedPackages,
  lookups: readonly PackageLookup[],
  source: string,
  now: string,
): PastFindings {
  const known = lookups.flatMap((lookup) => (lookup.status === 'known' ? [lookup] : []));
  const groups = known.flatMap(({ name, records }) =>
    groupOf(ecosystem, name, [...(versions.get(name) ?? [])], records),
  );
  const records = new Map(known.flatMap(({ records: all }) => all.map((record) => [record.id, record] as const)));
  const merged = mergeFindings(
    groups,
    [...records.values()].map((record) => ({ status: 'found', id: record.id, record, source })),
  );
  return { merged, findings: enrichFindings(merged, now).findings };
}

function groupOf(
  ecosystem: Ecosystem,
  name: string,
  versions: readonly string[],
  records: readonly OsvRecord[],
): readonly ReportGroup[] {
  const entries = versions.map((version) => entryOf(name, version)).sort((a, b) => byText(a.id, b.id));
  const audit = auditOf(ecosystem, entries);
  const reports = records.flatMap((record) => {
    const hit = entries.filter(({ version }) => affects(record, ecosystem, name, version).affected);
    if (hit.length === 0) return [];
    const vulnerability = {
      auditor: audit.auditor,
      package: name,
      affects: hit.map(({ id }) => id),
      ids: [record.id],
      summary: '',
      fixedIn: [],
    };
    return [{ audit, vulnerability, entries: hit }];
  });
  return reports.length === 0 ? [] : [{ target: NOWHERE, ecosystem, package: name, reports }];
}

function entryOf(name: string, version: string): InstalledPackage {
  return { id: `${name}@${version}`, name, version, scope: 'unknown', direct: false, requires: [], source: NOWHERE };
}

/** Nobody was run: the records themselves are the auditor. */
function auditOf(ecosystem: Ecosystem, packages: readonly InstalledPackage[]): Audit {
  return {
    target: { path: NOWHERE, ecosystem, sources: [] },
    auditor: 'history',
    outcome: { status: 'audited' },
    inventory: { packages, skipped: [], problems: [], files: [], graphKnown: false },
    coverage: { packages: packages.length, audited: packages.length, skipped: [] },
    reported: [],
    problems: [],
    source: '',
    notes: [],
    runs: [],
    durationMs: 0,
  };
}
