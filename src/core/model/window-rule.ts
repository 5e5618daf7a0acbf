/** The plug-in interface of a window rule: what one kind of window makes of a running clock. */
import type { Release } from './release.ts';
import type { Window } from './policy.ts';

/** What a window rule may know. Every moment is UTC ISO-8601 with milliseconds. */
export interface WindowFacts {
  /** When the clock started; never later than `now`. */
  readonly startedAt: string;
  readonly now: string;
  /** IANA zone in which days begin and end. */
  readonly timeZone: string;
  /** Days (`YYYY-MM-DD`) that are no business days, beside Saturdays and Sundays. */
  readonly holidays: readonly string[];
  /** Releases cut up to `now`, oldest first. */
  readonly releases: readonly Release[];
  /** Tags among them that still carried the finding. */
  readonly carriedBy: readonly string[];
}

/** `reason` is a clause a person can check; it starts small and ends without a full stop. */
export interface WindowOutcome {
  readonly state: 'overdue' | 'due' | 'next-release' | 'opportunistic';
  readonly dueAt?: string;
  readonly reason: string;
}

/** One file in `core/judge/windows`, one line in its registry. `judge` is monotone: as `now` grows, overdue stays overdue. */
export interface WindowRule<W extends Window = Window> {
  readonly kind: W['kind'];
  judge(window: W, facts: WindowFacts): WindowOutcome;
}

/** The window of one kind. */
export type WindowOf<K extends Window['kind']> = Extract<Window, { kind: K }>;
