/** Makes one finding out of everything that was reported about one flaw of one package of one target. */
import type { AdvisoryLookup } from '../model/advisory.ts';
import type { InstalledPackage, Scope } from '../model/inventory.ts';
import type { MergedFinding } from '../model/merged-finding.ts';
import { byEach, byText, sortedUnique } from '../model/order.ts';
import { compareVersions } from '../match/version.ts';
import type { AdvisoryIndex } from './advisory-index.ts';
import { indexLookups } from './advisory-index.ts';
import type { AliasSet } from './alias-sets.ts';
import { aliasSets, reportedIds } from './alias-sets.ts';
import type { Chains } from './chains.ts';
import { ChainFinder } from './chain-finder.ts';
import { chooseFix } from './choose-fix.ts';
import type { ReportGroup } from './collect.ts';
import { isLookable } from './ids.ts';

/**
 * One finding an alias set, sorted by target, ecosystem, package and ids. Nothing reported is lost: a record that says no
 * installed version is affected does not outvote the auditor, and an unknown entry leaves a finding without versions.
 */
export function mergeFindings(
  groups: readonly ReportGroup[],
  lookups: readonly AdvisoryLookup[],
): readonly MergedFinding[] {
  const index = indexLookups(lookups);
  const chains = new ChainFinder();
  return groups.flatMap((group) => aliasSets(group, index).map((set) => mergeSet(group, set, index, chains)));
}

function mergeSet(group: ReportGroup, set: AliasSet, index: AdvisoryIndex, finder: ChainFinder): MergedFinding {
  const { target, ecosystem, package: name } = group;
  const entries = distinctEntries(set);
  const versions = versionsOf(group, entries);
  const chains = chainsOf(set, finder);
  const fixedIn = set.reports.flatMap(({ vulnerability }) => vulnerability.fixedIn);
  return {
    key: `${ecosystem}:${target}:${name}:${set.ids.join('+')}`,
    target,
    ecosystem,
    package: name,
    ids: set.ids,
    versions,
    scope: scopeOf(entries),
    direct: entries.some((entry) => entry.direct),
    paths: chains.paths,
    pathsOmitted: chains.omitted,
    fix: chooseFix({ ecosystem, package: name, installed: versions, records: set.records, fixedIn }),
    location: locate(set, entries),
    seenBy: sortedUnique(set.reports.map(({ vulnerability }) => vulnerability.auditor)),
    fromCompleteAudit: set.reports.some(({ audit }) => audit.outcome.status === 'audited'),
    records: set.records,
    reports: set.reports.map(({ vulnerability }) => vulnerability).sort(byReport),
    unanswered: unansweredOf(set, index),
  };
}

/** The affected entries, each once however many reports name it. */
function distinctEntries(set: AliasSet): readonly InstalledPackage[] {
  const entries = new Map(
    set.reports.flatMap((report) => report.entries).map((entry) => [JSON.stringify(entry), entry]),
  );
  return [...entries.values()].sort(byEntry);
}

function versionsOf({ ecosystem }: ReportGroup, entries: readonly InstalledPackage[]): readonly string[] {
  const versions = sortedUnique(entries.map((entry) => entry.version));
  return [...versions].sort((a, b) => compareVersions(ecosystem, a, b));
}

/** Production if any affected entry is; an entry of unknown scope may be. */
function scopeOf(entries: readonly InstalledPackage[]): Scope {
  const scopes = new Set(entries.map((entry) => entry.scope));
  if (scopes.has('prod')) return 'prod';
  return scopes.has('unknown') || scopes.size === 0 ? 'unknown' : 'dev';
}

/** Two auditors of one target read the same locks; the fuller answer is shown. */
function chainsOf(set: AliasSet, finder: ChainFinder): Chains {
  const answers = [...new Set(set.reports.map((report) => report.audit.inventory))].map((inventory) =>
    finder.find(
      inventory,
      set.reports.flatMap((report) => (report.audit.inventory === inventory ? report.entries : [])),
    ),
  );
  const [fullest = { paths: [], omitted: 0 }] = answers.sort(byFullness);
  return fullest;
}

const byFullness = byEach<Chains>(
  (a, b) => b.paths.length + b.omitted - (a.paths.length + a.omitted),
  (a, b) => byText(JSON.stringify(a), JSON.stringify(b)),
);

function locate(set: AliasSet, entries: readonly InstalledPackage[]): MergedFinding['location'] {
  const entry = entries.find(({ direct }) => direct) ?? entries[0];
  if (entry !== undefined) return { file: entry.source, ...(entry.line === undefined ? {} : { line: entry.line }) };
  const [file = '.'] = sortedUnique(
    set.reports.map(
      ({ audit }) => audit.inventory.files[0]?.path ?? audit.target.sources[0]?.path ?? audit.target.path,
    ),
  );
  return { file };
}

/** An id an auditor gave counts as unanswered even when nobody asked; an alias only when asking failed. */
function unansweredOf(set: AliasSet, index: AdvisoryIndex): MergedFinding['unanswered'] {
  const reported = new Set(set.reports.flatMap(reportedIds));
  return set.ids.flatMap((id) => {
    const answer = index.answer(id);
    if (answer?.status === 'unavailable') return [{ id, detail: answer.detail }];
    return answer === undefined && reported.has(id) && isLookable(id) ? [{ id, detail: 'it was not asked for' }] : [];
  });
}

const byEntry = byEach<InstalledPackage>(
  (a, b) => byText(a.source, b.source),
  (a, b) => (a.line ?? 0) - (b.line ?? 0),
  (a, b) => byText(a.id, b.id),
);

const byReport = byEach<MergedFinding['reports'][number]>(
  (a, b) => byText(a.auditor, b.auditor),
  (a, b) => byText(a.ids.join('+'), b.ids.join('+')),
  (a, b) => byText(JSON.stringify(a), JSON.stringify(b)),
);
