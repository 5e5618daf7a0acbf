/** The way out for notifications as the tests open it: with little patience. */
import { onTestFinished } from 'vitest';
import { createOutbox } from '../../src/adapters/outbox/create-outbox.ts';
import type { OutboxOptions } from '../../src/adapters/outbox/create-outbox.ts';
import type { Outbox } from '../../src/ports/outbox.ts';

/** When everything is sent. */
export const NOW = '2026-03-01T02:00:00.500Z';
export const LIMITS = { timeoutMs: 400, retries: 2, retryDelayMs: 10, retryDelayMaxMs: 50 };

/** It is closed when the test ends. */
export function openOutbox(over: Partial<OutboxOptions> = {}): Outbox {
  const signal = new AbortController().signal;
  const outbox = createOutbox({ variables: {}, now: () => NOW, signal, totalMs: 5000, limits: LIMITS, ...over });
  onTestFinished(() => outbox.close());
  return outbox;
}
