/** Decides the outcome of an audit from what was answered and what the lock is worth, in one declared order. */
import type { AuditOutcome } from '../../model/audit.ts';
import type { AuditSettings } from '../../model/auditor.ts';
import type { Target } from '../../model/target.ts';
import { excerpt } from '../../model/text.ts';
import { unacceptedSkips } from '../lib/coverage.ts';
import { AUDITED, notApplicable, unavailable } from '../lib/outcome.ts';
import { toOutcome } from './lock-problems.ts';
import type { LockReading } from './lock-reading.ts';

/** What the lock allows: its fault, or packages left out that nobody accepted, or `audited`. */
export function concludeLock(target: Target, reading: LockReading, settings: AuditSettings): AuditOutcome {
  const fault = toOutcome(reading.fault);
  if (fault !== undefined) return fault;
  const left = unacceptedSkips(target, reading.inventory.skipped, settings.acceptedUnaudited);
  const [first] = left;
  if (first === undefined) return AUDITED;
  const what = `${excerpt(first.name)}: ${excerpt(first.reason)}`;
  return unavailable(
    'incomplete',
    left.length === 1
      ? `One thing was not audited, ${what}.`
      : `${left.length} things were not audited, such as ${what}.`,
    'Give them published versions, or accept them in .fixby/config.yaml, each with a reason.',
  );
}

/** The outcome when there is nothing to ask npm about; `undefined` when there is. */
export function concludeWithoutAsking(
  target: Target,
  reading: LockReading,
  settings: AuditSettings,
): AuditOutcome | undefined {
  if (reading.inventory.packages.length > 0) return undefined;
  const outcome = concludeLock(target, reading, settings);
  if (outcome.status !== 'audited') return outcome;
  if (reading.requested === 0 && reading.inventory.graphKnown) {
    return notApplicable('no-dependencies', 'The manifest asks for no package and the lock holds none.');
  }
  return unavailable(
    'lockfile-suspect',
    'The lock holds no package, and nothing says that this is right.',
    'Commit the package.json beside the lock, and make the lock anew with `npm install`.',
  );
}
