/** What stands in the way of a ledger file, with its mend. */
import type { Problem } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import { codeOf, messageOf } from '../lib/message-of.ts';
import { LockHeldError } from '../lib/lock.ts';

/** A problem that leaves a question open. */
export function ledgerProblem(code: string, message: string, mend: string): Problem {
  return { target: null, code, message, mend, blocks: true };
}

const UNWRITTEN = 'Nothing was recorded.';

/** What an operating system's refusal to write means. */
export function writeProblem(place: string, error: unknown): Problem {
  if (error instanceof LockHeldError) {
    const who = error.pid === undefined ? 'Another process' : `Process ${error.pid}`;
    return ledgerProblem(
      'ledger-locked',
      `${who} has kept ${place} locked. ${UNWRITTEN}`,
      'Let it finish, then run again. If no fixby runs here, remove .fixby/ledger.lock.',
    );
  }
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return ledgerProblem(
        'ledger-disk-full',
        `There is no room left to append to ${place}. ${UNWRITTEN}`,
        'Free space there, then run again.',
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return ledgerProblem(
        'ledger-read-only',
        `${place} may not be written. ${UNWRITTEN}`,
        'Give this user the right to write it and its folder.',
      );
    default:
      return ledgerProblem(
        'ledger-unwritable',
        `${place} could not be written: ${excerpt(messageOf(error))} ${UNWRITTEN}`,
        'Mend what it says, then run again.',
      );
  }
}

export function readProblem(place: string, detail: string): Problem {
  return ledgerProblem(
    'ledger-unreadable',
    `${place} could not be read: ${detail}`,
    'Make it a plain file this user may read. It is never taken for an empty ledger.',
  );
}
