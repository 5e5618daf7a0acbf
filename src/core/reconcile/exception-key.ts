/** Tells one accepted risk from another: by everything it says but the line it stands in. */
import type { RiskException } from '../model/exception.ts';
import { ledgerExceptionSchema } from '../model/ledger.ts';
import type { StoredException } from './ledger-state.ts';

/** Equal for two entries that say the same. */
export function exceptionKey(exception: StoredException): string {
  const { advisory, target, package: name, versions, path, reason, owner, approver, expires, ticket } = exception;
  return JSON.stringify([advisory, target, name, versions, path, reason, owner, approver, expires, ticket]);
}

/** An entry of the exceptions file as the ledger keeps it. */
export function storedException(exception: RiskException): StoredException {
  return ledgerExceptionSchema.parse(exception);
}
