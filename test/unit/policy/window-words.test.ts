/** Windows in words. */
import { expect, it } from 'vitest';
import { describeWindow } from '../../../src/core/model/window-words.ts';
import type { Window } from '../../../src/core/model/policy.ts';

it.each<[Window, string]>([
  [{ kind: 'immediate' }, 'immediately'],
  [{ kind: 'within', amount: 1, unit: 'days' }, 'within 1 day'],
  [{ kind: 'within', amount: 5, unit: 'business-days' }, 'within 5 business days'],
  [{ kind: 'within', amount: 1, unit: 'months' }, 'within 1 month'],
  [{ kind: 'next-release', level: 'any' }, 'in the next release'],
  [{ kind: 'next-release', level: 'minor' }, 'in the next minor release'],
  [{ kind: 'opportunistic' }, 'opportunistically'],
])('%j', (window, words) => {
  expect(describeWindow(window)).toBe(words);
});
