/** The machine's own clock, the only one that runs. */
import { performance } from 'node:perf_hooks';
import type { Clock } from '../../ports/clock.ts';

/** A clock that reads the machine's time; `elapsed` is monotone, `now` follows corrections of the system time. */
export function createSystemClock(): Clock {
  return { now: () => new Date().toISOString(), elapsed: () => performance.now() };
}
