/** Small valid audits, inventories and advisory answers for tests: each test states only what it is about. */
import type { AdvisoryLookup, OsvRecord } from '../../src/core/model/advisory.ts';
import { osvRecordSchema } from '../../src/core/model/advisory.ts';
import type { Audit, ReportedVulnerability } from '../../src/core/model/audit.ts';
import type { InstalledPackage, Inventory } from '../../src/core/model/inventory.ts';
import type { MergedFinding } from '../../src/core/model/merged-finding.ts';

export function makeEntry(id: string, over: Partial<InstalledPackage> = {}): InstalledPackage {
  const name = id.split('/').at(-1) ?? id;
  const source = 'web/package-lock.json';
  return { id, name, version: '1.0.0', scope: 'prod', direct: false, requires: [], source, ...over };
}

export function makeInventory(packages: readonly InstalledPackage[]): Inventory {
  const files = [{ path: 'web/package-lock.json', sha256: '00' }];
  return { packages, skipped: [], problems: [], files, graphKnown: true };
}

export function makeReported(over: Partial<ReportedVulnerability> = {}): ReportedVulnerability {
  return {
    auditor: 'npm-audit',
    package: 'left',
    affects: ['left'],
    ids: ['GHSA-aaaa-2222-3333'],
    summary: 'Left falls over',
    fixedIn: [],
    ...over,
  };
}

export function makeAudit(
  reported: readonly ReportedVulnerability[],
  packages: readonly InstalledPackage[] = [makeEntry('left', { direct: true })],
  over: Partial<Audit> = {},
): Audit {
  return {
    target: { path: 'web', ecosystem: 'npm', sources: [{ path: 'web/package-lock.json', kind: 'package-lock' }] },
    auditor: 'npm-audit',
    outcome: { status: 'audited' },
    inventory: makeInventory(packages),
    coverage: { packages: packages.length, audited: packages.length, skipped: [] },
    reported,
    problems: [],
    source: 'a test',
    notes: [],
    runs: [],
    durationMs: 1,
    ...over,
  };
}

/** A record as an OSV source would send it, about `left` of npm unless told otherwise. */
export function makeRecord(over: Readonly<Record<string, unknown>> & { readonly id: string }): OsvRecord {
  const affected = [{ package: { ecosystem: 'npm', name: 'left' } }];
  return osvRecordSchema.parse({ published: '2025-01-10T00:00:00Z', affected, ...over });
}

/** The answers of a source that holds exactly `records`, for each id asked. */
export function answerLookups(ids: readonly string[], records: readonly OsvRecord[]): readonly AdvisoryLookup[] {
  return ids.map((id) => {
    const record = records.find((each) => each.id === id);
    return record === undefined ? { status: 'not-found', id } : { status: 'found', id, record, source: 'test source' };
  });
}

/** What normalizing makes of one report of `left` and the given records. */
export function makeMerged(
  records: readonly OsvRecord[],
  reported: Partial<ReportedVulnerability> = {},
  over: Partial<MergedFinding> = {},
): MergedFinding {
  const asked = reported.ids ?? records.map((record) => record.id);
  const report = makeReported({ ...reported, ...(asked.length > 0 ? { ids: asked } : {}) });
  const ids = [
    ...new Set([...report.ids, ...records.flatMap((record) => [record.id, ...(record.aliases ?? [])])]),
  ].sort();
  return {
    key: `npm:web:left:${ids.join('+')}`,
    target: 'web',
    ecosystem: 'npm',
    package: 'left',
    versions: ['1.0.0'],
    ids,
    records: [...records].sort((a, b) => (a.id < b.id ? -1 : 1)),
    reports: [report],
    unanswered: [],
    scope: 'prod',
    direct: true,
    paths: [['left']],
    pathsOmitted: 0,
    fix: { available: true, version: '1.0.1', kind: 'patch' },
    location: { file: 'web/package-lock.json' },
    seenBy: ['npm-audit'],
    fromCompleteAudit: true,
    ...over,
  };
}
