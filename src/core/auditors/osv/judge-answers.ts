/** Decides whether a source's answers prove anything: all of them are there, the canary among them, and not too old. */
import { affects } from '../../match/affected.ts';
import type { PackageAnswers, PackageLookup } from '../../model/advisory.ts';
import type { AuditOutcome } from '../../model/audit.ts';
import type { Ecosystem } from '../../model/ecosystem.ts';
import { excerpt } from '../../model/text.ts';
import { unavailable } from '../lib/outcome.ts';

const AGAIN = 'Look whether the advisory source answers (`--osv-url`), or audit against a mirror of your own.';

interface Canary {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly version: string;
}

/** Why the answers to `names` prove nothing; `undefined` when they do. */
export function judgeAnswers(
  canary: Canary,
  names: readonly string[],
  { lookups, source, age }: PackageAnswers,
): AuditOutcome | undefined {
  return (
    checkCount(names, lookups) ??
    checkUnanswered(lookups) ??
    checkCanary(canary, lookups, source) ??
    checkAge(source, age.stale)
  );
}

function checkCount(names: readonly string[], lookups: readonly PackageLookup[]): AuditOutcome | undefined {
  if (lookups.length === names.length && lookups.every(({ name }, index) => name === names[index])) return undefined;
  const message = `The advisory source was asked about ${names.length} packages and answers for ${lookups.length}.`;
  return unavailable('count-mismatch', message, AGAIN);
}

function checkUnanswered(lookups: readonly PackageLookup[]): AuditOutcome | undefined {
  const open = lookups.flatMap((lookup) => (lookup.status === 'unavailable' ? [lookup] : []));
  const [first] = open;
  if (first === undefined) return undefined;
  if (open.length === lookups.length)
    return unavailable('source-unreachable', `The advisory source did not answer: ${excerpt(first.detail)}.`, AGAIN);
  const message = `The advisory source did not answer for ${open.length} of ${lookups.length} packages, such as ${excerpt(first.name, 80)}: ${excerpt(first.detail)}.`;
  return unavailable('incomplete', message, AGAIN);
}

function checkCanary(
  { ecosystem, name, version }: Canary,
  lookups: readonly PackageLookup[],
  source: string,
): AuditOutcome | undefined {
  const sung = lookups.some(
    (lookup) =>
      lookup.status === 'known' &&
      lookup.name === name &&
      lookup.records.some((record) => affects(record, ecosystem, name, version).affected),
  );
  if (sung) return undefined;
  return unavailable(
    'source-blind',
    `${excerpt(source)} has nothing on ${name} ${version}, which is known to be vulnerable: its other answers mean nothing.`,
    'Look whether the OSV address (`--osv-url`) is a whole OSV source, or the mirror holds this ecosystem.',
  );
}

function checkAge(source: string, stale: string | undefined): AuditOutcome | undefined {
  if (stale === undefined) return undefined;
  const mend = 'Bring the mirror up to date, or ask a source that is; then run this again.';
  return unavailable('source-stale', `${excerpt(source)} proves nothing about today: ${stale}.`, mend);
}
