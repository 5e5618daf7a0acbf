/** The way out for notifications: through the operator's proxy, by the operator's certificates, with patience and an end. */
import type { Outbox } from '../../ports/outbox.ts';
import { openConnection } from '../lib/connection.ts';
import type { ConnectionLimits } from '../lib/connection.ts';
import type { Variables } from '../lib/host.ts';
import { sendHttp } from './send-http.ts';
import { sendMail } from './send-mail.ts';

export interface OutboxOptions {
  /** The operator's environment: proxies and certificates. */
  readonly variables: Variables;
  readonly now: () => string;
  /** Ends every sending. */
  readonly signal: AbortSignal;
  /** For a whole sending, retries included. */
  readonly totalMs?: number;
  readonly limits?: ConnectionLimits;
}

const LIMITS: ConnectionLimits = { timeoutMs: 15_000, retries: 4, retryDelayMs: 1000, retryDelayMaxMs: 15_000 };
const TOTAL_MS = 90_000;

export function createOutbox({ variables, now, signal, totalMs = TOTAL_MS, limits = LIMITS }: OutboxOptions): Outbox {
  const patient = openConnection(variables, limits);
  const careful = openConnection(variables, { ...limits, once: true });
  const until = (): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(totalMs)]);
  return {
    http: (call) => sendHttp(call, { connection: call.repeatable ? patient : careful, signal: until(), now }),
    mail: (mail) => sendMail(mail, { variables, limits, signal: until() }),
    close: async () => {
      for (const connection of [patient, careful]) await (await connection()).destroy();
    },
  };
}
