/** Sends one mail: never in the clear but to this machine, tried again where the server says "later", and with an end. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Mail, MailReply } from '../../core/model/channel.ts';
import { excerpt } from '../../core/model/text.ts';
import { certificateRules } from '../lib/connection.ts';
import type { ConnectionLimits } from '../lib/connection.ts';
import type { Variables } from '../lib/host.ts';
import { messageOf } from '../lib/message-of.ts';
import { redact } from '../lib/redact.ts';

export interface Mailing {
  readonly variables: Variables;
  readonly limits: ConnectionLimits;
  /** Ends the mailing, retries included. */
  readonly signal: AbortSignal;
}

/** Never rejects. Once any recipient was refused for good it is a failure, and names how many. */
export async function sendMail(mail: Mail, mailing: Mailing): Promise<MailReply> {
  const { retries, retryDelayMs, retryDelayMaxMs } = mailing.limits;
  for (let tried = 0; ; tried += 1) {
    const failure = await tryOnce(mail, mailing);
    if (failure === null) return { status: 'sent' };
    if (!failure.passing || tried >= retries || mailing.signal.aborted)
      return { status: 'failed', detail: failure.detail };
    const delay = Math.min(retryDelayMs * 2 ** tried, retryDelayMaxMs);
    await wait(delay, undefined, { signal: mailing.signal }).catch(() => undefined);
  }
}

interface Failure {
  readonly detail: string;
  /** Whether a later try may go better. */
  readonly passing: boolean;
}

async function tryOnce(mail: Mail, mailing: Mailing): Promise<Failure | null> {
  // Loaded only where somebody is mailed.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport(connectionTo(mail.server, mailing));
  const stop = (): void => transport.close();
  mailing.signal.addEventListener('abort', stop, { once: true });
  try {
    const { from, to, subject, text, html } = mail;
    const { rejected } = await Promise.race([
      transport.sendMail({ from, to: [...to], subject, text, html }),
      ended(mailing.signal),
    ]);
    if (rejected.length === 0) return null;
    return { detail: `it took the mail, and refused ${rejected.length} of ${to.length} recipients`, passing: false };
  } catch (error) {
    return describe(error, mailing.signal);
  } finally {
    mailing.signal.removeEventListener('abort', stop);
    transport.close();
  }
}

function connectionTo(server: string, { variables, limits: { timeoutMs } }: Mailing): object {
  const { protocol, hostname, port, username, password } = new URL(server);
  const secure = protocol === 'smtps:';
  const isHere = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  const user = decodeURIComponent(username);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && !isHere,
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(password) } }),
    tls: certificateRules(variables),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // No attachment is ever made; a path or an address in a message would be a bug.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = (): void => reject(new Error('it did not answer in time'));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

const PASSING_CODES = new Set(['ECONNECTION', 'ECONNREFUSED', 'ECONNRESET', 'ESOCKET', 'ETIMEDOUT', 'EDNS']);

/** A 4xx means "later", a 5xx "never". https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1 */
function describe(error: unknown, signal: AbortSignal): Failure {
  const { responseCode, code } = error as { readonly responseCode?: unknown; readonly code?: unknown };
  const isLater = typeof responseCode === 'number' && responseCode >= 400 && responseCode < 500;
  const isLost = responseCode === undefined && typeof code === 'string' && PASSING_CODES.has(code);
  const words = signal.aborted ? 'it did not take the mail in time' : excerpt(redact(messageOf(error)), 200);
  return { detail: words, passing: isLater || isLost };
}
