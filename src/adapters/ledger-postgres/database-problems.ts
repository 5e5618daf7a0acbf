/** What stands in the way of a PostgreSQL ledger, with its mend and without anything secret. */
import type { Problem } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import { codeOf, messageOf } from '../lib/message-of.ts';
import { redact } from '../lib/redact.ts';

export function databaseProblem(code: string, message: string, mend: string): Problem {
  return { target: null, code, message, mend, blocks: true };
}

/** What an error of the connection or the server means. https://www.postgresql.org/docs/15/errcodes-appendix.html */
export function problemOf(place: string, error: unknown): Problem {
  const detail = excerpt(redact(deepestMessage(error)));
  const code = codeOf(error);
  if (code === '42501' || code === '25006') {
    return databaseProblem('ledger-read-only', `${place} refused: ${detail}. Nothing was recorded.`, GRANT);
  }
  if (code === '53100') {
    return databaseProblem(
      'ledger-disk-full',
      `${place} has no room left: ${detail}. Nothing was recorded.`,
      'Free space there, then run again.',
    );
  }
  if (code === '55P03') {
    return databaseProblem(
      'ledger-locked',
      `Another run has kept the chain in ${place} locked. Nothing was recorded.`,
      'Let it finish, then run again.',
    );
  }
  if (code === '28P01' || code === '28000') {
    return databaseProblem(
      'ledger-unreachable',
      `${place} did not accept the user or the password.`,
      'Give them in FIXBY_LEDGER_URL, PGPASSWORD or ~/.pgpass.',
    );
  }
  return databaseProblem(
    'ledger-unreachable',
    `${place} could not be used: ${detail}.`,
    'See that it runs and can be reached, then run again.',
  );
}

const GRANT =
  'Grant USAGE on the schema fixby, SELECT on fixby.migration, and SELECT and INSERT on fixby.ledger_line; the first run needs the right to create that schema (docs/ledger.md).';

export function newerProblem(place: string): Problem {
  return databaseProblem(
    'ledger-newer',
    `${place} was brought to a later form by a later fixby.`,
    'Update fixby. This one leaves the ledger as it is.',
  );
}

/** Connection attempts to several addresses fail with one error around several. */
function deepestMessage(error: unknown): string {
  return error instanceof AggregateError && error.errors.length > 0 ? messageOf(error.errors[0]) : messageOf(error);
}
