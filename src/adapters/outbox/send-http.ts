/** Sends one request of a notification: bounded in time and in what is read of the answer, and nothing followed. */
import { decodeText } from '../../core/model/text.ts';
import type { HttpCall, HttpReply } from '../../core/model/channel.ts';
import type { Connection } from '../lib/connection.ts';
import { describeFailure, readBytes } from '../lib/http-get.ts';
import { signature } from './sign.ts';

/** Bytes of an answer: a page of a hundred issues with bodies of their full length. */
const LARGEST_ANSWER = 16 * 1024 * 1024;

export interface Sending {
  readonly connection: Connection;
  /** Ends the sending, retries included. */
  readonly signal: AbortSignal;
  readonly now: () => string;
}

/** Never rejects. Ends with the signal even between two tries, where the request itself does not listen to it. */
export function sendHttp(call: HttpCall, sending: Sending): Promise<HttpReply> {
  return Promise.race([exchange(call, sending), endOf(sending.signal)]);
}

function endOf(signal: AbortSignal): Promise<HttpReply> {
  const reply: HttpReply = { status: 'failed', detail: 'it did not take the message in time' };
  return new Promise((resolve) => {
    if (signal.aborted) resolve(reply);
    else signal.addEventListener('abort', () => resolve(reply), { once: true });
  });
}

async function exchange(call: HttpCall, { connection, signal, now }: Sending): Promise<HttpReply> {
  const { method, url, headers, body, signingKey } = call;
  const signed = signingKey === undefined ? {} : { 'x-fixby-signature': signature(body ?? '', signingKey, now()) };
  try {
    const [{ request }, dispatcher] = await Promise.all([import('../lib/http-client.ts'), connection()]);
    const answer = await request(url, {
      method,
      dispatcher,
      signal,
      headers: { 'user-agent': 'fixby', ...headers, ...signed },
      ...(body === undefined ? {} : { body }),
    });
    const bytes = await readBytes(answer.body, LARGEST_ANSWER);
    if (bytes === null) return { status: 'failed', detail: 'it answered with more than is read' };
    return { status: 'answered', code: answer.statusCode, body: decodeText(bytes).text };
  } catch (error) {
    return { status: 'failed', detail: describeFailure(error) };
  }
}
