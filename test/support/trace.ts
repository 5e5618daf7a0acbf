/** Traces findings through a real repository, as `check` does. */
import { auditors } from '../../src/core/auditors/registry.ts';
import type { MergedFinding } from '../../src/core/model/merged-finding.ts';
import type { OsvRecord } from '../../src/core/model/advisory.ts';
import type { Ecosystem } from '../../src/core/model/ecosystem.ts';
import { createHistory } from '../../src/adapters/git/create-history.ts';
import { readPast } from '../../src/pipeline/read-past.ts';
import { traceIntroductions, type Introductions } from '../../src/pipeline/trace-introductions.ts';
import { osvRecord, ranged } from './osv.ts';

/** The past of a folder, with the operator's git. */
export function openHistory(dir: string) {
  return createHistory({ root: dir, variables: { PATH: process.env['PATH'], HOME: '/nonexistent' } });
}

/** A record that affects a package below `fixed`. */
export function flawBelow(fixed: string, name = 'left', ecosystem: Ecosystem = 'npm'): OsvRecord {
  const events = [['introduced', '0'] as const, ['fixed', fixed] as const];
  return osvRecord(`GHSA-${name}`, [ranged(ecosystem, name, events)], { published: '2025-06-01T00:00:00Z' });
}

/** A finding of that flaw, as merging leaves it. */
export function findingOf(record: OsvRecord, target = '.', versions: readonly string[] = ['1.0.0']): MergedFinding {
  const block = record.affected?.[0]?.package;
  const ecosystem: Ecosystem = block?.ecosystem === 'PyPI' ? 'PyPI' : 'npm';
  const name = block?.name ?? '';
  return {
    key: `${ecosystem}:${target}:${name}:${record.id}`,
    target,
    ecosystem,
    package: name,
    ids: [record.id],
    versions,
    scope: 'prod',
    direct: true,
    paths: [],
    pathsOmitted: 0,
    fix: { available: true },
    location: { file: 'package-lock.json' },
    seenBy: ['test'],
    fromCompleteAudit: true,
    records: [record],
    reports: [],
    unanswered: [],
  };
}

export interface Traced {
  /** The day of each finding, in order; `null` where it is not known. */
  readonly days: readonly (string | null)[];
  readonly sources: readonly (string | null)[];
  readonly codes: readonly string[];
  readonly introductions: Introductions;
}

export async function trace(
  dir: string,
  findings: readonly MergedFinding[],
  now = '2026-12-31T00:00:00.000Z',
): Promise<Traced> {
  const introductions = await traceIntroductions(findings, () => readPast(openHistory(dir), auditors, now));
  const facts = findings.map(({ key }) => introductions.introduced.get(key) ?? null);
  return {
    days: facts.map((fact) => fact?.at.slice(0, 10) ?? null),
    sources: facts.map((fact) => fact?.source ?? null),
    codes: introductions.problems.map(({ code }) => code),
    introductions,
  };
}
