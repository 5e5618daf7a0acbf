/** Signs what is sent, so that its receiver can tell who sent it, that it is whole, and that it is not an old one again. */
import { createHmac } from 'node:crypto';

/**
 * `t=<seconds>,v1=<hex>`: HMAC-SHA256 by `key` of `<seconds>.<body>`. A receiver computes the same and compares in constant
 * time, and refuses what is older than a few minutes.
 */
export function signature(body: string, key: string, sentAt: string): string {
  const seconds = Math.floor(Date.parse(sentAt) / 1000);
  return `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')}`;
}
