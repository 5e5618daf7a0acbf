/** Progress on stderr: a live list on a terminal, plain lines elsewhere, nothing when quiet. */
import { visible } from '../core/model/text.ts';
import type { RunEvent } from '../pipeline/events.ts';
import { describeEvent } from './describe-event.ts';
import type { Progress } from './live-list.ts';
import type { World } from './world.ts';

/** `quiet` silences progress, never warnings or errors. */
export async function startProgress(world: World, quiet: boolean): Promise<Progress> {
  if (quiet) return { onEvent: () => undefined, finish: () => Promise.resolve() };
  const { liveStderr } = world;
  if (liveStderr === undefined) return { onEvent: (event) => writeLine(world, event), finish: () => Promise.resolve() };
  const { startLiveList } = await import('./live-list.ts');
  return startLiveList(liveStderr);
}

function writeLine(world: World, event: RunEvent): void {
  const line = describeEvent(event);
  if (line !== null) world.stderr.write(`fixby: ${visible(line)}\n`);
}
