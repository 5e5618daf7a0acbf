/** What an exit code of fixby means, in one place; docs/exit-codes.md explains them to readers. */
import type { Verdict } from '../core/model/verdict.ts';

export const EXIT = { pass: 0, fail: 1, usage: 2, inconclusive: 3, unsent: 4, bug: 70 } as const;

/** 1 wins over 3: a broken policy is broken even when something else could not be looked at. */
export function exitCodeOf(verdict: Verdict): number {
  return EXIT[verdict];
}
