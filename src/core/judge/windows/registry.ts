/** Every window rule there is, by the kind of window it judges: one line each. */
import type { Window } from '../../model/policy.ts';
import type { WindowFacts, WindowOutcome, WindowRule } from '../../model/window-rule.ts';
import { immediate } from './immediate.ts';
import { nextRelease } from './next-release.ts';
import { opportunistic } from './opportunistic.ts';
import { within } from './within.ts';

const RULES: Readonly<Record<Window['kind'], WindowRule>> = {
  immediate,
  within,
  'next-release': nextRelease,
  opportunistic,
};

/** What a window makes of a running clock. */
export function judgeWindow(window: Window, facts: WindowFacts): WindowOutcome {
  return RULES[window.kind].judge(window, facts);
}
