/** The kinds of values a channel takes from the operator's environment. A value is never part of what is said about it. */
import type { ChannelVariable } from '../model/channel.ts';

/** An address to post to. Plain HTTP only to this machine: the address itself is often the secret. */
export function urlVariable(suffix: string, holds: string, otherwise?: ChannelVariable['otherwise']): ChannelVariable {
  return { suffix, holds, ...(otherwise === undefined ? {} : { otherwise }), check: checkUrl };
}

function checkUrl(value: string): string | null {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null) return 'is no URL';
  if (url.username !== '' || url.password !== '') return 'must hold no user name or password before an @';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url.hostname))) return null;
  return 'must be an https URL (http only to this machine)';
}

/** A percent-encoded part of an address; `null` where it is not encoded properly. */
export function decodePart(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Whether a host name can only mean the machine itself. */
export function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** A key or token: printable ASCII without blanks, so that it fits into a header. */
export function secretVariable(suffix: string, holds: string, shortest: number): ChannelVariable {
  const check = (value: string): string | null => {
    if (!/^[!-~]+$/.test(value)) return 'must be printable ASCII without blanks';
    return value.length < shortest ? `must be at least ${shortest} characters long` : null;
  };
  return { suffix, holds, check };
}
