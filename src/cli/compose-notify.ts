/** Wires the way out for notifications: beside compose.ts, the only file that names an adapter. */
import { createSystemClock } from '../adapters/clock/system-clock.ts';
import { createOutbox } from '../adapters/outbox/create-outbox.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { World } from './world.ts';

/** Nothing is connected yet. Sendings end when the world is interrupted. */
export function openOutbox(world: World): Outbox {
  const clock = createSystemClock();
  return createOutbox({ variables: world.env, now: () => clock.now(), signal: world.interrupted });
}
