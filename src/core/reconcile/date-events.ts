/** Decides when each event became known, where the clocks of the machines that wrote them disagree. */
import { readInstant } from '../model/instant.ts';
import type { LedgerEvent } from '../model/ledger.ts';

/** Later than anything, so that whatever follows decides. */
const UNREADABLE = '9999-12-31T23:59:59.999Z';

/**
 * A date for each event, never earlier than that of the event before. What a later event builds on was known by then, so
 * an event that claims to be later than one after it counts from that one: the earlier evidence counts.
 */
export function dateEvents(events: readonly Pick<LedgerEvent, 'at'>[]): readonly string[] {
  const dates = new Array<string>(events.length);
  let next = UNREADABLE;
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const at = instantOf(events[index]?.at ?? '');
    if (at < next) next = at;
    dates[index] = next;
  }
  return dates;
}

/** The spelling the ledger itself writes is taken as it is: reading a hundred thousand dates costs more than the rest. */
function instantOf(at: string): string {
  return at.length === 24 && at.endsWith('Z') ? at : (readInstant(at) ?? UNREADABLE);
}
