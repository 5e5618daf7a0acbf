/** Decides what an occurrence of the past says about the policy, and when nobody can be held to it. */
import type { Deadline } from '../model/deadline.ts';
import type { NotCounted, PastOccurrence } from '../model/history-report.ts';
import type { EndedHow } from './occurrences.ts';

/** What is known of an occurrence when it is judged. Dates are UTC ISO-8601; absent ones are not known. */
export interface OutcomeFacts {
  /** Of the moment it ended, or of now while it is there. */
  readonly deadline: Pick<Deadline, 'state'>;
  readonly withdrawn: boolean;
  readonly published?: string;
  readonly fixReleased?: string;
  readonly introduced?: string;
  /** For one that was there before the oldest commit: that commit's date, no later than which it came. */
  readonly thereBy?: string;
  readonly ended?: { readonly at?: string; readonly how: EndedHow };
}

export type Outcome =
  | { readonly outcome: Exclude<PastOccurrence['outcome'], 'not-counted'> }
  | { readonly outcome: 'not-counted'; readonly notCounted: NotCounted };

/**
 * A window that had ended counts as broken whatever came after; before that, an ending nobody saw proves nothing. What
 * was gone before it was published counts against nobody, and for nobody.
 */
export function judgeOutcome(facts: OutcomeFacts): Outcome {
  const { deadline, ended } = facts;
  const reason = reasonNotToCount(facts);
  if (reason !== null) return { outcome: 'not-counted', notCounted: reason };
  if (deadline.state === 'overdue') return { outcome: 'breached' };
  if (ended === undefined) return { outcome: 'open' };
  return isVouchedFor(ended.how) ? { outcome: 'met' } : { outcome: 'not-counted', notCounted: 'end-unseen' };
}

/** Whether an ending was a real change of what is installed. */
export function isVouchedFor(how: EndedHow): boolean {
  return how === 'upgraded' || how === 'removed';
}

function reasonNotToCount({ withdrawn, published, ended, ...start }: OutcomeFacts): NotCounted | null {
  if (withdrawn) return 'withdrawn';
  if (published === undefined || (ended !== undefined && ended.at === undefined)) return 'undated';
  if (ended?.at !== undefined && ended.at <= published) return 'before-published';
  return knowsStart({ ...start, published }) ? null : 'start-unknown';
}

/** An unknown introduction does not matter where something later started the clock. */
function knowsStart({ introduced, thereBy, published, fixReleased }: Partial<OutcomeFacts>): boolean {
  if (introduced !== undefined) return true;
  return thereBy !== undefined && [published ?? '', fixReleased ?? ''].some((date) => date >= thereBy);
}
