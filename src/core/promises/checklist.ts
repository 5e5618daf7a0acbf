/** The items of a checklist: those that another promise can check are checked, the rest are listed for a person. */
import { cannotTell } from './evidence.ts';
import type { Claim, PromiseKind } from '../model/promise.ts';

/** The kind that takes what none of `others` does. */
export function checklistAfter(others: readonly PromiseKind[]): PromiseKind {
  return {
    name: 'checklist',
    title: 'The checklist is gone through',
    find(passages) {
      const items = passages.filter(({ checked }) => checked !== undefined);
      const taken = new Set(others.flatMap((kind) => kind.find(passages).map(({ passage }) => passage)));
      return items.filter((passage) => !taken.has(passage)).map(toClaim);
    },
  };
}

function toClaim(passage: Claim['passage']): Claim {
  return {
    passage,
    promise: 'whoever contributes sees to this',
    *check() {
      return [cannotTell('for-a-person', 'nothing in the repository shows it', 'Look at it when reviewing a change.')];
    },
  };
}
