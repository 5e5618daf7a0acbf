import { describe, expect, it } from 'vitest';
import { judgeOutcome, type OutcomeFacts } from '../../../src/core/history/outcome.ts';

const MARCH = '2026-03-01T00:00:00.000Z';
const MAY = '2026-05-01T00:00:00.000Z';
const JUNE = '2026-06-01T00:00:00.000Z';

type Over = { readonly [K in keyof OutcomeFacts]?: OutcomeFacts[K] | undefined };

/** Facts of a finding that is known in March; what is undefined is not known. */
function judge(over: Over): string {
  const facts = { deadline: { state: 'due' }, withdrawn: false, introduced: MARCH, published: MARCH, ...over };
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  const told = judgeOutcome(known as unknown as OutcomeFacts);
  return told.outcome === 'not-counted' ? told.notCounted : told.outcome;
}

describe('judgeOutcome', () => {
  it.each<[string, Over, string]>([
    ['gone in its window', { ended: { at: MAY, how: 'upgraded' } }, 'met'],
    ['gone too late', { deadline: { state: 'overdue' }, ended: { at: MAY, how: 'removed' } }, 'breached'],
    ['there and overdue', { deadline: { state: 'overdue' } }, 'breached'],
    ['there and not due yet', {}, 'open'],
    [
      'gone without a date to keep',
      { deadline: { state: 'opportunistic' }, ended: { at: MAY, how: 'removed' } },
      'met',
    ],
    ['out of sight in its window', { ended: { at: MAY, how: 'unseen' } }, 'end-unseen'],
    ['left to a range in its window', { ended: { at: MAY, how: 'unpinned' } }, 'end-unseen'],
    [
      'out of sight when it was overdue already',
      { deadline: { state: 'overdue' }, ended: { at: MAY, how: 'unseen' } },
      'breached',
    ],
    ['gone the moment it was published', { published: MAY, ended: { at: MAY, how: 'upgraded' } }, 'before-published'],
    ['never published', { published: undefined }, 'undated'],
    ['gone on a day nobody knows', { ended: { how: 'upgraded' } }, 'undated'],
    ['withdrawn, however late', { withdrawn: true, deadline: { state: 'overdue' } }, 'withdrawn'],
    ['there before the known history', { introduced: undefined, thereBy: MAY }, 'start-unknown'],
    ['there before it, and published after', { introduced: undefined, thereBy: MAY, published: JUNE }, 'open'],
    ['there before it, and fixable after', { introduced: undefined, thereBy: MAY, fixReleased: JUNE }, 'open'],
    ['of unknown age', { introduced: undefined }, 'start-unknown'],
  ])('%s', (_, over, expected) => {
    expect(judge(over)).toBe(expected);
  });
});
