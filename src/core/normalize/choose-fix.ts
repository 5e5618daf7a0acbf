/** Decides which version clears a finding, out of everything its records and its auditors name. */
import type { OsvRecord } from '../model/advisory.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import type { Fix, FixStep } from '../model/finding.ts';
import { sortedUnique } from '../model/order.ts';
import { affects } from '../match/affected.ts';
import { fixedVersionsFor, smallestFix, stepKind } from '../match/fix.ts';
import { canonicalBound, compareVersions, isVersion } from '../match/version.ts';

/** What is known of a finding when its fix is chosen. */
export interface FixFacts {
  readonly ecosystem: Ecosystem;
  readonly package: string;
  /** Affected installed versions. */
  readonly installed: readonly string[];
  readonly records: readonly OsvRecord[];
  /** Versions the auditors name as fixed. */
  readonly fixedIn: readonly string[];
}

/**
 * The smallest version above every installed one that no live record of the alias set calls affected, and the smaller steps
 * that clear each installed version on its own; where the sources
 * contradict each other about all of them, the smallest that one of them names. When only older versions are free of it the
 * finding has no fix (`available: false`, kind `downgrade`). Where an installed version cannot be ordered no version is named.
 */
export function chooseFix(facts: FixFacts): Fix {
  const { ecosystem, installed } = facts;
  const named = namedVersions(facts);
  if (named.length === 0) return { available: false };
  const highest = [...installed].sort((a, b) => compareVersions(ecosystem, a, b)).at(-1);
  if (highest === undefined || !installed.every((version) => isVersion(ecosystem, version))) return { available: true };
  const version = smallestClean(facts, named) ?? smallestFix(ecosystem, installed, named);
  if (version === undefined) return { available: false, kind: 'downgrade' };
  const kind = stepKind(ecosystem, highest, version);
  const steps = stepsOf(facts, named, version);
  return {
    ...{ available: true, version },
    ...(kind === undefined ? {} : { kind }),
    ...(steps === undefined ? {} : { steps }),
  };
}

/** A lower branch may have a fix of its own; `undefined` where every version needs the one that clears them all. */
function stepsOf(facts: FixFacts, named: readonly string[], version: string): readonly FixStep[] | undefined {
  const { ecosystem, installed } = facts;
  if (installed.length < 2) return undefined;
  const steps = installed
    .toSorted((a, b) => compareVersions(ecosystem, a, b))
    .map((from): FixStep => {
      const own = { ...facts, installed: [from] };
      const smallest = smallestClean(own, named) ?? smallestFix(ecosystem, [from], named) ?? version;
      const kind = stepKind(ecosystem, from, smallest);
      return { from, version: smallest, ...(kind === undefined ? {} : { kind }) };
    });
  return steps.every((step) => step.version === version) ? undefined : steps;
}

/** Asks the records about one candidate after the other: matching costs more than choosing. */
function smallestClean(facts: FixFacts, named: readonly string[]): string | undefined {
  for (let left = named; ;) {
    const version = smallestFix(facts.ecosystem, facts.installed, left);
    if (version === undefined || !isAffected(facts, version)) return version;
    left = left.filter((each) => each !== version);
  }
}

function namedVersions({ ecosystem, package: name, records, fixedIn }: FixFacts): readonly string[] {
  const recorded = records.flatMap((record) => fixedVersionsFor(record, ecosystem, name));
  return sortedUnique([...recorded, ...fixedIn]).filter((version) => canonicalBound(ecosystem, version) !== null);
}

function isAffected({ ecosystem, package: name, records }: FixFacts, version: string): boolean {
  const live = records.filter((record) => record.withdrawn === undefined || record.withdrawn === null);
  return live.some((record) => affects(record, ecosystem, name, version).affected);
}
