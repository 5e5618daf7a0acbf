/** Words what was met in a lock as problems, and as the reason why it cannot carry an audit. */
import type { AuditOutcome, UnavailableReason } from '../../model/audit.ts';
import type { SkippedPackage } from '../../model/inventory.ts';
import type { Problem } from '../../model/problem.ts';
import type { Target } from '../../model/target.ts';
import { excerpt } from '../../model/text.ts';
import { unavailable } from '../lib/outcome.ts';

/** Something met in a lock. `reason` is set when an audit of this lock can never be `audited`. */
export interface LockFinding {
  readonly code: string;
  readonly reason?: UnavailableReason;
  readonly message: string;
  readonly mend: string;
}

const MOST_NAMED = 5;
const REMAKE = 'Run `npm install` with the manifest as it is, look at the difference, and commit the lock.';

/** There is no lock npm could use. */
export function missingLock(): LockFinding {
  return {
    code: 'no-lockfile',
    reason: 'no-lockfile',
    message: 'There is no package-lock.json or npm-shrinkwrap.json.',
    mend: 'Run `npm install` and commit the package-lock.json it writes.',
  };
}

/** The lock could not be read at all. */
export function unreadableLock(path: string, code: string, message: string): LockFinding {
  return {
    code,
    reason: 'lockfile-unreadable',
    message: `${excerpt(path)} ${message}.`,
    mend: 'Make the lock anew with `npm install`, and commit it.',
  };
}

/** The lock was made for another manifest than the one that stands there. Absent when nothing differs. */
export function staleLock(path: string, differences: readonly string[]): LockFinding | undefined {
  return ofList(differences, {
    code: 'lock-stale',
    reason: 'lockfile-stale',
    message: `${excerpt(path)} is out of step with its manifest`,
    mend: REMAKE,
  });
}

/** The lock says one thing and would install another. Absent when nothing disagrees. */
export function suspectLock(path: string, disagreements: readonly string[]): LockFinding | undefined {
  return ofList(disagreements, {
    code: 'lock-suspect',
    reason: 'lockfile-suspect',
    message: `${excerpt(path)} contradicts itself`,
    mend: 'Find out who wrote these entries; then delete them and make the lock anew with `npm install`.',
  });
}

/** Packages that come from somewhere no registry stands behind. Absent when there are none. */
export function elsewhere(path: string, packages: readonly string[]): LockFinding | undefined {
  return ofList(packages, {
    code: 'lock-not-from-registry',
    message: `${excerpt(path)} takes packages from repositories or files; they were asked about by name and version only`,
    mend: 'Nothing, if these are published under the same name; otherwise watch their own advisories.',
  });
}

/** There is a lock and no manifest, so nobody can tell whether it is the right one. */
export function missingManifest(path: string): LockFinding {
  return {
    code: 'manifest-missing',
    message: `No package.json stands beside ${excerpt(path)}, so it could not be compared with one.`,
    mend: 'Commit the package.json the lock belongs to, or delete the lock.',
  };
}

/** The manifest forces versions of packages deep in the tree. */
export function overriding(path: string, names: readonly string[]): LockFinding | undefined {
  return ofList(names, {
    code: 'manifest-overrides',
    message: `${excerpt(path)} overrides the versions other packages ask for`,
    mend: 'Nothing; drop an override once the packages that need it have moved on.',
  });
}

const MOST_SKIPS_TOLD = 20;

/** One problem for each of the first skipped packages, and one for all the others together. */
export function tellSkips(target: Target, skipped: readonly SkippedPackage[]): readonly Problem[] {
  const told = skipped.slice(0, MOST_SKIPS_TOLD).map((skip) => {
    const name = `${excerpt(skip.name)}${skip.version === undefined ? '' : `@${excerpt(skip.version)}`}`;
    return skipProblem(target, `${name} was not audited: ${excerpt(skip.reason)}.`);
  });
  const others = skipped.length - told.length;
  return others === 0 ? told : [...told, skipProblem(target, `${others} more packages were not audited.`)];
}

function skipProblem(target: Target, message: string): Problem {
  return {
    target: target.path,
    code: 'package-skipped',
    message,
    mend: 'Give it a published version, or accept it in the configuration with a reason.',
    blocks: false,
  };
}

/** A finding as a problem of the report; it blocks when it stands in the way of `audited`. */
export function toProblem(target: Target, finding: LockFinding): Problem {
  const { code, message, mend } = finding;
  return { target: target.path, code, message, mend, blocks: finding.reason !== undefined };
}

/** The outcome of an audit over this lock; `undefined` when the finding does not stand in the way. */
export function toOutcome(finding: LockFinding | undefined): AuditOutcome | undefined {
  return finding?.reason === undefined ? undefined : unavailable(finding.reason, finding.message, finding.mend);
}

function ofList(items: readonly string[], finding: LockFinding): LockFinding | undefined {
  if (items.length === 0) return undefined;
  const named = items.slice(0, MOST_NAMED).map((item) => excerpt(item));
  const more = items.length > MOST_NAMED ? ` and ${items.length - MOST_NAMED} more` : '';
  return { ...finding, message: `${finding.message}: ${named.join('; ')}${more}.` };
}
