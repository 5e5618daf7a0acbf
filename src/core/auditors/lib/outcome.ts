/** The outcomes an auditor can give, made in one place so that each carries its reason, its sentence and its mend. */
import type { AuditOutcome, UnavailableReason } from '../../model/audit.ts';

/** Could not look: `reason` for machines, `message` for people, `mend` what to do about it. */
export function unavailable(reason: UnavailableReason, message: string, mend: string): AuditOutcome {
  return { status: 'unavailable', reason, message, mend };
}

/** There was nothing to look at. */
export function notApplicable(reason: string, message: string): AuditOutcome {
  return { status: 'not-applicable', reason, message };
}

/** Shape, canary, counts and lock all held. */
export const AUDITED: AuditOutcome = { status: 'audited' };
