/** Says when the clocks of the machines that wrote a ledger disagree. */
import type { Problem } from '../model/problem.ts';
import type { LedgerState } from './ledger-state.ts';

/**
 * When what a run adds to the ledger became known: when the run began, or, where others recorded theirs while it was under
 * way, with the last of them. `now` is when it is recorded: a ledger that ends later than that tells of a wrong clock, and
 * nothing is made of it here.
 */
export function momentToRecord({ ended }: Pick<LedgerState, 'ended'>, began: string, now: string): string {
  return ended !== undefined && began < ended && ended <= now ? ended : began;
}

/**
 * What is wrong with the time, seen at `now` (UTC ISO-8601 with milliseconds). A moment before the ledger began cannot be
 * now: that one blocks, and a run of that moment is not worth recording.
 */
export function clockProblems({ began, ended, misdated }: LedgerState, now: string): readonly Problem[] {
  if (began !== undefined && now < began) return [impossible(now, began)];
  const behind = ended !== undefined && now < ended ? [early(now, ended)] : [];
  return misdated.length === 0 ? behind : [...behind, wrong(misdated)];
}

const MEND = 'Set the clocks of the machines that run fixby by a time server.';

function impossible(now: string, began: string): Problem {
  const message = `This machine says it is ${now}, and the ledger began on ${began}: its clock is wrong.`;
  return { target: null, code: 'clock-before-ledger', message, mend: 'Set the clock of this machine.', blocks: true };
}

function early(now: string, ended: string): Problem {
  const message = `This machine says it is ${now}, and the ledger's last event is of ${ended}: one of two clocks is wrong. The earlier date counts.`;
  return { target: null, code: 'clock-behind-ledger', message, mend: MEND, blocks: false };
}

function wrong(misdated: readonly number[]): Problem {
  const [first = 0] = misdated;
  const which =
    misdated.length === 1
      ? `Event ${first} of the ledger claims`
      : `${misdated.length} events of the ledger, the first is ${first}, claim`;
  const message = `${which} to be later than an event after it: a clock was wrong. The earlier date counts.`;
  return { target: null, code: 'ledger-misdated', message, mend: MEND, blocks: false };
}
