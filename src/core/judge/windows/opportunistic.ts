/** The window that sets no date: addressed when there is an occasion, never overdue. */
import type { WindowOf, WindowRule } from '../../model/window-rule.ts';

export const opportunistic: WindowRule<WindowOf<'opportunistic'>> = {
  kind: 'opportunistic',
  judge: () => ({ state: 'opportunistic', reason: 'it is to be addressed when there is an occasion' }),
};
