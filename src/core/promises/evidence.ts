/** Words for what was seen, and the one rule that decides what it amounts to. */
import type { Doubt, Evidence, PromiseFacts, ProofPlace } from '../model/promise.ts';
import { excerpt } from '../model/text.ts';

export type Verdict = 'kept' | 'broken' | 'cannot-tell';

/** It was seen to be as promised. */
export function kept(text: string, place: ProofPlace = {}): Evidence {
  return { says: 'kept', text, ...place };
}

/** It was seen to be otherwise. */
export function broken(text: string, mend: string, place: ProofPlace = {}): Evidence {
  return { says: 'broken', text, mend, ...place };
}

/** It cannot be seen. */
export function cannotTell(because: Doubt, text: string, mend: string, place: ProofPlace = {}): Evidence {
  return { says: 'cannot-tell', because, text, mend, ...place };
}

/** What git would have to say is not known. */
export function withoutCheckout({ checkoutUnknown }: Pick<PromiseFacts, 'checkoutUnknown'>): Evidence {
  const { message, mend } = checkoutUnknown ?? {
    message: 'this is no git checkout.',
    mend: 'Run it in a git checkout.',
  };
  return cannotTell('no-evidence', `git does not say what it tracks and has tagged: ${excerpt(message)}`, mend);
}

/** Worth knowing, and no proof either way. */
export function remark(text: string, place: ProofPlace = {}): Evidence {
  return { says: 'remark', text, ...place };
}

/** One breach breaks a promise, one doubt keeps it from being called kept, and where nothing was seen nothing is told. */
export function decide(evidence: readonly Evidence[]): Verdict {
  const says = new Set(evidence.map((each) => each.says));
  if (says.has('broken')) return 'broken';
  return says.has('kept') && !says.has('cannot-tell') ? 'kept' : 'cannot-tell';
}
