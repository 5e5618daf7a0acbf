/** Judges what a server answered to a notification. */
import type { DeliveryOutcome, HttpReply } from '../model/channel.ts';
import { excerpt } from '../model/text.ts';

export const DELIVERED: DeliveryOutcome = { status: 'delivered' };

/** Delivered means that the server said so with a 2xx; whatever else it says is what stood in the way. */
export function judgeReply(reply: HttpReply): DeliveryOutcome {
  if (reply.status === 'failed')
    return failed(reply.detail, 'Look whether the service and the way to it work, then run `fixby notify`.');
  const { code, body } = reply;
  if (code >= 200 && code < 300) return DELIVERED;
  return failed(`it answered ${code}${describe(body)}`, mendOf(code));
}

export function failed(detail: string, mend: string): DeliveryOutcome {
  return { status: 'failed', detail, mend };
}

function describe(body: string): string {
  const words = excerpt(body, 120);
  return words === '' ? '' : `: ${words}`;
}

function mendOf(code: number): string {
  if (code >= 300 && code < 400) return 'A notification follows no redirect: set the address it leads to.';
  if (code === 401 || code === 403) return 'Look whether the token is valid and may do this.';
  if (code === 404 || code === 410) return 'The address is not, or no longer, known there: make a new one and set it.';
  return 'Look up what the service means by that, then run `fixby notify`.';
}
