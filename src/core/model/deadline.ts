/** What the policy makes of a finding today. Derived from facts, policy, releases and now; never stored. */
import type { Window } from './policy.ts';

/** From what wants action first to what wants none. */
export const DEADLINE_STATES = [
  'overdue',
  'due',
  'next-release',
  'awaiting-fix',
  'opportunistic',
  'accepted',
  'withdrawn',
] as const;

export type DeadlineState = (typeof DEADLINE_STATES)[number];

export interface Deadline {
  readonly window: Window;
  readonly state: DeadlineState;
  /** The last instant at which acting keeps the policy. UTC ISO-8601. */
  readonly dueAt?: string;
  /** Whole days since `dueAt`, 0 on the first day. */
  readonly overdueByDays?: number;
  /** When the clock started, and which date started it. */
  readonly startedAt?: string;
  readonly startedBy?: string;
  /** When the time of `window` began, where that is later: at a raised severity, or a known exploitation. UTC ISO-8601. */
  readonly countedFrom?: string;
  /** One sentence a person can check: dates, rule, arithmetic. */
  readonly reason: string;
}
