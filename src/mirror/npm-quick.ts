/**
 * Answers the audit endpoints older than the bulk one, which npm 6, yarn and pnpm ask first and npm 7 to 10 ask when the bulk
 * one fails: a whole tree comes in, a report of advisories with the ways to them goes out.
 */
import type { OsvRecord } from '../core/model/advisory.ts';
import { byText, sortedUnique } from '../core/model/order.ts';
import { fixedVersionsFor } from '../core/match/fix.ts';
import type { AdvisoryStore } from '../ports/advisory-store.ts';
import type { HttpResponse } from '../ports/http.ts';
import { pathTo, readInstallTree } from './install-tree.ts';
import type { InstalledNode } from './install-tree.ts';
import { affecting, toEntries } from './npm-bulk.ts';
import type { BulkEntry } from './npm-bulk.ts';
import type { NpmSeverity } from './npm-severity.ts';
import { json, refusal } from './reply.ts';

/** Ways to one version of one package that are told; all of them are counted. */
const MAX_PATHS = 100;

/** An advisory that affects installed packages, with those it affects. */
interface Hit {
  readonly record: OsvRecord;
  readonly entry: BulkEntry;
  readonly name: string;
  readonly nodes: readonly InstalledNode[];
}

/** 400 for a body that is no tree. */
export function answerQuick(store: AdvisoryStore, body: string): HttpResponse {
  const nodes = readInstallTree(body);
  if (nodes === null)
    return refusal(
      400,
      'the body must hold a dependency tree as npm 6, yarn and pnpm send it; locks of format 3 are for the bulk endpoint',
    );
  const hits = findHits(store, nodes);
  return json(200, {
    actions: hits.map(toAction),
    advisories: Object.fromEntries(hits.map((hit) => [hit.entry.id, toAdvisory(hit)])),
    muted: [],
    metadata: toMetadata(nodes, hits),
  });
}

function findHits(store: AdvisoryStore, nodes: readonly InstalledNode[]): readonly Hit[] {
  const byName = new Map<string, InstalledNode[]>();
  for (const node of nodes) byName.set(node.name, [...(byName.get(node.name) ?? []), node]);
  return [...byName]
    .sort(([a], [b]) => byText(a, b))
    .flatMap(([name, installed]) => {
      const records = affecting(store, name, sortedUnique(installed.map(({ version }) => version)));
      const entries = toEntries(records, name);
      return records.flatMap((record, index): readonly Hit[] => {
        const entry = entries[index];
        if (entry === undefined) return [];
        const hit = installed.filter(({ version }) => affecting(store, name, [version]).includes(record));
        return [{ record, entry, name, nodes: hit }];
      });
    });
}

/** What is to be done is left to a person: which update would do, the mirror cannot know. */
function toAction({ entry, name, nodes }: Hit): unknown {
  const resolves = nodes.slice(0, MAX_PATHS).map((node) => ({
    id: entry.id,
    path: pathTo(node),
    dev: node.dev,
    optional: node.optional,
    bundled: false,
  }));
  return { action: 'review', module: name, resolves };
}

function toAdvisory({ record, entry, name, nodes }: Hit): unknown {
  const versions = sortedUnique(nodes.map(({ version }) => version));
  const fixed = fixedVersionsFor(record, 'npm', name);
  const { id, url, title, vulnerable_versions, cwe, cvss } = entry;
  return {
    findings: versions.map((version) => toFinding(version, nodes)),
    id,
    title,
    module_name: name,
    severity: severityOf(entry),
    vulnerable_versions,
    patched_versions: fixed.length === 0 ? '<0.0.0' : fixed.map((version) => `>=${version}`).join(' || '),
    url,
    cwe,
    cvss,
    cves: sortedUnique((record.aliases ?? []).filter((alias) => alias.startsWith('CVE-'))),
    github_advisory_id: record.id,
    overview: title,
    recommendation:
      fixed.length === 0 ? 'No fixed version is known' : `Upgrade to version ${fixed.join(' or ')} or later`,
    references: url,
    access: 'public',
    created: record.published ?? record.modified ?? '',
    updated: record.modified ?? '',
    deleted: null,
    found_by: null,
    reported_by: null,
    metadata: null,
  };
}

function toFinding(version: string, nodes: readonly InstalledNode[]): unknown {
  const here = nodes.filter((node) => node.version === version);
  return {
    version,
    paths: here.slice(0, MAX_PATHS).map(pathTo),
    dev: here.every(({ dev }) => dev),
    optional: here.every(({ optional }) => optional),
    bundled: false,
  };
}

function toMetadata(nodes: readonly InstalledNode[], hits: readonly Hit[]): unknown {
  const of = (severity: NpmSeverity): number =>
    hits.filter(({ entry }) => severityOf(entry) === severity).reduce((sum, hit) => sum + hit.nodes.length, 0);
  const dev = nodes.filter((node) => node.dev).length;
  const optional = nodes.filter((node) => node.optional).length;
  return {
    vulnerabilities: { info: 0, low: of('low'), moderate: of('moderate'), high: of('high'), critical: of('critical') },
    dependencies: nodes.length - dev,
    devDependencies: dev,
    optionalDependencies: optional,
    totalDependencies: nodes.length,
  };
}

/** These clients want a severity; npm takes high where nobody stated one. */
function severityOf({ severity }: BulkEntry): NpmSeverity {
  return severity ?? 'high';
}
