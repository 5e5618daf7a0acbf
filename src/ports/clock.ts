/** The time, as an argument. */
export interface Clock {
  /** Now in UTC ISO-8601 with milliseconds. */
  now(): string;
  /** Milliseconds from an arbitrary start, for durations. */
  elapsed(): number;
}
