/** The audit by our own matcher: read what is installed, ask for every advisory of it, decide by the records alone. */
import type { OsvRecord, PackageAnswers } from '../../model/advisory.ts';
import type { AuditAnswer, AuditOutcome } from '../../model/audit.ts';
import type { AuditSettings } from '../../model/auditor.ts';
import type { Ecosystem } from '../../model/ecosystem.ts';
import type { InstalledPackage, Inventory } from '../../model/inventory.ts';
import { sortedUnique } from '../../model/order.ts';
import type { Problem } from '../../model/problem.ts';
import { askAdvisories } from '../../model/program.ts';
import type { Program } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import { countCoverage, unacceptedSkips } from '../lib/coverage.ts';
import type { EcosystemReader, InstalledReader } from '../lib/ecosystem-reader.ts';
import { judgeAnswers } from './judge-answers.ts';
import { matchPackages } from './match-packages.ts';
import type { UnreadableRange } from './match-packages.ts';

/** How each ecosystem's targets are read. */
export type EcosystemReaders = Readonly<Record<Ecosystem, EcosystemReader>>;

/** Every failure is an answer; what was found before it is kept. The source hears names, never versions. */
export function* auditTarget(
  target: Target,
  settings: AuditSettings,
  { canary, readInstalled }: InstalledReader,
): Program<AuditAnswer> {
  const { ecosystem } = target;
  const { inventory, outcome, notes } = yield* readInstalled(target, settings);
  if (inventory.packages.length === 0) return answer(inventory, outcome, notes, NOT_ASKED);
  const names = sortedUnique([...inventory.packages.map(({ name }) => name), canary.name]);
  const answers = yield* askAdvisories(ecosystem, names);
  const known = recordsByName(answers);
  const { reported, dismissed, unreadable } = matchPackages(ecosystem, inventory.packages, known);
  const audited = inventory.packages.filter(({ name }) => known.has(name));
  const failure = judgeAnswers({ ecosystem, ...canary }, names, answers);
  const problems = unreadable.length === 0 ? [] : [describeUnreadable(target, unreadable, settings)];
  return {
    ...answer(inventory, failure ?? outcome, notes, answers, audited),
    reported,
    dismissed,
    problems: [...inventory.problems, ...problems],
  };
}

const NOT_ASKED: Pick<PackageAnswers, 'source' | 'age'> = {
  source: 'nobody: there was nothing to ask about',
  age: { isMirror: false },
};

function answer(
  inventory: Inventory,
  outcome: AuditOutcome,
  notes: readonly string[],
  { source, age }: Pick<PackageAnswers, 'source' | 'age'>,
  audited: readonly InstalledPackage[] = [],
): AuditAnswer {
  const coverage = countCoverage(inventory, audited.length);
  return { outcome, inventory, coverage, reported: [], problems: inventory.problems, source, age, notes };
}

function recordsByName({ lookups }: PackageAnswers): ReadonlyMap<string, readonly OsvRecord[]> {
  return new Map(
    lookups.flatMap((lookup) => (lookup.status === 'known' ? [[lookup.name, lookup.records] as const] : [])),
  );
}

const MOST_NAMED = 5;

/** Whether an installed version may be affected that nobody names and nobody has accepted. */
function leavesQuestions(target: Target, unreadable: readonly UnreadableRange[], settings: AuditSettings): boolean {
  const open = unreadable.flatMap(({ isListed, package: name, received }) =>
    isListed ? [] : [{ name, reason: received }],
  );
  return unacceptedSkips(target, open, settings.acceptedUnaudited).length > 0;
}

/** A range nobody can read may cover what is installed: never widened to it, never passed over in silence. */
function describeUnreadable(target: Target, unreadable: readonly UnreadableRange[], settings: AuditSettings): Problem {
  const named = unreadable
    .slice(0, MOST_NAMED)
    .map(({ id, package: name, received }) => `${id} for ${name} (${received})`);
  const more = unreadable.length > named.length ? ` and ${unreadable.length - named.length} more` : '';
  return {
    target: target.path,
    code: 'advisory-range-unreadable',
    message: `What these advisories say of affected versions cannot be read: ${named.join(', ')}${more}.`,
    mend: 'Read them by hand, and accept the packages under audit.acceptUnaudited when they are not meant; tell the database that publishes them.',
    blocks: leavesQuestions(target, unreadable, settings),
  };
}
