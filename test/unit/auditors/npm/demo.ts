/** A small npm target, and npm's part in an audit of it, as values. */
import type { AuditSettings } from '../../../../src/core/model/auditor.ts';
import type { Invocation } from '../../../../src/core/model/program.ts';
import type { SourceKind, Target } from '../../../../src/core/model/target.ts';
import semver from 'semver';

export const SETTINGS: AuditSettings = {
  npmRegistry: 'https://registry.example/',
  knownRegistries: [],
  acceptedUnaudited: [],
  timeoutMs: 60_000,
  maxOutputBytes: 1_000_000,
  attempts: 3,
};

export function targetWith(...kinds: readonly SourceKind[]): Target {
  const names: Partial<Record<SourceKind, string>> = {
    'package-json': 'package.json',
    'package-lock': 'package-lock.json',
    'npm-shrinkwrap': 'npm-shrinkwrap.json',
    'yarn-lock': 'yarn.lock',
    'pnpm-lock': 'pnpm-lock.yaml',
    'bun-lock': 'bun.lock',
  };
  const sources = kinds.map((kind) => ({ kind, path: `web/${names[kind] ?? kind}` }));
  return { path: 'web', ecosystem: 'npm', sources };
}

export const WEB = targetWith('package-json', 'package-lock');

export type Entries = Readonly<Record<string, unknown>>;

/** A version 3 lock and its manifest, in step: `root` is both the manifest and the lock's entry of it. */
export function project(root: Entries, packages: Entries, more: Entries = {}): Record<string, string> {
  return {
    'web/package.json': JSON.stringify({ name: 'web', ...root }),
    'web/package-lock.json': lockText(root, packages, more),
  };
}

export function lockText(root: Entries, packages: Entries, more: Entries = {}): string {
  const document = {
    name: 'web',
    lockfileVersion: 3,
    packages: { '': { name: 'web', ...root }, ...packages },
    ...more,
  };
  return JSON.stringify(document, null, 2);
}

/** One dependency, one package, nothing wrong. */
export const TIDY = project(
  { dependencies: { lodash: '^4.17.0' } },
  { 'node_modules/lodash': { version: '4.17.20', resolved: 'https://registry.example/lodash/-/lodash-4.17.20.tgz' } },
);

export const LODASH = {
  source: 1106913,
  name: 'lodash',
  title: 'Command injection',
  url: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
  severity: 'high',
  cvss: { score: 7.2, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' },
  range: '<4.17.21',
};

export const MINIMIST = {
  source: 1097677,
  name: 'minimist',
  title: 'Prototype pollution',
  url: 'https://github.com/advisories/GHSA-xvch-5gv4-984h',
  severity: 'critical',
  cvss: { score: 9.8, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
  range: '<0.2.4',
};

export interface NpmReportValue {
  auditReportVersion: number;
  vulnerabilities: Record<string, { name: string; via: unknown[]; nodes: string[] } & Record<string, unknown>>;
  metadata: { dependencies: { total: number } };
}

/** What npm would print when its registry knows `advisories`. */
export function npmReport(
  invocation: Invocation,
  advisories: readonly { readonly name: string; readonly range?: unknown }[],
): NpmReportValue {
  const lock = JSON.parse(invocation.files['package-lock.json'] ?? '') as {
    packages: Record<string, { name: string; version: string }>;
  };
  const nodes = Object.entries(lock.packages).filter(([node]) => node !== '');
  const vulnerabilities: NpmReportValue['vulnerabilities'] = {};
  for (const advisory of advisories) {
    const range = typeof advisory.range === 'string' ? advisory.range : '*';
    const hit = nodes
      .filter(([, entry]) => entry.name === advisory.name && semver.satisfies(entry.version, range))
      .map(([node]) => node);
    if (hit.length === 0) continue;
    const vulnerability = (vulnerabilities[advisory.name] ??= { name: advisory.name, via: [], nodes: [] });
    vulnerability.via.push(advisory);
    vulnerability.nodes = [...new Set([...vulnerability.nodes, ...hit])];
  }
  return { auditReportVersion: 2, vulnerabilities, metadata: { dependencies: { total: nodes.length } } };
}
