/** A window in the words every report uses. The policy grammar reads each of them back as the same window. */
import type { DurationUnit, Window } from './policy.ts';

const SINGULAR: Readonly<Record<DurationUnit, string>> = {
  hours: 'hour',
  days: 'day',
  'business-days': 'business day',
  weeks: 'week',
  months: 'month',
};

/** Such as `immediately`, `within 7 days`, `in the next patch release`, `opportunistically`. */
export function describeWindow(window: Window): string {
  switch (window.kind) {
    case 'immediate':
      return 'immediately';
    case 'within':
      return `within ${describeDuration(window.amount, window.unit)}`;
    case 'next-release':
      return window.level === 'any' ? 'in the next release' : `in the next ${window.level} release`;
    case 'opportunistic':
      return 'opportunistically';
  }
}

/** Such as `1 day` or `5 business days`. */
export function describeDuration(amount: number, unit: DurationUnit): string {
  return `${amount} ${SINGULAR[unit]}${amount === 1 ? '' : 's'}`;
}
