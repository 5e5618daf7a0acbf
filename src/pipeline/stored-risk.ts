/** An accepted risk out of the ledger, in the words judging takes. */
import type { RiskException } from '../core/model/exception.ts';
import type { StoredException } from '../core/reconcile/ledger-state.ts';

/** The ledger does not keep lines: `line` only tells one from another. */
export function toRisk(exception: StoredException, line: number): RiskException {
  const { target, package: name, versions, path, ticket, ...rest } = exception;
  return {
    ...rest,
    ...(target === undefined ? {} : { target }),
    ...(name === undefined ? {} : { package: name }),
    ...(versions === undefined ? {} : { versions }),
    ...(path === undefined ? {} : { path }),
    ...(ticket === undefined ? {} : { ticket }),
    line,
  };
}
