/** One policy text written for these tests, and what it must come to: exact windows, or a refusal. Any other result is a wrong reading. */

import type { Window } from '../../../../src/core/model/policy.ts';

/** Windows in short, worst severity first: `now`, `24h`, `7d`, `5bd`, `2w`, `3mo`, `next`, `next patch`, `someday`. */
export interface PolicyCase {
  readonly name: string;
  readonly text: string;
  readonly expect: { readonly windows: string } | { readonly refused: string };
}

/** A text that is read, with its four windows separated by commas. */
export function reads(name: string, windows: string, text: string): PolicyCase {
  return { name, text, expect: { windows } };
}

/** A text that is refused with a problem of this code. */
export function refuses(name: string, code: string, text: string): PolicyCase {
  return { name, text, expect: { refused: code } };
}

/** Bullets under a heading that makes them an update policy. */
export function bullets(critical: string, high: string, medium: string, low: string): string {
  return [
    '## Update policy',
    '',
    `- Critical: ${critical}`,
    `- High: ${high}`,
    `- Medium: ${medium}`,
    `- Low: ${low}`,
    '',
  ].join('\n');
}

const UNITS = { hours: 'h', days: 'd', 'business-days': 'bd', weeks: 'w', months: 'mo' } as const;

/** One window as the cases write it. */
export function inShort(window: Window): string {
  if (window.kind === 'immediate') return 'now';
  if (window.kind === 'opportunistic') return 'someday';
  if (window.kind === 'next-release') return window.level === 'any' ? 'next' : `next ${window.level}`;
  return `${window.amount}${UNITS[window.unit]}`;
}
