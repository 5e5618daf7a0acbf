/** Finds the versions that fix an advisory, and the smallest step to one of them. */
import pep440 from '@renovatebot/pep440';
import type { OsvRecord } from '../model/advisory.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import type { FixKind } from '../model/finding.ts';
import { affects, blocksOf } from './affected.ts';
import { canonicalBound, canonicalVersion, compareCanonical } from './version.ts';

/**
 * The versions a record names as fixed for a package, of every branch, oldest first, as written. Left out are those that
 * are no version, and those the same record says are affected after all.
 */
export function fixedVersionsFor(
  record: Pick<OsvRecord, 'affected'>,
  ecosystem: Ecosystem,
  name: string,
): readonly string[] {
  const blocks = blocksOf(record, ecosystem, name);
  const named = blocks
    .flatMap(({ ranges }) => ranges ?? [])
    .filter(({ type }) => type !== 'GIT')
    .flatMap(({ events }) => events.flatMap(({ fixed }) => (fixed === undefined ? [] : [fixed])));
  return inOrder(ecosystem, named)
    .filter(([canonical]) => !affects(blocks, ecosystem, name, canonical).affected)
    .map(([, written]) => written);
}

/**
 * The smallest of `fixed` that is newer than every installed version, as written: an older one is a way back, not a fix.
 * `undefined` when there is none, or when an installed version cannot be ordered.
 */
export function smallestFix(
  ecosystem: Ecosystem,
  installed: readonly string[],
  fixed: readonly string[],
): string | undefined {
  const present = installed.map((version) => canonicalVersion(ecosystem, version));
  const isAbove = (target: string): boolean =>
    present.every((version) => version !== null && compareCanonical(ecosystem, version, target) < 0);
  return inOrder(ecosystem, fixed).find(([canonical]) => isAbove(canonical))?.[1];
}

/** How big a step between two versions is, by the first number that differs; `undefined` when one is no version. */
export function stepKind(ecosystem: Ecosystem, from: string, to: string): FixKind | undefined {
  const [start, end] = [canonicalVersion(ecosystem, from), canonicalBound(ecosystem, to)];
  if (start === null || end === null) return undefined;
  if (compareCanonical(ecosystem, end, start) < 0) return 'downgrade';
  const [before, after] = [releaseNumbers(ecosystem, start), releaseNumbers(ecosystem, end)];
  const [epoch, major, minor] = before.map((number, index) => number === after[index]);
  if (epoch !== true || major !== true) return 'major';
  return minor === true ? 'patch' : 'minor';
}

/** Epoch, major and minor of a canonical version: the branch its patches belong to. */
export function releaseNumbers(ecosystem: Ecosystem, canonical: string): readonly number[] {
  if (ecosystem === 'npm') return [0, ...canonical.split('.', 2).map(Number)];
  const parts = pep440.explain(canonical);
  return [parts?.epoch ?? 0, parts?.release[0] ?? 0, parts?.release[1] ?? 0];
}

/** The distinct readable versions, oldest first: canonical and as first written. */
function inOrder(ecosystem: Ecosystem, versions: readonly string[]): readonly (readonly [string, string])[] {
  const byCanonical = new Map<string, string>();
  for (const version of versions) {
    const canonical = canonicalBound(ecosystem, version);
    if (canonical !== null && !byCanonical.has(canonical)) byCanonical.set(canonical, version);
  }
  return [...byCanonical].sort(([a], [b]) => compareCanonical(ecosystem, a, b));
}
