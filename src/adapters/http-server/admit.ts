/** Decides whether a request may be answered: by the token it carries, where one is wanted. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * `Authorization: Bearer TOKEN` as npm sends it, or the token as the password of a URL's user, as pip-audit sends it. Without a
 * `token` everybody is let in.
 */
export function isAdmitted({ headers }: IncomingMessage, token: string | undefined): boolean {
  if (token === undefined) return true;
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/.exec(headers.authorization ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return isSame(value, token);
  if (scheme.toLowerCase() !== 'basic') return false;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return isSame(pair.slice(pair.indexOf(':') + 1), token);
}

/** Digests have one length, so that the time it takes tells nothing. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
