/**
 * A way to tell people: a plug-in that describes requests and judges answers, and touches nothing itself. Like an auditor it
 * is a program: it yields what it wants sent and is resumed with what became of it.
 */
import type { Digest } from './digest.ts';

/** One HTTP request. Whoever sends it follows no redirect, and gives up after a while. */
export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text; absent with GET. */
  readonly body?: string;
  /** Signs the body together with the time of sending: HMAC-SHA256 by this key, in `x-fixby-signature`. */
  readonly signingKey?: string;
  /** Whether sending it twice does no harm, so that it may be sent again where nobody knows what became of it. */
  readonly repeatable: boolean;
}

export type HttpReply =
  | { readonly status: 'answered'; readonly code: number; readonly body: string }
  /** `detail` is a clause about "it", the server; without secrets. */
  | { readonly status: 'failed'; readonly detail: string };

export interface Mail {
  /** `smtps://user:password@host:465`, or `smtp://…:587`, which is never spoken without STARTTLS but to this machine. */
  readonly server: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export type MailReply = { readonly status: 'sent' } | { readonly status: 'failed'; readonly detail: string };

export type DeliveryStep =
  { readonly ask: 'http'; readonly call: HttpCall } | { readonly ask: 'mail'; readonly mail: Mail };

export type DeliveryAnswer = { readonly http: HttpReply } | { readonly mail: MailReply };

/** `detail` and `mend` are for a reader and hold no secret; `detail` is a clause about "it". */
export type DeliveryOutcome =
  { readonly status: 'delivered' } | { readonly status: 'failed'; readonly detail: string; readonly mend: string };

export type Delivery<T = DeliveryOutcome> = Generator<DeliveryStep, T, DeliveryAnswer>;

/** Something a channel needs of the operator's environment. */
export interface ChannelVariable {
  /** What its name ends with, such as `URL`. */
  readonly suffix: string;
  /** What it holds, for a message. */
  readonly holds: string;
  /** Another variable that is read where this one is not set, or a value that holds then. */
  readonly otherwise?: { readonly variable?: string; readonly value?: string };
  /** What is wrong with a value, as the rest of a sentence that begins with "It"; never the value itself. */
  readonly check: (value: string) => string | null;
}

/** Values by suffix; all of them checked. */
export type ChannelSettings = Readonly<Record<string, string>>;

/** One file, one line in `core/notify/registry.ts`. */
export interface Channel {
  readonly kind: string;
  readonly variables: readonly ChannelVariable[];
  /** What would be sent, as a person can read it. */
  preview(digest: Digest): string;
  /** `name` is what the configuration calls this channel. */
  deliver(digest: Digest, settings: ChannelSettings, name: string): Delivery;
}

/** Asks for one HTTP request. */
export function* callHttp(call: HttpCall): Delivery<HttpReply> {
  const answer = yield { ask: 'http', call };
  if (!('http' in answer)) throw new TypeError('an HTTP step was answered amiss');
  return answer.http;
}

/** Asks for one mail. */
export function* sendMail(mail: Mail): Delivery<MailReply> {
  const answer = yield { ask: 'mail', mail };
  if (!('mail' in answer)) throw new TypeError('a mail step was answered amiss');
  return answer.mail;
}
