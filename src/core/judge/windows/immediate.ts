/** The window that grants no time: due the moment the clock starts. */
import type { WindowOf, WindowRule } from '../../model/window-rule.ts';

export const immediate: WindowRule<WindowOf<'immediate'>> = {
  kind: 'immediate',
  judge: (_window, { startedAt, now }) => ({
    state: now > startedAt ? 'overdue' : 'due',
    dueAt: startedAt,
    reason: 'it was due at once',
  }),
};
