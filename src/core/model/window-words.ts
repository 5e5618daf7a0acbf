/** Owns the words for a window, so that a report, a policy listing and a deadline's reason say the same. */
import type { Window } from './policy.ts';

/** What a window grants, to be read after a severity: `immediately`, `within 7 days`, `in the next minor release`. */
export function describeWindow(window: Window): string {
  switch (window.kind) {
    case 'immediate':
      return 'immediately';
    case 'within':
      return `within ${window.amount} ${describeUnit(window)}`;
    case 'next-release':
      return window.level === 'any' ? 'in the next release' : `in the next ${window.level} release`;
    case 'opportunistic':
      return 'when the opportunity comes';
  }
}

function describeUnit({ amount, unit }: Extract<Window, { kind: 'within' }>): string {
  const words = unit.replace('-', ' ');
  return amount === 1 ? words.slice(0, -1) : words;
}
