/** The way out for notifications. Nothing here rejects: a failure is an answer. */
import type { HttpCall, HttpReply, Mail, MailReply } from '../core/model/channel.ts';

export interface Outbox {
  /** Tries again, with growing waits, what may succeed later; follows no redirect. */
  http(call: HttpCall): Promise<HttpReply>;
  mail(mail: Mail): Promise<MailReply>;
  /** Lets go of what is still open. */
  close(): Promise<void>;
}
