/** Asks a tool again, with growing pauses, when its failure is of the kind that may pass. */
import { type Invocation, type InvocationResult, type Program, runTool } from '../../model/program.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Runs `invocation` at most `attempts` times (at least once) and ends with the first result that is not transient, or
 * with the last one. Pauses grow 500 ms, 1 s, 2 s … up to 30 s.
 */
export function* runWithRetry(
  invocation: Invocation,
  attempts: number,
  isTransient: (result: InvocationResult) => boolean,
): Program<InvocationResult> {
  let result = yield* runTool(invocation);
  for (let again = 0; again < attempts - 1 && isTransient(result); again++) {
    result = yield* runTool({ ...invocation, delayMs: pauseBefore(again) });
  }
  return result;
}

/** The pause before retry number `again`, counted from 0, in milliseconds. */
export function pauseBefore(again: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** again, LONGEST_PAUSE_MS);
}
